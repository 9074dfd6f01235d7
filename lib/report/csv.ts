/** Excel reads a file as UTF-8 only if it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A spreadsheet may begin a new cell after each of these, whatever separator the file has: Excel uses the
 * separator of the reader's country, and with another separator quotes around the cell have no meaning.
 */
const SEPARATORS = /\r\n|[;,|\t\r\n]/g;

/** What makes a spreadsheet read a cell as a formula, even after white space and quotes that it skips. */
const FORMULA = /^[\s\p{Cc}\p{Cf}'"]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20\u2212]/u;

/** A spreadsheet takes these characters at the beginning for the end of the previous cell. */
const CONTROL = /^['"]*[\t\r\n]/;

/** Directly after a separator, the quotes that end a cell would begin another one. */
const NOTHING = /^['"]*$/;

export type CsvCell = string | number | boolean | null | undefined;

/**
 * A table as text: RFC 4180 with a byte order mark. No text can become a formula, even if a program splits
 * the file at another separator; numbers stay numbers. {@link unguardedCell} restores the original text.
 * @param rows the first one is the header
 */
export function csvText(rows: readonly (readonly CsvCell[])[], separator = ','): string {
	const lines = rows.map((cells) => cells.map(csvCell).join(separator));
	return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join('');
}

/** As {@link csvText}. @param rows each as long as the header */
export function csv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
	return csvText([header, ...rows]);
}

function csvCell(value: CsvCell): string {
	if (value === null || value === undefined) return '';
	if (typeof value !== 'string') return String(value);
	const harmless = guardedCell(value);
	return /[";,|\t\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * A text with an apostrophe before each part that a spreadsheet could read as a formula. A part that already
 * looks guarded gets another apostrophe, or it could not be read back.
 */
export function guardedCell(text: string): string {
	const inner = text.replace(SEPARATORS, (separator, at: number) =>
		isRisky(text.slice(at + separator.length), separator) ? `${separator}'` : separator,
	);
	return isRisky(text, '') ? `'${inner}` : inner;
}

/**
 * Restores the text from which {@link guardedCell} made the cell. Any other apostrophe is part of the text.
 */
export function unguardedCell(cell: string): string {
	const inner = cell.replace(/(\r\n|[;,|\t\r\n])'/g, (guarded, separator: string, at: number) =>
		isRisky(cell.slice(at + guarded.length), separator) ? separator : guarded,
	);
	return cell.startsWith("'") && isRisky(cell.slice(1), '') ? inner.slice(1) : inner;
}

/** Leading apostrophes are ignored here, or a guarded text could not be distinguished from another one. */
function isRisky(text: string, separator: string): boolean {
	if (FORMULA.test(text)) return true;
	if (separator === '') return CONTROL.test(text);
	return NOTHING.test(text) || (separator !== '\t' && /^['"]*\t/.test(text));
}
