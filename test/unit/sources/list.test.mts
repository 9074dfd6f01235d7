import fc from 'fast-check';
import { z } from 'zod';

import { storedListRow } from '../../../lib/report/directoryList.ts';
import { type Fields, listFunctions, SETTINGS } from './listCode.mts';

const run = listFunctions();

const itemsSchema = z.array(z.object({ json: z.record(z.unknown()) }));
const recordsSchema = z.object({
	records: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })),
	trouble: z.string().optional(),
});

/** What the source gives out for a CSV text: the persons, and the manifest. */
function answerTo(csv: string, settings: Fields = {}) {
	const all = { ...SETTINGS, ...settings };
	return answerOf(run('listAnswer', run('csvList', csv, all), 1, all));
}

function answerOf(items: unknown) {
	const jsons = itemsSchema.parse(items).map(({ json }) => json);
	return { persons: jsons.slice(0, -1), manifest: jsons.at(-1) ?? {} };
}

function recordsOf(csv: string, delimiter = 'auto') {
	return recordsSchema.parse(run('csvRecords', csv, delimiter));
}

const day = (days: number) => String(run('utcDate', days));

describe('a CSV text', () => {
	it.each([
		['commas', 'a,b\n1,2', [['a', 'b'], ['1', '2']]],
		['semicolons', 'a;b\n1,5;2', [['a', 'b'], ['1,5', '2']]],
		['tabs', 'a\tb\n1\t2', [['a', 'b'], ['1', '2']]],
		['a line for Excel', 'sep=;\na;b,c', [['a', 'b,c']]],
		['a byte order mark', '\uFEFFa,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']]],
		['quotes', '"a","b ""c"""\n"","x"', [['a', 'b "c"'], ['', 'x']]],
		['a quoted delimiter in the header', '"a,a,a";b\n1;2', [['a,a,a', 'b'], ['1', '2']]],
		['line breaks in cells', 'a,b\n"1\r\n2",3', [['a', 'b'], ['1\r\n2', '3']]],
		['old line ends', 'a,b\r1,2\r', [['a', 'b'], ['1', '2']]],
		['quotes inside a cell', 'a,b\n5" disk,2', [['a', 'b'], ['5" disk', '2']]],
		['lines without anything', 'a,b\n\n,\n1,2\n  \n', [['a', 'b'], ['1', '2']]],
		['empty cells at the end', 'a,b\n1,\n', [['a', 'b'], ['1', '']]],
	])('is read with %s', (_case, csv, expected) => {
		const { records, trouble } = recordsOf(csv);

		expect(records.map(({ cells }) => cells)).toEqual(expected);
		expect(trouble).toBeUndefined();
	});

	it('knows the line of a record behind line breaks in cells', () => {
		expect(recordsOf('a,b\n"1\n2\n3",4\n5,6').records.map(({ line }) => line)).toEqual([1, 2, 5]);
	});

	it.each([
		['a,b\n1,"2\n3,4\n', /quotes that begin in line 2 never end/],
		['a,b\n1,"2"3\n', /line 2 something follows the end of quotes/],
	])('that is not one to its end says so: %j', (csv, sentence) => {
		expect(recordsOf(csv).trouble).toMatch(sentence);
	});

	it('reads back whatever was written', () => {
		const cell = fc.string({ unit: fc.constantFrom(...'a;,|\t"\'=+-@ \\\r\nß王') });
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.constant('id'), cell, cell), { minLength: 1 }),
				fc.constantFrom(',', ';', '\t'),
				(rows, delimiter) => {
					const { records, trouble } = recordsOf(String(run('csvText', rows, delimiter)), delimiter);
					const cells = records.map((record) => record.cells.map((one) => run('unguardedCell', one)));

					expect(cells).toEqual(rows);
					expect(trouble).toBeUndefined();
				},
			),
		);
	});

	it('has no cell that a spreadsheet would compute, whatever separator it takes', () => {
		const rows = [['id', 'Sales;=1+1'], ['=2', 'a\tb\n@SUM(A1)']];
		const text = String(run('csvText', rows, ',')).slice(1);

		for (const separator of [',', ';', '\t']) {
			for (const piece of text.split(/[\r\n]+/).flatMap((line) => line.split(separator))) {
				expect(piece).not.toMatch(/^"?[=+\-@]/);
			}
		}
	});

	it('keeps every value that goes through a Data Table', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'\'=+-@a;,\t\n') }), (value) => {
				expect(run('unguardedCell', storedListRow({ displayName: value })['displayName'])).toBe(value);
			}),
		);
	});
});

describe('a cell with groups', () => {
	it.each([
		['Sales;Board', ['Sales', 'Board']],
		['Sales | Board', ['Sales', 'Board']],
		['Sales;;Board; Sales', ['Sales', 'Board']],
		['A\\;B;C', ['A;B', 'C']],
		['CORP\\sales;Büro Köln', ['CORP\\sales', 'Büro Köln']],
		['Research, Development', ['Research, Development']],
		['', []],
	])('%j names %j', (cell, names) => {
		expect(run('groupsInCell', cell)).toEqual(names);
	});

	it('reads back whatever was written', () => {
		const name = fc
			.string({ unit: fc.constantFrom(...'aß😀;|\\, '), minLength: 1 })
			.map((text) => `x${text}y`);
		fc.assert(
			fc.property(fc.uniqueArray(name), (names) => {
				expect(run('groupsInCell', run('groupsCell', names))).toEqual(names);
			}),
		);
	});
});

describe('the columns', () => {
	it.each([
		['the attributes', 'sourceId,email,givenName,familyName'],
		['Entra ID', 'id,userPrincipalName,givenName,surname'],
		['Google Workspace', 'Employee ID,Email Address [Required],First Name [Required],Last Name [Required]'],
		['an HR system', 'Employee Number,Work E-Mail,FIRST_NAME,Last-Name'],
	])('are found as in %s', (_case, header) => {
		const { persons, manifest } = answerTo(`${header},Groups\n7,ada@example.com,Ada,Lovelace,`);

		expect(persons).toMatchObject([
			{ sourceId: '7', email: 'ada@example.com', givenName: 'Ada', familyName: 'Lovelace' },
		]);
		expect(manifest).toMatchObject({ complete: true, groupsComplete: true });
	});

	it('can be named in Settings', () => {
		const { persons } = answerTo('Personalnummer;E-Mail;Notion-Adresse\n7;a@example.com;b@example.com', {
			columns: { Personalnummer: 'sourceId' },
			emailAttribute: 'Notion-Adresse',
		});

		expect(persons).toMatchObject([{ sourceId: '7', email: 'b@example.com' }]);
	});

	it('can do without an ID, by the address in any capitals', () => {
		const { persons } = answerTo('Email\nAda@Example.com', { idAttribute: 'email' });

		expect(persons).toMatchObject([{ sourceId: 'ada@example.com', email: 'Ada@Example.com' }]);
	});

	it.each([
		['no ID', 'Email\na@example.com', {}, /no column with an ID/],
		['two of one name', 'id,E-Mail,email\n1,a@example.com,b@example.com', {}, /several columns "E-Mail"/],
		['not the one of Settings', 'id\n1', { columns: { Mail: 'email' } }, /no column "Mail"/],
		['not the one for the address', 'id\n1', { emailAttribute: 'Mail' }, /no column "Mail"/],
	])('of a list with %s cannot be used, and no one is given out', (_case, csv, settings, sentence) => {
		const { persons, manifest } = answerTo(csv, settings);

		expect(persons).toEqual([]);
		expect(manifest).toMatchObject({ count: 0, complete: false, attributesRead: [] });
		expect(manifest['explanation']).toMatch(sentence);
	});
});

describe('a person of a list', () => {
	it('has everything that stands there, and nothing for an empty cell', () => {
		const { persons, manifest } = answerTo(
			[
				'id,email,Secondary email,name,title,department,manager email,phone,groups,status,' +
					'hire date,last day,kind,shoe size',
				'7, ada@example.com ,"a@x.example, b@x.example",Ada Lovelace 王,Analyst,,boss@example.com,' +
					"'+49 221,Sales;Büro Köln,Active,2024-01-15,2099-12-31,Person,42",
			].join('\n'),
		);

		expect(persons).toEqual([
			{
				source: 'list',
				sourceId: '7',
				active: true,
				status: 'active',
				statusWord: 'Active',
				email: 'ada@example.com',
				secondaryEmails: 'a@x.example, b@x.example',
				displayName: 'Ada Lovelace 王',
				title: 'Analyst',
				managerEmail: 'boss@example.com',
				phoneNumber: '+49 221',
				groups: ['Sales', 'Büro Köln'],
				startAt: '2024-01-15T00:00:00.000Z',
				endDate: '2099-12-31',
				kind: 'person',
				inScope: true,
			},
		]);
		expect(manifest).toEqual({
			manifest: true,
			source: 'list',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			pages: 1,
			count: 1,
			complete: true,
			groupsComplete: true,
			attributesRead: [
				'email',
				'secondaryEmails',
				'displayName',
				'title',
				'department',
				'managerEmail',
				'phoneNumber',
				'groups',
			],
		});
	});

	it('begins on the day of the company, and not of the server', () => {
		const starts = (date: string, timeZone: string) =>
			answerTo(`id,start date\n1,${date}`, { timeZone }).persons[0]?.['startAt'];

		expect(starts('2026-01-31', 'Pacific/Auckland')).toBe('2026-01-30T11:00:00.000Z');
		expect(starts('2026-01-31', 'Pacific/Honolulu')).toBe('2026-01-31T10:00:00.000Z');
		expect(starts('2026-01-31T09:00', 'Europe/Berlin')).toBe('2026-01-31T08:00:00.000Z');
		expect(starts('2026-01-31T09:00:00Z', 'Europe/Berlin')).toBe('2026-01-31T09:00:00.000Z');
	});

	it.each(['31.01.2026', '01/31/2026', '2026-02-30', 'soon'])(
		'with the start date %j needs a person, and does not begin at once',
		(date) => {
			const { persons } = answerTo(`id,start date,status\n1,${date},active`);

			expect(persons).toMatchObject([
				{ status: 'unknown', active: true, explanation: expect.stringContaining(`startAt is "${date}"`) },
			]);
			expect(persons[0]).not.toHaveProperty('startAt');
		},
	);

	it('is given out with a reason where Settings want others', () => {
		const { persons } = answerTo('id,department,groups\n1,Sales,notion-a;b\n2,,notion-c', {
			scopeAttribute: 'department',
			scopeValues: ['sal*'],
			groupPrefix: 'notion-',
		});

		expect(persons).toMatchObject([
			{ inScope: true, groups: ['notion-a'] },
			{ inScope: false, scopeNote: expect.stringContaining('department is not given'), groups: ['notion-c'] },
		]);
	});
});

describe('the status', () => {
	const employmentState = ({ active, ...about }: Fields) =>
		z.record(z.unknown()).parse(
			run('listedStatus', {
				...about,
				flags: active === undefined ? [] : [{ flag: 'active', cell: active }],
			}),
		);

	it.each([
		['Active', 'active'],
		['enabled', 'active'],
		['Employed', 'active'],
		['Current employee', 'active'],
		['LOCKED_OUT', 'active'],
		['Locked', 'active'],
		['PASSWORD_EXPIRED', 'active'],
		['RECOVERY', 'active'],
		['PROVISIONED', 'active'],
		['Pending', 'notStarted'],
		['STAGED', 'notStarted'],
		['Pre-hire', 'notStarted'],
		['Onboarding', 'notStarted'],
		['Not started', 'notStarted'],
		['On leave', 'onLeave'],
		['Leave of Absence', 'onLeave'],
		['Parental leave', 'onLeave'],
		['Furloughed', 'onLeave'],
		['Sabbatical', 'onLeave'],
		['Suspended', 'suspended'],
		['Blocked', 'suspended'],
		['On hold', 'suspended'],
		['Inactive', 'inactive'],
		['terminated', 'inactive'],
		['Left', 'inactive'],
		['Former employee', 'inactive'],
		['Retired', 'inactive'],
		['Disabled', 'inactive'],
		['DEPROVISIONED', 'inactive'],
		['Garden leave', 'inactive'],
		['Archived', 'inactive'],
		['Parked', 'unknown'],
		['Elternzeit', 'unknown'],
		['ok', 'unknown'],
		['', 'unknown'],
	])('%j means %s', (status, meaning) => {
		const found = employmentState({ status });

		expect(found).toMatchObject({ status: meaning, active: meaning !== 'inactive' });
		expect('explanation' in found && found['explanation'] !== undefined).toBe(
			meaning === 'unknown' || meaning === 'suspended',
		);
	});

	it.each([
		['true', 'active'],
		['Yes', 'active'],
		['1', 'active'],
		['FALSE', 'inactive'],
		['no', 'inactive'],
		['0', 'inactive'],
		['maybe', 'unknown'],
		['', 'unknown'],
	])('in a column that says whether a person is active, %j means %s', (active, meaning) => {
		expect(employmentState({ active }).status).toBe(meaning);
	});

	it.each([
		['Active', 'true', 'active'],
		['', 'false', 'inactive'],
		['Terminated', '', 'inactive'],
		['Suspended', 'false', 'suspended'],
		['On leave', 'false', 'onLeave'],
		['Staged', 'false', 'notStarted'],
		['Active', 'false', 'unknown'],
		['Terminated', 'true', 'unknown'],
		['Terminated', 'maybe', 'unknown'],
		['', '', 'unknown'],
	])('of two columns with %j and %j is %s', (status, active, meaning) => {
		expect(employmentState({ status, active }).status).toBe(meaning);
	});

	it.each([
		[{}, 'active'],
		[{ endDate: day(1) }, 'active'],
		[{ endDate: day(-1) }, 'active'],
		[{ endDate: day(-2) }, 'inactive'],
		[{ startAt: `${day(2)}T00:00:00.000Z` }, 'notStarted'],
		[{ startAt: `${day(-2)}T00:00:00.000Z` }, 'active'],
		[{ status: 'Active', endDate: day(-1) }, 'active'],
		[{ status: 'Active', endDate: day(-3) }, 'unknown'],
		[{ status: 'On leave', endDate: day(-3) }, 'unknown'],
		[{ status: 'Left', endDate: day(-3) }, 'inactive'],
	])('with %j is %s', (about, meaning) => {
		expect(employmentState(about).status).toBe(meaning);
	});

	it("knows a company's own words, also for an empty cell", () => {
		const ownWords = { Elternzeit: 'onLeave', '': 'active', no: 'suspended' };

		expect(employmentState({ status: 'elternzeit', ownWords }).status).toBe('onLeave');
		expect(employmentState({ status: '', ownWords }).status).toBe('active');
		expect(employmentState({ active: 'No', ownWords }).status).toBe('suspended');
	});
});

describe('a list that is not complete', () => {
	const HEADER = 'id,email,groups';

	it.each([
		['a row that is too short', '3,c@example.com', /1 have not as many cells .* line 4\./],
		['a row that is too long', '3,c@example.com,Sales,x', /line 4/],
		['a row without an ID', ',c@example.com,', /1 have no ID and are left out: line 4/],
	])('gives out the others, and names %s', (_case, row, sentence) => {
		const { persons, manifest } = answerTo(`${HEADER}\n1,a@example.com,\n2,b@example.com,\n${row}\n`);

		expect(persons.map(({ sourceId }) => sourceId)).toEqual(['1', '2']);
		expect(manifest).toMatchObject({ count: 2, complete: false, groupsComplete: false });
		expect(manifest['explanation']).toMatch(sentence);
	});

	it('gives out a person once whose ID comes twice, and says which lines', () => {
		const { persons, manifest } = answerTo(
			`${HEADER}\n1,a@example.com,\n2,b@example.com,\n1,a@example.com,\n2,c@example.com,`,
		);

		expect(persons).toMatchObject([
			{ sourceId: '1', status: 'active' },
			{ sourceId: '2', status: 'unknown', active: true, explanation: expect.stringContaining('lines 3 and 5') },
		]);
		expect(manifest).toMatchObject({ count: 2, complete: false });
		expect(manifest['explanation']).toMatch(/more than once: 1, 2 \(lines 2, 4, 3 and 5\)/);
	});

	it.each([
		['the closing row', 'END', `1,a@example.com,\nEND`, true],
		['the closing row in a row of its own', 'END', `1,a@example.com,\nEND,,`, true],
		['its right number', 'END', `1,a@example.com,\nEND,1`, true],
		['another number', 'END', `1,a@example.com,\nEND,2`, false],
		['no closing row', 'END', `1,a@example.com,`, false],
		['one that is cut', 'END', `1,a@example.com,\nEN`, false],
		['no closing row wanted', '', `1,a@example.com,`, true],
	])('is told apart by %s', (_case, closingRow, rows, complete) => {
		const { persons, manifest } = answerTo(`${HEADER}\n${rows}`, { closingRow });

		expect(manifest['complete']).toBe(complete);
		expect(persons[0]).toMatchObject({ sourceId: '1' });
	});

	it.each([
		[2, true],
		[3, false],
		[0, true],
	])('is told apart by the count %i', (expectedCount, complete) => {
		const { manifest } = answerTo(`${HEADER}\n1,a@example.com,\n2,b@example.com,`, { expectedCount });

		expect(manifest['complete']).toBe(complete);
		expect(manifest['explanation']).toEqual(
			complete ? undefined : expect.stringContaining('expect 3 rows, and 2 came'),
		);
	});

	it.each([
		['nothing', '', /empty/],
		['a header alone', HEADER, /no people/],
		['a web page', '<!DOCTYPE html><html></html>', /web page/],
		['letters of another encoding', `${HEADER}\n1,zo\uFFFD@example.com,`, /encoding/],
		['quotes that never end', `${HEADER}\n1,"a@example.com,\n`, /cut off/],
	])('says so of %s', (_case, csv, sentence) => {
		const { persons, manifest } = answerTo(csv);

		expect(persons).toEqual([]);
		expect(manifest).toMatchObject({ complete: false, groupsComplete: false, count: 0 });
		expect(manifest['explanation']).toMatch(sentence);
	});

	it('without a column for groups leaves them out, and is complete as far as people go', () => {
		const { persons, manifest } = answerTo('id,email\n1,a@example.com');

		expect(persons[0]).not.toHaveProperty('groups');
		expect(manifest).toMatchObject({
			complete: true,
			groupsComplete: false,
			explanation: 'The list has no column with groups.',
		});
	});
});

describe('a Data Table', () => {
	it('is read without its own columns', () => {
		const table = run(
			'tableList',
			[
				{ id: 9, createdAt: 'x', updatedAt: 'x', sourceId: '7', active: true, title: null, endDate: new Date('2099-12-31') },
			],
			'directory_people',
		);
		const { persons } = answerOf(run('listAnswer', table, 1, SETTINGS));

		expect(persons).toMatchObject([{ sourceId: '7', status: 'active', statusWord: 'true', endDate: '2099-12-31' }]);
		expect(persons[0]).not.toHaveProperty('title');
	});

	it('without rows is not complete', () => {
		const table = run('tableList', [], 'directory_people');

		expect(answerOf(run('listAnswer', table, 1, SETTINGS)).manifest).toMatchObject({
			complete: false,
			explanation: 'The Data Table "directory_people" has no rows.',
		});
	});
});

describe('Settings', () => {
	it.each([
		[{ from: 'excel' }, /"from" must be dataTable, csvUrl, csvFile/],
		[{ from: 'dataTable', table: ' ' }, /"table" must be the name of a Data Table/],
		[{ url: 'files.example.com' }, /"url" must be an address/],
		[{ from: 'csvFile', file: '' }, /"file" must be the path/],
		[{ timeZone: 'Mars' }, /"timeZone" must be one such as/],
		[{ timeZone: '' }, /"timeZone" must be one such as/],
		[{ expectedCount: -1 }, /"expectedCount" must be a number/],
		[{ delimiter: ', ' }, /"delimiter" must be auto or one character/],
		[{ ownWords: { Elternzeit: 'away' } }, /"away" in ownWords/],
		[{ columns: { Mail: 'e-mail' } }, /columns has "e-mail"/],
	])('%j are refused', (wrong, sentence) => {
		expect(() => run('checkListSettings', { ...SETTINGS, ...wrong })).toThrow(sentence);
	});

	it('as delivered are right', () => {
		expect(() => run('checkListSettings', SETTINGS)).not.toThrow();
	});
});
