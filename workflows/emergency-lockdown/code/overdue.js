const patience = $('Settings').first().json.patienceSeconds * 1000;
const rows = $input.all().map(({ json }) => json).filter(({ entry }) => entry);

return overdueRows(rows, { execution: String($execution.id), patience, now: Date.now() }).map(
	(json) => ({ json }),
);
