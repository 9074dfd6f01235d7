/** What makes a spreadsheet take a cell for a formula, also behind white space that it passes over. */
const FORMULA = /^[\s\p{Cc}\p{Cf}'"]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20\u2212]/u;

/** A spreadsheet takes these letters at the beginning for the end of the cell before. */
const CONTROL = /^[\t\r\n]/;

/** Excel takes a file for UTF-8 only where this stands first. */
const BYTE_ORDER_MARK = '\uFEFF';

export type CsvCell = string | number | boolean | null | undefined;

/**
 * A table as text: RFC 4180 with a byte order mark. No text can become a formula; numbers stay numbers.
 *
 * @param rows each as long as the header
 */
export function csv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
	const lines = [header, ...rows].map((cells) => cells.map(cell).join(','));
	return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

function cell(value: CsvCell): string {
	if (value === null || value === undefined) return '';
	if (typeof value !== 'string') return String(value);
	const harmless = FORMULA.test(value) || CONTROL.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
