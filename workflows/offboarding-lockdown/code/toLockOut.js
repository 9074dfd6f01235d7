// The intention of each is stored; now what others have used of the limit in the last 24 hours.
const DAY = 24 * 60 * 60 * 1000;
/** The nightly sweep looks so far back; what ended earlier is no news. */
const RECENT = 30 * DAY;

const intentions = $('Write intention')
	.all()
	.map(({ json }) => json);
const used = $('Read usage')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const history = $('Read history')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const people = $('To remove')
	.all()
	.map(({ json }) => json);
const limit = Number($('Settings').first().json.removalLimit) || 0;
const released = people.filter(({ kind }) => kind === 'release').length;

return people.map((person, index) => {
	const { id } = intentions[index];
	const earlier = history.filter(
		(row) =>
			row.id < id && sameText(row.source, person.source) && row.employeeId === person.employeeId,
	);
	// Who is held waits for a person, also when the limit of another day would let them pass.
	const isHeld =
		person.kind !== 'release' && earlier.some((row) => row.outcome === 'held' && row.needsPerson);
	const alreadyUsed = used
		.filter((row) => row.id < id && row.execution !== String($execution.id))
		.filter((row) => Date.now() - new Date(row.createdAt).getTime() < DAY)
		.reduce((sum, row) => sum + Number(row.impact ?? 0), 0);
	const wasGone = earlier.some(({ outcome }) => ['removed', 'alreadyGone'].includes(outcome));
	const isOldNews =
		person.kind === 'changed' && Date.now() - Date.parse(person.effectiveAt) > RECENT;
	return {
		json: {
			...person,
			id,
			isHeld,
			...(isHeld
				? { alreadyUsed: 1, removalLimit: 1 }
				: // What a person has approved is not held again.
					{
						alreadyUsed,
						removalLimit: person.kind === 'release' ? alreadyUsed + released : limit,
					}),
			ifNobody: wasGone || isOldNews ? 'report' : 'fail',
		},
	};
});
