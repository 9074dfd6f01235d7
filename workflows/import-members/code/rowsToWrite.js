const { people } = $('Preview').first().json.toWrite;
return people.map((row) => ({
	json: Object.fromEntries(LIST_COLUMNS.map((name) => [name, tableCell(row[name] ?? '')])),
}));
