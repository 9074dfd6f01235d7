// Which records answer a question: the one with the ID, and all with the same email address.
if (!list.isWhole) {
	throw new Error(
		"BambooHR's list of employees changed while it was read, so somebody may be missing. Try again.",
	);
}
const ids = new Set();
for (const { json: question } of $('Questions').all()) {
	const same = list.rows.filter(({ employeeId }) => text(employeeId) === question.employeeId);
	const keys = [question.email, ...same.map((row) => row[emailField])]
		.map(emailKey)
		.filter(Boolean);
	const others = list.rows.filter((row) => keys.includes(emailKey(row[emailField])));
	for (const row of [...same, ...others]) ids.add(text(row.employeeId));
}
if (ids.size === 0) return [{ json: { nobody: true } }];
return [...ids].map((employeeId) => ({ json: { employeeId, nobody: false } }));
