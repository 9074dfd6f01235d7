const people = $('Okta accounts').all().map(({ json }) => json).filter(({ account }) => account);
const answersOf = (name) => $(name).all().map(({ json }) => answerOf(json));
const suspended = answersOf('Suspend in Okta');
const ends = answersOf('End sessions in Okta');

return $input.all().map(({ json }, index) => {
	const person = people[index];
	const seen = answerOf(json);
	const status = typeof seen.body?.status === 'string' ? seen.body.status : undefined;
	const isLocked = status === undefined ? undefined : ['SUSPENDED', 'DEPROVISIONED'].includes(status);
	// Okta lists no sessions; its answer 204 is all that can be known.
	const areSessionsOver = ends[index].status === 204;
	const open = [
		...(isLocked === true
			? []
			: [`The account is ${status ?? 'not seen again'}. ${suspended[index].problem ?? ''} ${seen.problem ?? ''}`]),
		...(areSessionsOver ? [] : [`Its sessions and tokens are not revoked. ${ends[index].problem ?? ''}`]),
	].map((sentence) => sentence.trim());
	const evidence = { status, statusBefore: person.before };
	return { json: resultOf(person, ended(person, { isLocked, open, evidence })) };
});
