// What came of each line that was carried out, for the row of its intention.
const rows = $('Write intentions').isExecuted
	? $('Write intentions')
			.all()
			.map(({ json }) => json)
	: [];
if (rows.length === 0) return [];
const passed = $('Apply').isExecuted ? $('Apply').all(0) : [];
const failures = $('Apply').isExecuted ? $('Apply').all(1) : [];
const results = resultsOf(itemsToApply(), passed, failures, Date.now());
return results.map((result, index) => ({ json: { ...result, id: rows[index].id } }));
