import type { ListRow } from '../directory/importMembers/listColumns';
import { LIST_COLUMNS, statedColumns } from '../directory/importMembers/listColumns';
import { csvText, guardedCell, unguardedCell } from './csv';

/** A row of the Data Table `directory_people` as the source of a list reads it. */
export function listedRow(row: Readonly<Record<string, unknown>>): ListRow {
	const cells = LIST_COLUMNS.map((column): [string, string] => [column, unguardedCell(cellText(row[column]))]);
	return statedColumns(Object.fromEntries(cells));
}

/** A row for the Data Table: every column, so that values which are no longer stated are cleared. */
export function storedListRow(row: ListRow): Record<string, string> {
	return Object.fromEntries(LIST_COLUMNS.map((column) => [column, tableCell(row[column] ?? '')]));
}

/**
 * The value for a cell of a Data Table. Nothing evaluates formulas there, but an admin may have loaded a file
 * with guarded cells into it, so a reader removes the guard from any text that looks guarded.
 */
function tableCell(value: string): string {
	return unguardedCell(value) === value ? value : guardedCell(value);
}

/**
 * The whole list as a CSV file.
 * @param rows the content of the Data Table
 * @param written rows that replace those with the same ID, or are added
 * @param closingRow first cell of a last row that also states the number of people; empty for none
 */
export function listCsv(
	rows: readonly ListRow[],
	written: readonly ListRow[],
	{ delimiter, closingRow }: { delimiter: string; closingRow: string },
): string {
	const added = new Map(written.map((row) => [row.sourceId, row]));
	const kept = rows.map((row) => {
		const changed = added.get(row.sourceId);
		added.delete(row.sourceId);
		return changed ?? row;
	});
	const all = [...kept, ...added.values()];
	const cells = all.map((row) => LIST_COLUMNS.map((column) => row[column] ?? ''));
	const closing = closingRow === '' ? [] : [[closingRow, String(all.length)]];
	return csvText([[...LIST_COLUMNS], ...cells, ...closing], delimiter);
}

function cellText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
