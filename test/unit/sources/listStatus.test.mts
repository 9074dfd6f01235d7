import fc from 'fast-check';

import { readCsv } from './readList.mts';
import { VENDOR_TABLES } from './sourceCode.mts';

/** The status of each person, in the order of the list. */
const statuses = (csv: string, settings = {}) => readCsv(csv, settings).people.map(({ status }) => status);
const statusOf = (column: string, cell: string, settings = {}) =>
	statuses(`id,email,${column}\n1,ines@example.com,${cell}`, settings)[0];

describe('columns with a yes or a no', () => {
	it("are read in Google's own export", () => {
		const { people, manifest } = readCsv(
			[
				'primaryEmail,archived,id,suspended',
				'liam@example.com,False,1002,True',
				'ines@example.com,True,1003,False',
				'mia@example.com,False,1004,False',
				'noah@example.com,True,1005,True',
			].join('\n'),
		);

		expect(people.map(({ email, status, active }) => [email, status, active])).toEqual([
			['liam@example.com', 'suspended', true],
			['ines@example.com', 'inactive', false],
			['mia@example.com', 'active', true],
			['noah@example.com', 'inactive', false],
		]);
		expect(manifest).toMatchObject({ complete: true, count: 4 });
	});

	it.each([
		['Disabled', 'inactive'],
		['AccountDisabled', 'inactive'],
		['Account disabled?', 'inactive'],
		['is_disabled', 'inactive'],
		['Deactivated', 'inactive'],
		['Terminated', 'inactive'],
		['Is Inactive', 'inactive'],
		['Deleted', 'inactive'],
		['Leaver', 'inactive'],
		['Block credential', 'inactive'],
		['Blocked', 'suspended'],
		['is_suspended', 'suspended'],
		['Gesperrt', 'suspended'],
		['Deaktiviert', 'inactive'],
		['Désactivé', 'inactive'],
		['Desactivado', 'inactive'],
	])('remove with a yes in "%s", and leave with a no', (column, status) => {
		expect(statusOf(column, 'True')).toBe(status);
		expect(statusOf(column, 'FALSE')).toBe('active');
	});

	it.each(['Active', 'Active Status', 'Is active', 'Enabled', 'accountEnabled', 'Aktiv', 'Actif'])(
		'remove with a no in "%s"',
		(column) => {
			expect([statusOf(column, 'Yes'), statusOf(column, 'No')]).toEqual(['active', 'inactive']);
		},
	);

	it.each([
		['WAHR', 'FALSCH'],
		['Ja', 'nein'],
		['VRAI', 'FAUX'],
		['oui', 'NON'],
		['Verdadero', 'Falso'],
		['sí', 'no'],
		['Y', 'N'],
		['t', 'f'],
		['1', '0'],
		['✓', '✗'],
		['on', 'off'],
	])('understand %s and %s', (yes, no) => {
		expect([statusOf('disabled', yes), statusOf('disabled', no)]).toEqual(['inactive', 'active']);
		expect([statusOf('enabled', yes), statusOf('enabled', no)]).toEqual(['active', 'inactive']);
	});

	it('may hold words for a status instead', () => {
		expect(statusOf('Active Status', 'Terminated')).toBe('inactive');
		expect(statusOf('Account disabled', 'Enabled')).toBe('active');
		expect(statusOf('Active Status', 'On leave')).toBe('onLeave');
	});

	it('leave it to a person where a cell cannot be read, or says nothing', () => {
		expect([statusOf('disabled', 'perhaps'), statusOf('disabled', '')]).toEqual(['unknown', 'unknown']);
		expect(statusOf('disabled', '', { ownWords: { '': 'active' } })).toBe('active');
	});

	it("obey the company's own words", () => {
		expect(statusOf('suspended', 'TRUE', { ownWords: { suspended: 'inactive' } })).toBe('inactive');
		expect(statusOf('accountEnabled', 'FALSE', { ownWords: { disabled: 'suspended' } })).toBe('suspended');
	});

	it('know from Google why a new account is suspended', () => {
		const csv = 'id,suspended,suspensionReason\n1,True,WEB_LOGIN_REQUIRED\n2,True,ADMIN\n3,False,';

		expect(statuses(csv)).toEqual(['notStarted', 'suspended', 'active']);
	});

	it.each([
		['archived,suspended', 'True,True', 'inactive'],
		['suspended,disabled', 'True,False', 'suspended'],
		['disabled,terminated', 'False,True', 'inactive'],
		['suspended,blocked', 'False,False', 'active'],
		['enabled,suspended', 'True,True', 'suspended'],
		['enabled,archived', 'True,True', 'unknown'],
		['Suspended (Google),Suspended (Okta)', 'False,True', 'suspended'],
		['status,suspended', 'Terminated,False', 'inactive'],
		['status,suspended', 'Active,True', 'suspended'],
		['status,disabled', 'Active,True', 'unknown'],
		['status,disabled', 'Terminated,False', 'unknown'],
		['status,disabled', 'Staged,True', 'notStarted'],
		['status,enabled', 'Full-time,True', 'active'],
		['status,enabled', 'Full-time,False', 'inactive'],
		['status,enabled', 'Full-time,', 'unknown'],
		['Status,Employment status', 'Active,Furloughed', 'onLeave'],
		['Status,Employment status', 'Inactive,Terminated', 'inactive'],
		['Status,Employment status', 'Active,Terminated', 'unknown'],
		['Status,Employment status', 'Inactive,Active', 'unknown'],
		['Status,Employment status', 'Active,Full-time', 'active'],
		['Status,Employment status', 'Full-time,Terminated', 'inactive'],
	])('together, as in %s with %s, mean %s', (columns, cells, status) => {
		expect(statuses(`id,${columns}\n1,${cells}`)).toEqual([status]);
	});

	it('never let anyone stay active of whom one says yes to leaving, whatever the others say', () => {
		const negative = ['suspended', 'archived', 'disabled', 'deactivated', 'blocked', 'terminated', 'left'];
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.constantFrom(...negative), { minLength: 1 }),
				fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
				(columns, cells) => {
					const row = columns.map((_column, index) => String(cells[index]));
					const isActive = row.every((cell) => cell === 'false');
					expect(statuses(`id,${columns.join(',')}\n1,${row.join(',')}`)[0] === 'active').toBe(isActive);
				},
			),
		);
	});
});

test('the column that Settings name is the only one with words for a status', () => {
	const csv = 'id,Status,Employment status\n1,Terminated,Active\n2,Active,Terminated';
	const { people, manifest } = readCsv(csv, { columns: { 'Employment status': 'status' } });

	expect(people.map(({ status }) => status)).toEqual(['active', 'inactive']);
	expect(manifest).toMatchObject({ complete: true });
});

test('words that are not known in a second column with a status are named', () => {
	const { manifest } = readCsv('id,Status,Employment status\n1,Active,Full-time\n2,Active,Terminated\n3,Active,');

	expect(manifest).toMatchObject({ complete: true });
	expect(manifest['explanation']).toContain('Words in the column "Employment status" do not count: Full-time.');
});

describe('a column that looks like a status and is not read', () => {
	it.each(['Kündigungsstatus', 'Contract status', 'Disabled in AD', 'deactivated_at'])(
		'makes the list not whole, with its name: %s',
		(column) => {
			const { people, manifest } = readCsv(`id,email,${column}\n1,ines@example.com,something`);

			expect(people).toHaveLength(1);
			expect(manifest).toMatchObject({ complete: false, explanation: expect.stringContaining(`"${column}"`) });
		},
	);

	it.each(['Marital status', 'MFA status', 'totp_enabled', 'invitationState', 'Licence status', 'New Status [UPLOAD ONLY]', 'isMailboxSetup', 'Suspension reason code', 'account_locked', 'Statutory pay'])(
		'is not %s',
		(column) => {
			expect(readCsv(`id,email,${column}\n1,ines@example.com,something`).manifest).toMatchObject({ complete: true });
		},
	);

	it('says nothing where it is empty, or where Settings say that it is not to be read', () => {
		const csv = (cell: string) => `id,email,Contract status\n1,ines@example.com,${cell}`;

		expect(readCsv(csv(' ')).manifest).toMatchObject({ complete: true });
		expect(readCsv(csv('signed'), { columns: { 'Contract status': 'ignored' } }).manifest).toMatchObject({
			complete: true,
		});
		expect(statuses(csv('Terminated'), { columns: { 'Contract status': 'status' } })).toEqual(['inactive']);
	});
});

describe('a column "state"', () => {
	it("is a part of a country in Entra's own export, where the flag decides", () => {
		const { people, manifest } = readCsv(
			[
				'userPrincipalName,objectId,accountEnabled,state,country',
				'ines@example.com,1,True,Bavaria,Germany',
				'liam@example.com,2,False,BY,Germany',
				'mia@example.com,3,True,,France',
			].join('\n'),
		);

		expect(people.map(({ status }) => status)).toEqual(['active', 'inactive', 'active']);
		expect(manifest).toMatchObject({ complete: true });
	});

	it.each([
		['State', 'Texas', 'active'],
		['STATE', 'Île-de-France', 'active'],
		['Estado', 'Jalisco', 'active'],
		['state', 'SUSPENDED', 'suspended'],
		['State', 'STAGED', 'notStarted'],
		['Estado', 'Inactivo', 'inactive'],
	])('named %s with %s', (column, cell, status) => {
		expect(statusOf(column, cell)).toBe(status);
	});

	it('is a status for everyone as soon as one word is known', () => {
		expect(statuses('id,state\n1,ACTIVATED\n2,PARKED')).toEqual(['active', 'unknown']);
		expect(statuses('id,state\n1,Aktywny', { ownWords: { Aktywny: 'active' } })).toEqual(['active']);
	});
});

/** Every word of every source, with what it means there. */
const VENDOR_WORDS = Object.entries(VENDOR_TABLES).flatMap(([table, words]) =>
	Object.entries(words).map(([word, meaning]) => ({ table, word, meaning })),
);

describe('the words of our own sources', () => {
	it.each([
		['ACTIVATED', 'active'],
		['PASSWORD PENDING', 'active'],
		['Archived', 'inactive'],
		['offboarding', 'active'],
		['no_active_contracts', 'inactive'],
		['Unlicensed', 'suspended'],
		['Temporary leave', 'onLeave'],
		['Ready to start', 'notStarted'],
		['suspended (web login required)', 'notStarted'],
		['Security questions required', 'active'],
	])('are known in a list: %s', (word, status) => {
		expect(statusOf('Status', word)).toBe(status);
	});

	it('are all known, and mean the same in a list', () => {
		expect(VENDOR_WORDS.length).toBeGreaterThan(60);
		const csv = `id,status\n${VENDOR_WORDS.map(({ word }, index) => `${index},${word}`).join('\n')}`;
		expect(statuses(csv)).toEqual(VENDOR_WORDS.map(({ meaning }) => meaning));
	});

	it('mean the same at every vendor, or the list could not tell which one is meant', () => {
		const meanings = new Map<string, Set<string>>();
		for (const { word, meaning } of VENDOR_WORDS) meanings.set(word, (meanings.get(word) ?? new Set()).add(meaning));

		expect([...meanings].filter(([, several]) => several.size > 1)).toEqual([]);
	});
});

describe('dates in a list', () => {
	it.each(['2019-03-15', '2019-03-15 00:00:00', '20190315', '2019-03-15T00:00:00Z', '2019-03-15T00:00:00.000+02:00'])(
		'written %j are read',
		(date) => {
			const { people, manifest } = readCsv(`id,hire date,last day,status\n1,${date},${date},left\n2,,,active`, {
				timeZone: 'Pacific/Auckland',
			});

			expect(people[0]).toMatchObject({
				startAt: '2019-03-14T11:00:00.000Z',
				endDate: '2019-03-15',
				status: 'inactive',
			});
			expect(manifest['explanation']).toBe('The list has no column with groups.');
		},
	);

	it.each(['0000-00-00', '0000-00-00 00:00:00', '00.00.0000', '0001-01-01T00:00:00'])(
		'written %j are none',
		(date) => {
			const { people } = readCsv(`id,hire date,last day\n1,${date},${date}`);

			expect(people).toMatchObject([{ status: 'active' }]);
			expect(Object.keys(people[0] ?? {})).toEqual(expect.not.arrayContaining(['startAt', 'endDate']));
		},
	);

	it.each(['31.03.2026', '03/31/2026', '2026-02-30', 'unlimited', '46112'])(
		'written %j are named by line and column, and are not taken for none',
		(date) => {
			const { people, manifest } = readCsv(`id,status,Last day\n1,active,2099-01-31\n2,active,${date}`);

			expect(people).toMatchObject([
				{ status: 'active' },
				{ status: 'unknown', explanation: expect.stringContaining(`endDate is "${date}"`) },
			]);
			expect(manifest['explanation']).toContain('The column "Last day" has no date such as 2026-01-31 in line 3.');
		},
	);
});
