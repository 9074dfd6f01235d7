// Rows that are due. Their version is in the key of the claim: whoever changes a row, also by hand, makes it a new one.
const settings = $('Settings').first().json;
return dueRows(rowsOf('Read open rows'), Date.now())
	.slice(0, settings.rowsAtOnce)
	.map((row) => ({
		json: { ...row, claimKey: `${$workflow.name}|||scheduled:${row.id}|${row.updatedAt}` },
	}));
