// Everything is stored; now the list of executions is to show that somebody has to look.
const failed = $('What came of it')
	.all()
	.map(({ json }) => json)
	.filter((json) => json.failed);
if (failed.length === 0) return [];
return [
	{ json: { message: someOf(failed.map(({ row, values }) => `${rowName(row)}: ${values.note}`)) } },
];
