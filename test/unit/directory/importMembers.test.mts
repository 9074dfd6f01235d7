import fc from 'fast-check';
import { z } from 'zod';

import { compareMembers, type ComparedMember } from '../../../lib/directory/importMembers/compareMembers.ts';
import { LIST_COLUMNS } from '../../../lib/directory/importMembers/listColumns.ts';
import { domainsToImport, emailsToImport } from '../../../lib/directory/importMembers/settings.ts';
import { importCounts, previewCode, toWrite } from '../../../lib/directory/importMembers/toWrite.ts';
import { listCsv, listedRow, storedListRow } from '../../../lib/report/directoryList.ts';
import type { User } from '../../../lib/scim/userResource.ts';
import { type Fields, listFunctions, SETTINGS } from '../sources/listCode.mts';

const run = listFunctions();

const ADA = { id: 'u-ada', email: 'ada@example.com', displayName: 'Ada Lovelace', role: 'member' };
const BEN = { id: 'u-ben', email: 'ben@other.example', displayName: 'Ben', role: 'owner' };
const GROUPS = [
	{ id: 'g1', displayName: 'Sales', memberIds: ['u-ada'] },
	{ id: 'g2', displayName: 'Engineering', memberIds: ['u-ada', 'u-ben'] },
];

interface Member extends Record<string, unknown> {
	id: string;
	email: string;
}

interface World {
	members?: Member[];
	groups?: Array<{ displayName: string; memberIds: string[] }>;
	rows?: Fields[];
	links?: Array<{ employeeId: string; userId: string }>;
	settings?: Fields;
}

function userOf({ id, email, role = 'member', active = true, ...attributes }: Member): User {
	return {
		id,
		userName: email,
		active: active !== false,
		role: String(role),
		attributes: { ...z.record(z.string()).parse(attributes), email },
		resource: {},
	};
}

function compare({ members = [ADA], groups = GROUPS, rows = [], links = [], settings = {} }: World): ComparedMember[] {
	const { domains, emails, ...others } = settings;
	return compareMembers({
		members: members.map(userOf),
		groups: groups.map((group, index) => ({ id: `g${index}`, resource: {}, ...group })),
		rows: rows.map(listedRow),
		links: links.map(({ employeeId, userId }) => ({ sourceId: employeeId, userId })),
		settings: {
			domains: domainsToImport(String(domains ?? '')),
			emails: emailsToImport(String(emails ?? '')),
			roles: [],
			groups: [],
			leaveOutPrivileged: false,
			groupPrefix: '',
			updateChanged: false,
			...others,
		},
	});
}

describe('a member of Notion', () => {
	it('who is not in the directory is new, with the ID of the account and the groups', () => {
		expect(compare({})).toEqual([
			{
				comparison: 'new',
				explanation: 'Not in the directory yet.',
				userId: 'u-ada',
				email: 'ada@example.com',
				displayName: 'Ada Lovelace',
				role: 'member',
				groups: ['Engineering', 'Sales'],
				sourceId: 'u-ada',
				row: {
					sourceId: 'u-ada',
					email: 'ada@example.com',
					displayName: 'Ada Lovelace',
					groups: 'Engineering;Sales',
					status: 'active',
				},
				needsLink: true,
			},
		]);
	});

	it.each([
		['the ID of the account', { sourceId: 'u-ada', email: 'ada@example.com' }, []],
		['a link', { sourceId: 'P1', email: 'ada@example.com' }, [{ employeeId: 'P1', userId: 'u-ada' }]],
		['the address in other capitals', { sourceId: 'P1', email: 'Ada@Example.com' }, []],
	])('is found by %s', (_case, fields, links) => {
		const rows = [{ ...fields, displayName: 'Ada Lovelace', groups: 'Sales | Engineering' }];

		expect(compare({ rows, links })).toMatchObject([
			{ comparison: 'imported', sourceId: fields.sourceId, needsLink: links.length === 0 },
		]);
	});

	it('who is linked is found again after a change of the address', () => {
		const rows = [
			{
				sourceId: 'P1',
				email: 'ada.byron@example.com',
				displayName: 'Ada Byron',
				title: 'Countess',
				groups: 'Sales;Engineering',
			},
		];
		const links = [{ employeeId: 'P1', userId: 'u-ada' }];

		expect(compare({ rows, links })).toMatchObject([
			{
				comparison: 'changed',
				changes: [
					{ attribute: 'email', from: 'ada.byron@example.com', to: 'ada@example.com' },
					{ attribute: 'displayName', from: 'Ada Byron', to: 'Ada Lovelace' },
				],
				// What Notion does not say stays.
				row: { sourceId: 'P1', email: 'ada@example.com', displayName: 'Ada Lovelace', title: 'Countess' },
				needsLink: false,
			},
		]);
	});

	it('is changed where other groups stand there, and not where only some groups are looked at', () => {
		const rows = [{ sourceId: 'u-ada', email: 'ada@example.com', displayName: 'Ada Lovelace', groups: 'Board' }];

		expect(compare({ rows })).toMatchObject([
			{ comparison: 'changed', changes: [{ attribute: 'groups', from: 'Board', to: 'Engineering;Sales' }] },
		]);
		expect(compare({ rows, settings: { groupPrefix: 'Eng' } })).toMatchObject([{ comparison: 'imported' }]);
		expect(compare({ rows, groups: [] })).toMatchObject([{ comparison: 'imported' }]);
	});

	it.each([
		[
			'two rows have the address',
			{ rows: [{ sourceId: 'P1', email: 'ada@example.com' }, { sourceId: 'P2', email: 'ADA@example.com' }] },
			/Several rows .* P1, P2/,
		],
		[
			'the link and the address name different rows',
			{
				rows: [{ sourceId: 'P1', email: 'other@example.com' }, { sourceId: 'P2', email: 'ada@example.com' }],
				links: [{ employeeId: 'P1', userId: 'u-ada' }],
			},
			/Several rows .* P1, P2/,
		],
		[
			'the row is linked to another account',
			{
				rows: [{ sourceId: 'P1', email: 'ada@example.com' }],
				links: [{ employeeId: 'P1', userId: 'u-former' }],
			},
			/linked to another account of Notion: u-former/,
		],
		[
			'the address is a secondary one of another person',
			{ rows: [{ sourceId: 'P1', email: 'x@example.com', secondaryEmails: 'y@example.com, ada@example.com' }] },
			/secondary address with P1/,
		],
		[
			'a secondary address is another person',
			{
				members: [{ ...ADA, secondaryEmails: 'x@example.com' }],
				rows: [{ sourceId: 'P1', email: 'x@example.com' }],
			},
			/secondary address with P1/,
		],
		[
			'an address looks the same',
			{ rows: [{ sourceId: 'P1', email: 'ada@example.com'.replace('a', 'ａ') }] },
			/looks the same/,
		],
		[
			'a letter of the address is of another script',
			{ rows: [{ sourceId: 'P1', email: 'аdа@example.com' }] },
			/looks the same/,
		],
		['the row has no ID', { rows: [{ email: 'ada@example.com' }] }, /has no ID/],
	])('is ambiguous where %s, and is not written', (_case, world, sentence) => {
		const compared = compare(world);

		expect(compared).toMatchObject([{ comparison: 'ambiguous' }]);
		expect(compared[0]?.explanation).toMatch(sentence);
		expect(toWrite(compared, true)).toEqual({ people: [], links: [] });
	});

	it('is ambiguous where another member is the same row, or looks the same', () => {
		const kelvin = { ...ADA, id: 'u-2', email: 'mar\u212A@example.com' };
		const mark = { ...ADA, id: 'u-3', email: 'mark@example.com' };

		expect(compare({ members: [kelvin, mark] }).map(({ comparison }) => comparison)).toEqual(['ambiguous', 'ambiguous']);
	});

	it('is found by the address, however its domain is written', () => {
		const members = [{ ...ADA, email: 'ada@bücher.example' }];
		const rows = [{ sourceId: 'P1', email: 'ada@xn--bcher-kva.example', displayName: 'Ada Lovelace' }];

		expect(compare({ members, rows, groups: [] })).toMatchObject([{ comparison: 'imported', sourceId: 'P1' }]);
		expect(compare({ members, groups: [], settings: { domains: 'Bücher.example' } })).toMatchObject([
			{ comparison: 'new' },
		]);
	});

	it('is left out who is not active', () => {
		const compared = compare({ members: [{ ...ADA, active: false }] });

		expect(compared).toMatchObject([{ comparison: 'leftOut', explanation: expect.stringContaining('Not active') }]);
	});

	it.each([
		[{ leaveOutPrivileged: true }, ['new', 'leftOut'], /privileged/],
		[{ domains: 'Example.com' }, ['new', 'leftOut'], /other\.example is none of the chosen domains/],
		[{ roles: ['member'] }, ['new', 'leftOut'], /owner is none of the chosen roles/],
		[{ groups: ['Sales'] }, ['new', 'leftOut'], /none of the chosen groups/],
		[{ domains: '@example.com' }, ['new', 'leftOut'], /other\.example is none of the chosen domains/],
		[{ domains: 'https://example.com/' }, ['new', 'leftOut'], /other\.example is none of the chosen domains/],
		[{ emails: 'ADA@example.com' }, ['new', 'leftOut'], /Not among the chosen/],
		[{ emails: 'Ada Lovelace <mailto:ada@example.com>' }, ['new', 'leftOut'], /Not among the chosen/],
		[{ emails: 'ada@example.com', groups: ['Board'] }, ['leftOut', 'leftOut'], /none of the chosen groups/],
	])('is left out by %j, with the reason', (settings, comparisons, sentence) => {
		const compared = compare({ members: [BEN, ADA], settings });

		expect(compared.map(({ comparison }) => comparison)).toEqual(comparisons);
		expect(compared[1]?.explanation).toMatch(sentence);
	});
});

describe('what is written', () => {
	const changed = { sourceId: 'P1', email: 'ada@example.com', displayName: 'Ada Byron' };

	it('is who is new, who is changed only where that is wanted, and the missing links', () => {
		const compared = compare({ members: [ADA, BEN], rows: [changed] });
		const ben = { sourceId: 'u-ben' };
		const links = [
			{ sourceId: 'P1', email: 'ada@example.com', userId: 'u-ada' },
			{ sourceId: 'u-ben', email: 'ben@other.example', userId: 'u-ben' },
		];

		expect(toWrite(compared, false)).toMatchObject({ people: [ben], links });
		expect(toWrite(compared, true)).toMatchObject({
			people: [{ sourceId: 'P1', displayName: 'Ada Lovelace' }, ben],
			links,
		});
		expect(importCounts(compared)).toEqual({
			members: 2,
			new: 1,
			imported: 0,
			changed: 1,
			ambiguous: 0,
			leftOut: 0,
		});
	});

	it('does not depend on the order in which Notion lists its members', () => {
		const world = { rows: [changed] };

		expect(compare({ ...world, members: [ADA, BEN] })).toEqual(compare({ ...world, members: [BEN, ADA] }));
	});
});

const cell = fc
	.string({ unit: fc.constantFrom(...'aZß王;|,"\\\'=+-@ \n1'), minLength: 1 })
	.map((text) => text.trim());
const address = fc.stringMatching(/^[=+'-]?[a-z]{3,8}@example\.com$/);
const anyMember = fc.record(
	{
		email: address,
		displayName: cell,
		title: cell,
		department: cell,
		phoneNumber: fc.constantFrom('+49 221 555', '0221', "'+1"),
		groups: fc.uniqueArray(
			cell.filter((name) => name !== ''),
			{ maxLength: 3 },
		),
	},
	{ requiredKeys: ['email', 'groups'] },
);
const anyMembers = fc.uniqueArray(anyMember, { selector: ({ email }) => email, minLength: 1, maxLength: 8 });

describe('the directory that was made of members', () => {
	const answerSchema = z.array(z.object({ json: z.record(z.unknown()) }));
	const peopleOf = (items: unknown) => answerSchema.parse(items).map(({ json }) => json);
	const settings = { ...SETTINGS, closingRow: 'END' };

	it('is read back by the source as the same people, from the file and from the Data Table', () => {
		fc.assert(
			fc.property(anyMembers, fc.constantFrom(',', ';', '\t'), (found, delimiter) => {
				const members = found.map(({ groups: _groups, ...fields }, index) => ({
					id: `u-${index}`,
					role: 'member',
					...fields,
				}));
				const groups = found.flatMap(({ groups: names }, index) =>
					names.map((displayName) => ({ displayName, memberIds: [`u-${index}`] })),
				);
				const expected = found.map(({ groups: names, ...fields }, index) => ({
					source: 'list',
					sourceId: `u-${index}`,
					active: true,
					status: 'active',
					statusWord: 'active',
					inScope: true,
					groups: [...names].sort(),
					...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
				}));
				const compared = compare({ members, groups });
				const written = z
					.object({ people: z.array(z.record(z.string())) })
					.parse(toWrite(compared, false)).people;

				const csv = listCsv([], written, { delimiter, closingRow: 'END' });
				const file = peopleOf(run('listAnswer', run('csvList', csv, settings), 1, settings));
				const rows = written.map((row, index) => ({
					id: index,
					...storedListRow(row),
				}));
				const table = peopleOf(run('listAnswer', run('tableList', rows, ''), 1, settings));

				const byId = (one: Fields, other: Fields) =>
					String(one['sourceId']).localeCompare(String(other['sourceId']));
				expect(file.slice(0, -1).sort(byId)).toEqual(expected);
				expect(table.slice(0, -1).sort(byId)).toEqual(expected);
				expect(file.at(-1)).toMatchObject({ complete: true, groupsComplete: true });

				// What was written is there: a second run has nothing to do.
				const links = members.map(({ id }) => ({ employeeId: id, userId: id }));
				const again = compare({ members, groups, rows, links, settings: { updateChanged: true } });
				expect(again.map(({ comparison }) => comparison)).toEqual(members.map(() => 'imported'));
			}),
		);
	});

	it('keeps the rows that Notion knows nothing of, and the changes that are wanted', () => {
		const rows = [
			{ sourceId: 'P1', email: 'ada@example.com', displayName: 'Ada Byron', groups: 'Engineering;Sales' },
			{ sourceId: 'P9', email: 'new@example.com', status: 'Pending', startAt: '2099-01-01' },
		];
		const csvOf = (updateChanged: boolean) => {
			const { people } = toWrite(compare({ members: [ADA, BEN], rows }), updateChanged);
			const csv = listCsv(rows.map(listedRow), people, { delimiter: ',', closingRow: '' });
			return peopleOf(run('listAnswer', run('csvList', csv, SETTINGS), 1, SETTINGS)).slice(0, -1);
		};

		expect(csvOf(false)).toMatchObject([
			{ sourceId: 'P1', displayName: 'Ada Byron' },
			{ sourceId: 'P9', status: 'notStarted' },
			{ sourceId: 'u-ben' },
		]);
		expect(csvOf(true)[0]).toMatchObject({ sourceId: 'P1', displayName: 'Ada Lovelace' });
	});
});

describe('the code of a preview', () => {
	it('is another one as soon as anything else would be written', () => {
		const code = (world: World) => previewCode(toWrite(compare(world), false));

		expect(code({})).toMatch(/^[0-9a-f]{10}$/);
		expect(code({})).toBe(code({}));
		expect(code({ members: [ADA, BEN] })).not.toBe(code({}));
		expect(code({ members: [{ ...ADA, title: 'Countess' }] })).not.toBe(code({}));
	});
});

it('names every column once', () => {
	expect(new Set(LIST_COLUMNS).size).toBe(LIST_COLUMNS.length);
});

describe('conditions', () => {
	it.each([
		[() => emailsToImport('ada@@example.com'), /"ada@@example.com" in Emails is no address/],
		[() => emailsToImport('ada@example.com, Ben'), /"Ben" in Emails is no address/],
		[() => domainsToImport('example.com com'), /"com" in Domains is no domain/],
	])('with an entry that cannot be read are refused', (read, sentence) => {
		expect(read).toThrow(sentence);
	});
});
