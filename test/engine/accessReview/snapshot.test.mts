import type { IDataObject } from 'n8n-workflow';

import { addPeople, idOf } from '../group/groupTest.mts';
import { failureOf, jsons, setUpNotion } from '../support/notionTest.mts';

const person = (name: string, fields: IDataObject = {}): IDataObject => ({
	source: 'hr',
	sourceId: `id-${name}`,
	active: true,
	status: 'active',
	statusWord: 'Employed',
	email: `${name}@example.com`,
	...fields,
});

const manifest = (count: number, fields: IDataObject = {}): IDataObject => ({
	manifest: true,
	source: 'hr',
	readAt: '2026-11-20T06:00:00.000Z',
	pages: 1,
	count,
	complete: true,
	groupsComplete: true,
	attributesRead: ['email', 'managerEmail'],
	...fields,
});

const meanings = [
	{ group: 'Finance', teamspace: 'Finance', sensitivity: 'confidential', owner: 'maria@example.com' },
	{ group: 'All Staff', teamspace: 'General' },
	{ group: 'Board', sensitivity: 'secret' },
];

const directory = [
	person('ada', { managerEmail: 'kenji@example.com', department: 'R&D', title: 'Lead' }),
	person('kenji', { status: 'suspended', statusWord: 'Locked', explanation: 'Ask HR.' }),
	person('maria', { active: false, status: 'inactive', statusWord: 'Left', managerEmail: 'x@example.com' }),
	manifest(3),
];

describe('accessReview.snapshot', () => {
	const notion = setUpNotion();
	const of = (rows: IDataObject[], email: string, group?: string) =>
		rows.filter((row) => row['email'] === email && (group === undefined || row['group'] === group));

	test('gives one row for each person and group, and the population last', async () => {
		const run = await notion.run('accessReview.snapshot', {
			items: directory,
			parameters: { groupMeanings: JSON.stringify(meanings) },
			credential: { protectedEmails: 'kenji@example.com', tokenCreatorEmail: 'owner@example.com' },
		});

		const all = jsons(run);
		const [population, ...reversed] = all.reverse();
		const rows = reversed.reverse();
		const { workspace } = notion.sandbox;
		expect(rows.map(({ email, group }) => [email, group])).toEqual([
			['ada@example.com', 'All Staff'],
			['ada@example.com', 'Engineering'],
			['admin@example.com', 'All Staff'],
			['kenji@example.com', 'All Staff'],
			['kenji@example.com', 'Sales'],
			['maria@example.com', 'All Staff'],
			['maria@example.com', 'Finance'],
			['owner@example.com', 'All Staff'],
			['robin@contractor.example', null],
			['second.owner@example.com', 'All Staff'],
		]);
		expect(of(rows, 'ada@example.com', 'Engineering')).toEqual([
			{
				snapshotId: population?.['snapshotId'],
				userId: idOf(notion.sandbox, 'ada@example.com'),
				email: 'ada@example.com',
				otherEmails: [],
				displayName: 'Ada Lovelace',
				role: 'member',
				privileged: false,
				privilegedBecause: null,
				groupId: workspace.groupByName('Engineering')?.id,
				group: 'Engineering',
				meaningKnown: false,
				teamspace: null,
				sensitivity: null,
				groupOwner: null,
				title: 'Lead',
				department: 'R&D',
				managerEmail: 'kenji@example.com',
				managerFrom: 'directory',
				directoryStatus: 'active',
				directoryNote: 'The directory says "Employed".',
				source: 'hr',
				sourceId: 'id-ada',
				rowDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
			},
		]);
		expect(of(rows, 'maria@example.com', 'Finance')).toMatchObject([
			{
				meaningKnown: true,
				teamspace: 'Finance',
				sensitivity: 'confidential',
				groupOwner: 'maria@example.com',
				directoryStatus: 'inactive',
			},
		]);
		expect(of(rows, 'kenji@example.com', 'Sales')).toMatchObject([
			{
				privileged: true,
				privilegedBecause: 'is on the list of protected people of the credential',
				otherEmails: ['kenji.watanabe@home.example'],
				directoryStatus: 'suspended',
				directoryNote: 'The directory says "Locked". Ask HR.',
			},
		]);
		expect(of(rows, 'robin@contractor.example')).toMatchObject([
			{ role: 'restricted_member', groupId: null, group: null, directoryStatus: 'notListed', managerEmail: null },
		]);
		expect(of(rows, 'owner@example.com')).toMatchObject([{ role: 'owner', privileged: true }]);
		expect(population).toMatchObject({
			population: true,
			workspace: expect.stringMatching(/^[0-9a-f]{16}$/),
			reading: {
				startedAt: expect.stringMatching(/^\d{4}-/),
				readAt: expect.stringMatching(/^\d{4}-/),
				users: { count: 7, firstTotal: 7, lastTotal: 7, pages: 1, passes: 1 },
				groups: { count: 4, firstTotal: 4, lastTotal: 4, pages: 1, passes: 1 },
			},
			members: 7,
			privileged: 4,
			groups: 4,
			memberships: 9,
			withoutGroups: 1,
			rows: 10,
			groupsWithoutMeaning: ['Engineering', 'Sales'],
			meaningsWithoutGroup: ['Board'],
			unknownMembers: [],
			sources: [{ source: 'hr', count: 3, complete: true }],
			versions: { package: expect.stringMatching(/^\d+\.\d+\.\d+$/), node: 1 },
			notVisible: expect.arrayContaining([expect.stringContaining('Guests')]),
		});
		expect(JSON.stringify(all)).not.toContain(notion.token);
		expect(notion.writes()).toEqual([]);
	});

	test('needs no directory, and takes the manager from Notion then', async () => {
		const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
		notion.sandbox.workspace.addUser({
			email: 'bo@example.com',
			attributes: { [enterprise]: { manager: { value: 'ada@example.com' } } },
		});

		const rows = jsons(await notion.run('accessReview.snapshot', { items: [{}] }));

		expect(of(rows, 'bo@example.com')).toMatchObject([
			{ managerEmail: 'ada@example.com', managerFrom: 'notion', directoryStatus: 'notAsked' },
		]);
		expect(rows.at(-1)).toMatchObject({ population: true, sources: [] });
	});

	test('finds the entry of a member by a link, and a secondary address is no entry', async () => {
		const items = [
			person('lovelace', { managerEmail: 'maria@example.com' }),
			{ ...person('watanabe'), email: 'kenji.watanabe@home.example' },
			manifest(2),
		];
		const userId = idOf(notion.sandbox, 'ada@example.com');
		const links = JSON.stringify([{ source: 'hr', employeeId: 'id-lovelace', userId, email: '' }]);

		const rows = jsons(
			await notion.run('accessReview.snapshot', { items, parameters: { options: { links } } }),
		);

		expect(of(rows, 'ada@example.com', 'Engineering')).toMatchObject([
			{ managerEmail: 'maria@example.com', directoryStatus: 'active', otherEmails: ['lovelace@example.com'] },
		]);
		expect(of(rows, 'kenji@example.com', 'Sales')).toMatchObject([{ directoryStatus: 'unclear' }]);
	});

	test('gives the same digest for the same access in any order, and another for other access', async () => {
		addPeople(notion.sandbox, 250);
		const digest = async (items: IDataObject[]) =>
			jsons(await notion.run('accessReview.snapshot', { items })).at(-1)?.['rowsDigest'];
		const first = await digest(directory);
		notion.sandbox.setSwitches({ listOrder: 'shuffledPerRequest' });

		expect(await digest([...directory].reverse())).toBe(first);

		notion.sandbox.workspace.removeFromGroup('Finance', 'maria@example.com');
		expect(await digest(directory)).not.toBe(first);
	});

	test.each([
		['a manifest says so', [person('ada'), manifest(1, { complete: false, explanation: 'Page 2 failed.' })], /Page 2 failed/],
		['fewer came than announced', [person('ada'), manifest(2)], /2 persons were announced, but 1 arrived/],
		['there is no manifest', [person('ada')], /there is no manifest/],
		['an item cannot be read', [person('ada'), { ...person('bo'), active: 'maybe' }, manifest(2)], /Item 1 is no person/],
	])('refuses a directory that is not complete: %s', async (_case, items, message) => {
		const failure = failureOf(await notion.run('accessReview.snapshot', { items }));

		expect(failure.message).toMatch(message);
		expect(failure.context).toMatchObject({ kind: 'listIncomplete' });
	});

	test.each(['Users', 'Groups'])('refuses a list of %s with gaps', async (list) => {
		notion.sandbox.faults.add({
			path: `/${list}\\?`,
			fault: {
				status: 200,
				body: { totalResults: 5, startIndex: 1, itemsPerPage: 0, Resources: [] },
			},
		});

		const failure = failureOf(await notion.run('accessReview.snapshot'));

		expect(failure.context).toMatchObject({ kind: 'listIncomplete' });
	});

	test.each(['nonsense', '{}', '[{"teamspace":"x"}]', '[{"group":"A"},{"group":"A "}]'])(
		'says that %s is not a list of meanings',
		async (groupMeanings) => {
			const failure = failureOf(
				await notion.run('accessReview.snapshot', { parameters: { groupMeanings } }),
			);

			expect(failure.message).toMatch(/^Group Meanings/);
			expect(notion.sandbox.requests.count()).toBe(0);
		},
	);

	test('works with a credential that may only read', async () => {
		const run = await notion.run('accessReview.snapshot', { credential: { access: 'readOnly' } });

		expect(jsons(run)).toHaveLength(11);
	});

	test.each(['robin@@contractor.example', 'Robin Adeyemi', 'robin.contractor.example'])(
		'calls no one unlisted while an address cannot be read, and names the entry: %s',
		async (email) => {
			const run = await notion.run('accessReview.snapshot', {
				items: [
					person('ada', { managerEmail: 'the boss' }),
					person('robin', { email }),
					manifest(2),
				],
			});
			const rows = jsons(run);

			expect(of(rows, 'robin@contractor.example')).toMatchObject([{ directoryStatus: 'unclear' }]);
			expect(of(rows, 'ada@example.com')[0]).toMatchObject({ managerEmail: null, directoryStatus: 'active' });
			const notVisible = String(rows.at(-1)?.['notVisible']);
			expect(notVisible).toContain(`hr id-robin (email "${email}")`);
			expect(notVisible).toContain('hr id-ada (managerEmail "the boss")');
		},
	);

	test.each([
		['Maria <maria@example.com>', 'maria@example.com'],
		['mailto:maria@example.com', 'maria@example.com'],
	])('understands the owner of a group as %s', async (owner, email) => {
		const run = await notion.run('accessReview.snapshot', {
			parameters: { groupMeanings: JSON.stringify([{ group: 'Finance', owner }]) },
		});

		expect(of(jsons(run), 'maria@example.com', 'Finance')).toMatchObject([{ groupOwner: email }]);
	});

	test.each(['Maria', 'maria@@example.com', 'maria@example.com, ada@example.com'])(
		'refuses an owner of a group who could not be asked: %s',
		async (owner) => {
			const run = await notion.run('accessReview.snapshot', {
				parameters: { groupMeanings: JSON.stringify([{ group: 'Finance', owner }]) },
			});

			expect(failureOf(run).message).toBe(
				`Group Meanings has "${owner}" as the owner of the group "Finance", which is not an email address.`,
			);
		},
	);
});
