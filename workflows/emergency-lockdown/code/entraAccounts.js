const people = $('Account list').all();
return $input.all().map(({ json }, index) => {
	const person = people[index].json;
	const answer = answerOf(json);
	const list = answer.problem === undefined && Array.isArray(answer.body?.value) ? answer.body.value : undefined;
	const accounts = list?.map(({ id, userPrincipalName, mail, accountEnabled, signInSessionsValidFromDateTime }) => ({
		id,
		names: [userPrincipalName, mail],
		isLocked: accountEnabled === false,
		before: signInSessionsValidFromDateTime,
	}));
	return { json: { ...person, ...found(person, answer, accounts, person.protectedResponders) }, pairedItem: index };
});
