import { unguardedCell } from '../../../lib/report/csv.ts';
import { directoryAnswer } from '../shared/manifest.js';
import { csvRecords } from './csv.js';
import { encodingTrouble } from './encoding.js';
import { peopleOfList } from './people.js';

/** A reading of which nothing can be used. */
export function unread(sentence) {
	return { header: [], rows: [], unit: 'line', reasons: [sentence] };
}

/** A whole number as spreadsheets write it: 1002, 1,002, 1.002 and 1,002.00. */
function countIn(written) {
	const whole = written.trim().replace(/[.,]00?$/, '');
	return Number(/^\d{1,3}([.,'’\s]\d{3})+$/.test(whole) ? whole.replace(/\D/g, '') : whole);
}

/**
 * A CSV text as a list, without its closing row.
 *
 * @param settings delimiter, closingRow
 * @returns { header, rows, unit, reasons }
 */
export function csvList(csv, { delimiter, closingRow }) {
	if (csv.trim() === '') return unread('The list is empty.');
	if (/^\s*<(!doctype|html|\?xml)/i.test(csv)) {
		return unread('A web page came instead of a list: see whether the address needs a sign-in.');
	}
	const misread = encodingTrouble(csv);
	if (misread !== undefined) return unread(misread);
	const { records, trouble } = csvRecords(csv, delimiter);
	const [head, ...rows] = records;
	const reasons = trouble === undefined ? [] : [trouble];
	if (head === undefined) return unread('The list is empty.');
	if (closingRow !== '') {
		const last = rows.at(-1);
		if (last === undefined || unguardedCell(last.cells[0]).trim() !== closingRow) {
			reasons.push(`The last row is not "${closingRow}", so the list is cut off or still being written.`);
		} else {
			rows.pop();
			const told = last.cells.slice(1).find((cell) => cell.trim() !== '');
			if (told !== undefined && countIn(told) !== rows.length) {
				reasons.push(`The last row says that there are ${told} rows, and ${rows.length} came.`);
			}
		}
	}
	return { header: head.cells, rows, unit: 'line', reasons };
}

const OWN_COLUMNS = ['id', 'createdAt', 'updatedAt'];

/** Rows of a Data Table as a list. Its own columns say nothing of people. */
export function tableList(tableRows, tableName) {
	if (tableRows.length === 0) return unread(`The Data Table "${tableName}" has no rows.`);
	const header = Object.keys(tableRows[0]).filter((name) => !OWN_COLUMNS.includes(name));
	const cellOf = (value) =>
		value === null || value === undefined
			? ''
			: value instanceof Date
				? value.toISOString()
				: String(value);
	const rows = tableRows.map((row) => ({ line: row.id, cells: header.map((name) => cellOf(row[name])) }));
	// It may have been filled from a file.
	const misread = encodingTrouble([header, ...rows.map(({ cells }) => cells)].flat().join('\n'));
	return misread === undefined ? { header, rows, unit: 'row', reasons: [] } : unread(misread);
}

/** The items of the source: all people in the list, and the manifest. */
export function listAnswer(list, pages, settings) {
	const found = list.header.length === 0 ? undefined : peopleOfList(list, settings);
	const persons = found?.persons ?? [];
	const reasons = [...list.reasons, ...(found?.reasons ?? [])];
	const isCounted = settings.expectedCount === 0 || settings.expectedCount === list.rows.length;
	if (!isCounted) {
		reasons.push(
			`Settings expect ${settings.expectedCount} rows, and ${list.rows.length} came.`,
		);
	}
	const complete =
		list.reasons.length === 0 && found?.isWhole === true && isCounted && persons.length > 0;
	if (reasons.length === 0 && persons.length === 0) reasons.push('The list has a header and no people.');
	return directoryAnswer('list', persons, {
		pages,
		complete,
		groupsComplete: complete && found.hasGroups,
		attributesRead: found?.attributesRead ?? [],
		reasons,
	});
}
