// Everybody with the same address, who may be the same person in another record.
const found = $('By ID').isExecuted
	? $('By ID')
			.all()
			.flatMap(({ json }) => personOf(json) ?? [])
	: [];
const emails = [
	...$('Questions')
		.all()
		.map(({ json }) => json),
	...found,
].flatMap(({ email }) => (email ? [email, emailKey(email)] : []));
if (emails.length === 0) return [{ json: { nobody: true } }];
return [...new Set(emails)].map((email) => ({ json: { nobody: false, email } }));
