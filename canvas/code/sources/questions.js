// What is asked. A question that cannot be answered must fail, and never look like "nobody".
const asked = $('WhenCalled')
	.all()
	.map(({ json }) => ({
		ask: text(json.ask) ?? 'person',
		employeeId: text(json.employeeId) ?? '',
		companyId: text(json.companyId) ?? '',
		email: text(json.email) ?? '',
		since: text(json.since) ?? '',
	}));

const kinds = new Set(asked.map(({ ask }) => ask));
if (kinds.size !== 1 || !['person', 'leavers'].some((ask) => kinds.has(ask))) {
	throw new Error('The input "ask" must be "person" or "leavers", and the same for all items.');
}
for (const { ask, employeeId, email, since } of asked) {
	if (ask === 'person' && employeeId === '' && email === '') {
		throw new Error('To ask for a person, an employee ID or an email address is needed.');
	}
	if (ask === 'leavers' && dateText(since) !== since) {
		throw new Error(
			`To ask for leavers, "since" must be a date such as 2026-01-31, not "${since}".`,
		);
	}
}
