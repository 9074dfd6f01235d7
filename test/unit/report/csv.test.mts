import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { z } from 'zod';

import { csvText, guardedCell, unguardedCell } from '../../../lib/report/csv.ts';

/** Reads RFC 4180 strictly: a quote out of place, or a row of another length, fails. */
function readCsv(text: string): string[][] {
	return z.array(z.array(z.string())).parse(parse(text, { record_delimiter: '\r\n' }));
}

const cellsOf = (...cells: (string | number | boolean | null)[]): string[] =>
	readCsv(csvText([cells.map(() => 'A'), cells]).slice(1))[1] ?? [];

test('begins with the mark by which Excel knows UTF-8', () => {
	expect(Buffer.from(csvText([['A']])).toString('hex')).toBe('efbbbf410d0a');
});

test('keeps commas, quotes, lines and letters of all countries', () => {
	const cells = ['Lovelace, Ada', 'the "first"', 'two\r\nlines', 'Ngũgĩ 李 🙂', ''];
	expect(cellsOf(...cells)).toEqual(cells);
});

test('numbers stay numbers, also negative ones, and what is missing is empty', () => {
	expect(csvText([['A', 'B', 'C'], [-1.5, null, true]])).toBe('\uFEFFA,B,C\r\n-1.5,,true\r\n');
});

test.each([
	'=HYPERLINK("http://evil.test","Ada")',
	'+1+1',
	'-2+3',
	'@SUM(A1)',
	' =1',
	'\u00a0=1',
	'\u200b=1',
	'\uFEFF=1',
	'＝1',
	'＋1',
	"'=1",
	'|calc',
	'%0A=1',
])('%j cannot become a formula', (text) => {
	expect(cellsOf(text)).toEqual([`'${text}`]);
});

test('what is harmless stays as it is', () => {
	const cells = ['ada@example.com', 'a=b', 'Anne-Marie', '1+1', "O'Brien"];
	expect(cellsOf(...cells)).toEqual(cells);
});

test.each([
	['\t=1', "'\t'=1"],
	['\r=1', "'\r'=1"],
	['\n=1', "'\n'=1"],
	['a;=1+1', "a;'=1+1"],
	['Sales; =cmd|calc', "Sales;' =cmd|calc"],
	['a,-2+3', "a,'-2+3"],
	['a\t@SUM(A1)', "a\t'@SUM(A1)"],
	['first\n=HYPERLINK("x")', 'first\n\'=HYPERLINK("x")'],
	['first\r\n+1', "first\r\n'+1"],
	['a;"=1"', 'a;\'"=1"'],
	['a;\u200b=1', "a;'\u200b=1"],
	['a;\tb', "a;'\tb"],
	['a|=1', "a|'=1"],
	['=1;=2', "'=1;'=2"],
	['a;b,c; d\ne', 'a;b,c; d\ne'],
])('%j begins no formula where a program splits it at another separator', (text, guarded) => {
	expect(cellsOf(text)).toEqual([guarded]);
	expect(unguardedCell(guarded)).toBe(text);
});

const SEPARATORS = [',', ';', '\t'];

const hostile = fc.string({ unit: fc.constantFrom(...'=+-@|;,\t\r\n"\' ab\u00a0\u200b\uFF1D王') });
const table = fc
	.integer({ min: 1, max: 4 })
	.chain((width) => fc.array(fc.array(fc.oneof(hostile, fc.string({ unit: 'binary' })), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }));

test('with its own separator, any table can be read back', () => {
	fc.assert(
		fc.property(table, fc.constantFrom(...SEPARATORS), (rows, separator) => {
			const text = csvText(rows, separator).slice(1);
			const read = z.array(z.array(z.string())).parse(parse(text, { delimiter: separator, record_delimiter: '\r\n' }));

			// A row of one empty cell is an empty line, which no reader takes for a row.
			const there = rows.filter((row) => row.length > 1 || row[0] !== '');
			expect(read.filter((row) => row.length > 1 || row[0] !== '').map((row) => row.map(unguardedCell))).toEqual(there);
		}),
		{ numRuns: 500 },
	);
});

/** As a spreadsheet reads: quotes count at the beginning of a cell only, and whatever follows them is kept. */
function cellsIn(text: string, separator: string): string[] {
	const cells: string[] = [];
	let at = 0;
	while (at <= text.length) {
		let cell = '';
		if (text.charAt(at) === '"') {
			const quoted = /^"((?:[^"]|"")*)("|$)/.exec(text.slice(at)) ?? [''];
			cell = (quoted[1] ?? '').replaceAll('""', '"');
			at += quoted[0].length;
		}
		while (at < text.length && text.charAt(at) !== separator && !/[\r\n]/.test(text.charAt(at))) cell += text.charAt(at++);
		cells.push(cell);
		at += 1;
	}
	return cells;
}

/** As a program that knows no quotes. */
const piecesIn = (text: string, separator: string): string[] =>
	text.split(/\r\n|\r|\n/).flatMap((line) => line.split(separator)).map((piece) => piece.replace(/^"+|"+$/g, ''));

test('with any separator, no cell of any table begins a formula', () => {
	fc.assert(
		fc.property(table, fc.constantFrom(...SEPARATORS), fc.constantFrom(...SEPARATORS), (rows, written, read) => {
			const text = csvText(rows, written).slice(1);
			// In a file with tabs, an empty cell lets another separator's cell begin with one; what follows is harmless.
			const begins = written === '\t' ? /^[\s"]*[=+\-@]/ : /^(?:[\s"]*[=+\-@]|[\t\r\n])/;
			for (const cell of [...cellsIn(text, read), ...piecesIn(text, read)]) {
				expect([text, cell]).toEqual([text, expect.not.stringMatching(begins)]);
			}
		}),
		{ numRuns: 1_000 },
	);
});

test('a text that looks guarded is told from one that is', () => {
	fc.assert(
		fc.property(hostile, (text) => {
			expect(unguardedCell(guardedCell(text))).toBe(text);
		}),
		{ numRuns: 1_000 },
	);
	expect([guardedCell("'t Hooft"), unguardedCell("'t Hooft")]).toEqual(["'t Hooft", "'t Hooft"]);
});
