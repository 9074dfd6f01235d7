// What the execution meant to do and has not said: a look in a few minutes finds out.
const again = new Date(Date.now() + 5 * 60 * 1000).toISOString();
return rowsOf($('Close intentions').all()).map((row) => ({
	json: {
		kind: 'leave',
		state: 'waiting',
		dueAt: again,
		source: row.source,
		employeeId: row.employeeId,
		companyId: row.companyId,
		email: row.email,
		displayName: row.displayName,
		userId: row.userId,
		effectiveDate: '',
		timeZone: '',
		about: '{"kind":"left"}',
		attempts: 0,
		note: `Row ${row.id} of notion_leaver_audit was not finished.`,
	},
}));
