const DELIMITERS = [';', ',', '\t', '|'];

/**
 * The records of a CSV text (RFC 4180): cells in quotes may hold delimiters, line breaks and doubled
 * quotes. Lines without anything in them are no records. n8n's own step refuses the whole file for one
 * row that is too short or too long, or leaves such a row out without a word.
 *
 * @param delimiter `auto` takes the one that the first line has most of; Excel's line `sep=;` counts,
 * and the line `#TYPE …` of PowerShell's Export-Csv is none
 * @returns { records: [{ line, cells }], trouble }; trouble is a sentence where the text is not CSV to
 * its end
 */
export function csvRecords(text, delimiter = 'auto') {
	const { source, told, skipped } = withoutPreamble(text);
	let line = 1 + skipped;
	const separator = delimiter === 'auto' ? (told ?? likelyDelimiter(source)) : delimiter;
	const records = [];
	let record = { line, cells: [] };
	let cell = '';
	let trouble;
	const endCell = () => {
		record.cells.push(cell);
		cell = '';
	};
	const endRecord = () => {
		endCell();
		if (record.cells.some((value) => value.trim() !== '')) records.push(record);
		record = { line, cells: [] };
	};
	let at = 0;
	while (at < source.length) {
		const character = source[at];
		if (character === '"' && cell === '') {
			const start = line;
			const end = endOfQuotes(source, at + 1);
			if (end === -1) {
				const broken = `The quotes that begin in line ${start} never end, so the list is cut off there.`;
				return { records, trouble: trouble ?? broken };
			}
			cell = source.slice(at + 1, end).replaceAll('""', '"');
			line += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
			at = end + 1;
			const next = source[at];
			if (next !== undefined && next !== separator && next !== '\n' && next !== '\r') {
				trouble ??= `In line ${line} something follows the end of quotes.`;
			}
			continue;
		}
		if (character === separator) {
			endCell();
		} else if (character === '\n' || character === '\r') {
			if (character === '\r' && source[at + 1] === '\n') at += 1;
			line += 1;
			endRecord();
		} else {
			cell += character;
		}
		at += 1;
	}
	if (cell !== '' || record.cells.length > 0) endRecord();
	return { records, trouble };
}

/** The text behind the lines in front of the header: Excel's `sep=;`, PowerShell's `#TYPE …`, empty ones. */
function withoutPreamble(text) {
	let source = text.replace(/^\uFEFF/, '');
	let told;
	let skipped = 0;
	for (;;) {
		const line = /^(?:"?sep=(.)"?|"?#TYPE\s[^\r\n]*|[^\S\r\n\t]*)(?:\r\n|\n|\r)/i.exec(source);
		if (!line) return { source, told, skipped };
		told ??= line[1];
		source = source.slice(line[0].length);
		skipped += 1;
	}
}

/** Where the quotes end that a cell began with; -1 where they never do. */
function endOfQuotes(source, from) {
	let at = source.indexOf('"', from);
	while (at !== -1 && source[at + 1] === '"') at = source.indexOf('"', at + 2);
	return at;
}

function likelyDelimiter(source) {
	const [first = ''] = source.replace(/"(?:[^"]|"")*"/g, '').split(/\r\n|\n|\r/, 1);
	const counted = DELIMITERS.map((one) => [one, first.split(one).length]);
	return counted.reduce((most, next) => (next[1] > most[1] ? next : most), [',', 1])[0];
}
