import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { z } from 'zod';

import { csv } from '../../../lib/report/csv.ts';

/** Reads RFC 4180 strictly: a quote out of place, or a row of another length, fails. */
function readCsv(text: string): string[][] {
	return z.array(z.array(z.string())).parse(parse(text, { record_delimiter: '\r\n' }));
}

const cellsOf = (...cells: (string | number | boolean | null)[]): string[] =>
	readCsv(csv(cells.map(() => 'A'), [cells]).slice(1))[1] ?? [];

test('begins with the mark by which Excel knows UTF-8', () => {
	expect(Buffer.from(csv(['A'], [])).toString('hex')).toBe('efbbbf410d0a');
});

test('keeps commas, quotes, lines and letters of all countries', () => {
	const cells = ['Lovelace, Ada', 'the "first"', 'two\r\nlines', 'Ngũgĩ 李 🙂', ''];
	expect(cellsOf(...cells)).toEqual(cells);
});

test('numbers stay numbers, also negative ones, and what is missing is empty', () => {
	expect(csv(['A', 'B', 'C'], [[-1.5, null, true]])).toBe('\uFEFFA,B,C\r\n-1.5,,true\r\n');
});

test.each([
	'=HYPERLINK("http://evil.test","Ada")',
	'+1+1',
	'-2+3',
	'@SUM(A1)',
	'\t=1',
	' =1',
	'\r=1',
	'\n=1',
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

test('any table can be read back, and no cell of it begins a formula', () => {
	const table = fc
		.integer({ min: 1, max: 5 })
		.chain((width) => fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: width, maxLength: width }), { maxLength: 8 }));
	fc.assert(
		fc.property(table, (rows) => {
			const [, ...read] = readCsv(csv(rows[0]?.map((_, index) => `c${index}`) ?? ['c'], rows).slice(1));
			expect(read.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(
				rows.map((row) => row.map((cell) => cell.replace(/^'/, ''))),
			);
			for (const cell of read.flat()) expect(cell).not.toMatch(/^[\s\u0000-\u001f]*[=+\-@]/);
		}),
	);
});
