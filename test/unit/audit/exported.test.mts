import fc from 'fast-check';

import { checkFile } from '../../../lib/audit/fileCheck.ts';
import { controlsOf } from '../../../lib/audit/controls.ts';
import { csvCells, exportedCsv, exportedJson, readExported } from '../../../lib/audit/exported.ts';
import { readJournal } from '../../../lib/audit/journalRow.ts';
import { CHANGE_COLUMNS, CHANGE_KINDS } from '../../../lib/lifecycle/journal.ts';
import type { Item } from './auditKit.mts';
import { Company, DAY, START } from './auditKit.mts';

const COLUMNS = Object.keys(CHANGE_COLUMNS);

const csvOf = (rows: readonly Item[]) => exportedCsv(readJournal(rows).rows, COLUMNS, new Set());
const jsonOf = ({ rows, stored }: Company) => exportedJson(readJournal(rows).rows, stored, '2026-02-01T00:00:00.000Z');

function sealedCompany(): Company {
	const company = new Company();
	company.insert({ state: 'done', outcome: 'removed', displayName: '=HYPERLINK("http://evil.example","x")', reason: 'Line one,\r\n"line two"; -1' });
	company.insert({ state: 'done', outcome: 'done', kind: 'hire', impact: 1, email: "'@x.example" });
	company.insert({ state: 'scheduled' });
	company.seal();
	company.now += DAY;
	company.insert({ state: 'done', outcome: 'stays' });
	company.seal();
	return company;
}

const checked = (file: string, mailed: readonly string[] = []) => checkFile({ file, mailed }, START + 40 * DAY);

describe('the exported file', () => {
	it('has every row and column as it was, whatever the texts are', () => {
		const cells = fc.dictionary(fc.constantFrom('key', 'kind', 'reason', 'details', 'displayName'), fc.string({ unit: 'grapheme' }));
		fc.assert(
			fc.property(fc.array(cells), (list) => {
				const rows = list.map((row, index): Item => ({ id: index + 1, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-02T00:00:00.000Z', ...row }));
				expect(readExported(csvOf(rows))?.journal).toEqual(readJournal(rows));
				expect(readExported(exportedJson(readJournal(rows).rows, [], ''))?.journal).toEqual(readJournal(rows));
			}),
			{ numRuns: 300 },
		);
	});

	it('has no cell that a spreadsheet takes for a formula', () => {
		const [, first = []] = csvCells(csvOf(sealedCompany().rows));
		expect(first.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
		expect(first.join('|')).toContain("'=HYPERLINK");
	});

	it('says for each row whether it is as sealed, and which controls it answers', () => {
		const company = sealedCompany();
		company.change(3, { state: 'done', outcome: 'removed' });
		const [header = [], ...lines] = csvCells(exportedCsv(readJournal(company.rows).rows, COLUMNS, company.check().proven));
		const column = (name: string) => lines.map((line) => line[header.indexOf(name)]);
		expect(column('sealed as is')).toEqual(['yes', 'yes', 'no', 'yes']);
		expect(column('answers controls')[1]).toBe('CC6.2 CC6.3 A.5.16 A.5.18');
	});

	it('knows a control for each kind of row', () => {
		expect(CHANGE_KINDS.filter((kind) => controlsOf(kind).length === 0)).toEqual([]);
		expect(controlsOf('toString')).toEqual([]);
	});
});

describe('the check of a file, without n8n', () => {
	it('is clean for a file as exported, and says how far it was compared', () => {
		const company = sealedCompany();
		expect(checked(jsonOf(company))).toEqual({ result: 'clean', lines: expect.arrayContaining([expect.stringContaining('No mailed head was given')]) });
		expect(checked(jsonOf(company), company.mails)).toEqual({ result: 'clean', lines: expect.arrayContaining(['Compared with 2 mailed seals.']) });
		expect(checked(csvOf(company.rows), company.attachments)).toMatchObject({ result: 'clean' });
	});

	it.each([
		['removed', 'Row 1 was removed', (rows: Item[]) => rows.slice(1)],
		['added', 'Row 9 was not sealed', (rows: Item[]) => [...rows, { ...rows[0], id: 9 } as Item]],
		['added', 'Row 4 stands in the file twice', (rows: Item[]) => [...rows, ...rows.slice(-1)]],
		['edited', 'Row 2 was changed after it was closed', (rows: Item[]) => rows.map((row) => (row.id === 2 ? { ...row, email: 'other@x.example' } : row))],
		['reordered', 'Row 1 stands behind row 4', (rows: Item[]) => [...rows.slice(1), ...rows.slice(0, 1)]],
	])('finds what was %s in a CSV and in a JSON file: %s', (_kind, sentence, tamper) => {
		const company = sealedCompany();
		company.rows = tamper(company.rows);
		for (const result of [checked(jsonOf(company), company.mails), checked(csvOf(company.rows), company.attachments)]) {
			expect(result.result).toBe('findings');
			expect(result.lines.join('\n')).toContain(sentence);
		}
	});

	it('finds a head that does not fit', () => {
		const company = sealedCompany();
		const other = (company.mails[1] ?? '').replace(/[0-9a-f]{64}/, 'a'.repeat(64));
		expect(checked(jsonOf(company), [other])).toMatchObject({ result: 'findings', lines: expect.arrayContaining([expect.stringContaining('Seal 2 is not the one')]) });
	});

	it.each([
		['is no export', 'PK\u0003\u0004'],
		['is another JSON', '{"what":"something"}'],
		['is empty', ''],
	])('checks nothing where the file %s', (_what, file) => {
		expect(checked(file).result).toBe('unreadable');
	});

	it('asks for the mailed seals of a CSV file', () => {
		expect(checked(csvOf(sealedCompany().rows))).toMatchObject({ result: 'unreadable', lines: [expect.stringContaining('--mailed')] });
	});
});
