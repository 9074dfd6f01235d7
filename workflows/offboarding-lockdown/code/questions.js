// What the HRIS is asked: about each employee, and about the others that are linked to the same account.
// Whoever is active under another number, or was hired by another company of the group, has not left.
const questions = $('People')
	.all()
	.flatMap(({ json: event }) => {
		const { links, others } = linksOf(event, $('Read links').all(), $('Read account links').all());
		const email = links.at(-1)?.email || event.email;
		if (!event.employeeId && !email) return [];
		const about = (employeeId, address) => ({
			ask: 'person',
			employeeId,
			companyId: event.companyId,
			email: address,
			since: '',
			claimKey: event.claimKey,
		});
		return [
			about(event.employeeId, email),
			...others.filter((link) => isAskable(link, event)).map((link) => about(link.employeeId, '')),
		];
	});

// Without an item the HRIS would not be called, and nobody would decide.
const nothingToAsk = {
	ask: 'person',
	employeeId: '',
	companyId: '',
	email: '',
	since: '',
	claimKey: '',
};
return (questions.length > 0 ? questions : [nothingToAsk]).map((json) => ({ json }));
