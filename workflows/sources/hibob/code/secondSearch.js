// Everybody with the same address, who may be the same person in another record.
const questions = $('Questions')
	.all()
	.map(({ json }) => json);
const found = recordsOf($('First search').first().json);
const emails = [...questions, ...found].flatMap(({ email }) =>
	email ? [email, emailKey(email)] : [],
);
if (emails.length === 0) return [{ json: { nobody: true } }];
return [{ json: { nobody: false, body: searchFor(EMAIL, [...new Set(emails)]) } }];
