// One item for each application that a person let in. Whoever let in none has one item without
// an application: the next step then only reads the list again.
const people = $('Google accounts').all().map(({ json }) => json).filter(({ account }) => account);
return $input.all().flatMap(({ json }, index) => {
	const answer = answerOf(json);
	const grants = Array.isArray(answer.body?.items) ? answer.body.items : [];
	const clients = grants.length > 0 ? grants.map(({ clientId }) => clientId) : [''];
	const { entry, account } = people[index];
	return clients.map((client) => ({ json: { entry, account, client, listing: answer.problem }, pairedItem: index }));
});
