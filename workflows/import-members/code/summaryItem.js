const settings = $('Settings').first().json;
const compared = $('Comparison')
	.all()
	.map(({ json }) => json)
	.filter(({ standing }) => standing !== undefined);
const rows = $('Rows')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const { people, links } = toWrite(compared, settings);
const list = directoryCsv(rows, people, settings);
return [
	{
		json: {
			...summaryOf(compared),
			rowsToWrite: people.length,
			linksToWrite: links.length,
			toWrite: { people, links },
		},
		binary: {
			directory: {
				data: Buffer.from(list, 'utf8').toString('base64'),
				mimeType: 'text/csv',
				fileName: 'directory.csv',
				fileExtension: 'csv',
			},
		},
	},
];
