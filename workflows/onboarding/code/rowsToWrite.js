// Each row of scheduled_changes that changes, and one for each person who has none yet.
const seen = new Set();
return $('Outcome').all().flatMap(({ json: { rows } }, index) =>
	rows.flatMap((row) => {
		const key = row.id || [row.source, row.companyId, row.employeeId || row.email].join('|');
		if (seen.has(key)) return [];
		seen.add(key);
		return [{ json: row, pairedItem: index }];
	}),
);
