const people = $('Account list').all();
return $input.all().map(({ json }, index) => {
	const person = people[index].json;
	const answer = answerOf(json);
	const { id, primaryEmail, aliases = [], suspended } = answer.body ?? {};
	const isNobody = answer.status === 404 && answer.body?.error?.errors?.[0]?.reason === 'notFound';
	const isSomebody = answer.problem === undefined && typeof suspended === 'boolean' && id;
	const accounts = isNobody
		? []
		: isSomebody
			? [{ id, names: [primaryEmail, ...aliases], isLocked: suspended, before: suspended }]
			: undefined;
	return { json: { ...person, ...found(person, answer, accounts, person.protectedResponders) }, pairedItem: index };
});
