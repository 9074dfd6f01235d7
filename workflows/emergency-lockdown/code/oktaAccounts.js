const people = $('Account list').all();
return $input.all().map(({ json }, index) => {
	const person = people[index].json;
	const answer = answerOf(json);
	const list = answer.problem === undefined && Array.isArray(answer.body) ? answer.body : undefined;
	const accounts = list?.map(({ id, status, profile }) => ({
		id,
		names: [profile?.login, profile?.email],
		isLocked: ['SUSPENDED', 'DEPROVISIONED'].includes(status),
		before: status,
	}));
	return { json: { ...person, ...found(person, answer, accounts, person.protectedResponders) }, pairedItem: index };
});
