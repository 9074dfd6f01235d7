const settings = $('Settings').first().json;
const rowsOf = (node) =>
	[...new Map($(node).all().flatMap(({ json }) => (json.id ? [[json.id, json]] : []))).values()];
const scheduled = rowsOf('Read scheduled');
const linked = rowsOf('Read links');
const left = rowsOf('Read leavers');

return $('People').all().map(({ json: { event, records, unreadable, rowId, employeeId, email } }, index) => {
	const sources = [event.source, settings.source, ...records.map(({ source }) => source)];
	const rows = scheduled.filter(
		(row) =>
			row.id === rowId ||
			(row.employeeId
				? sources.includes(row.source) && isAbout(row, { employeeId, companyId: event.companyId })
				: emailKey(row.email) === emailKey(email)),
	);
	const verdict = verdictOn({ event, records, unreadable, rows, links: linked, leavers: left, settings, now: Date.now() });
	return { json: verdict, pairedItem: index };
});
