const people = $('Google people').all().map(({ json }) => json);
const answersOf = (name) => $(name).all().map(({ json }) => answerOf(json));
const suspended = answersOf('Suspend in Google');
const ends = answersOf('End sessions in Google');
const grants = $('Google grants').all().map(({ json }) => json);
const deletions = answersOf('Delete grants in Google');

return $input.all().map(({ json }, index) => {
	const person = people[index];
	const seen = answerOf(json);
	const isLocked = typeof seen.body?.suspended === 'boolean' ? seen.body.suspended : undefined;
	const areSessionsOver = ends[index].status === 204;
	const problems = grants.flatMap(({ entry, listing }, position) => {
		if (entry !== person.entry) return [];
		return listing ?? deletions[position].problem ?? [];
	});
	const open = [
		...(isLocked === true
			? []
			: [`The account is not seen suspended. ${suspended[index].problem ?? ''} ${seen.problem ?? ''}`]),
		...(areSessionsOver ? [] : [`Its sessions are not ended. ${ends[index].problem ?? ''}`]),
		...(problems.length > 0 ? [`Applications may still have access. ${problems[0]}`] : []),
	].map((sentence) => sentence.trim());
	const applications = grants.filter(({ entry, client }) => entry === person.entry && client).map(({ client }) => client);
	const evidence = { suspended: isLocked, suspendedBefore: person.before, applications };
	return { json: resultOf(person, ended(person, { isLocked, open, evidence })) };
});
