// An event is this execution's to do if one of its claims has it.
const own = new Set(
	heldClaims($input.all().map(({ json }) => json))
		.filter(({ execution }) => execution === String($execution.id))
		.map(({ key }) => key),
);
// The same event twice in one delivery is done once, too.
return $('Events')
	.all()
	.flatMap(({ json }, index) => (own.delete(json.claimKey) ? [{ json, pairedItem: index }] : []));
