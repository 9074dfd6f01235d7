const people = $('Entra accounts').all().map(({ json }) => json).filter(({ account }) => account);
const answersOf = (name) => $(name).all().map(({ json }) => answerOf(json));
const disabled = answersOf('Disable in Entra');
const ends = answersOf('End sessions in Entra');

return $input.all().map(({ json }, index) => {
	const person = people[index];
	const seen = answerOf(json);
	const { accountEnabled, signInSessionsValidFromDateTime: since } = seen.body ?? {};
	const isLocked = typeof accountEnabled === 'boolean' ? !accountEnabled : undefined;
	const areSessionsOver = ends[index].body?.value === true && Date.parse(since) > Date.parse(person.before ?? 0);
	const open = [
		...(isLocked === true
			? []
			: [`The account is not seen disabled. ${disabled[index].problem ?? ''} ${seen.problem ?? ''}`]),
		...(areSessionsOver ? [] : [`Its sessions are not seen revoked. ${ends[index].problem ?? ''}`]),
	].map((sentence) => sentence.trim());
	const evidence = { accountEnabled, sessionsValidFrom: since, sessionsValidFromBefore: person.before };
	return { json: resultOf(person, ended(person, { isLocked, open, evidence })) };
});
