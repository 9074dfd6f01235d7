const settings = $('Settings').first().json;

/** Why a step gave nothing; nothing where it did. */
function failureOf(node, sentence) {
	const { error } = $(node).first()?.json ?? {};
	if (error === undefined) return undefined;
	return `${sentence}: ${String(error.message ?? error).replace(/\.?$/, '.')}`;
}

function readList() {
	if (settings.from === 'dataTable') {
		const exists = $('Tables').all().some(({ json }) => json.name === settings.table);
		const failure =
			failureOf('Tables', 'The Data Tables could not be listed') ??
			(exists ? undefined : `There is no Data Table "${settings.table}".`) ??
			failureOf('Rows', `The Data Table "${settings.table}" could not be read`);
		if (failure !== undefined) return unread(failure);
		const rows = $('Rows').all().map(({ json }) => json);
		return tableList(rows.filter(({ id }) => id !== undefined), settings.table);
	}
	const failure =
		settings.from === 'csvUrl'
			? failureOf('Download', 'The list could not be fetched')
			: failureOf('File', `The file ${settings.file} could not be read`);
	if (failure !== undefined) return unread(failure);
	const csv = $('Text').all().flatMap(({ json }) => (typeof json.csv === 'string' ? [json.csv] : []));
	if (csv.length === 1) return csvList(csv[0], settings);
	if (csv.length > 1) return unread(`${settings.file} names ${csv.length} files; it must be one.`);
	return unread(
		settings.from === 'csvFile'
			? `There is no file ${settings.file}.`
			: failureOf('Text', 'What came is no text') ?? 'What came is no text.',
	);
}

return listAnswer(readList(), 1, settings);
