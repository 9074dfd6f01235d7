const { patienceSeconds, limitPeople } = $('Settings').first().json;
const rows = [...$('Open rows').all(), ...$input.all()].map(({ json }) => json).filter(({ entry }) => entry);

return overdueRows([...new Map(rows.map((row) => [row.entry, row])).values()], {
	execution: String($execution.id),
	patience: patienceSeconds * 1000,
	limit: limitPeople,
	now: Date.now(),
}).map((json) => ({ json }));
