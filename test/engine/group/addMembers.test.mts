import process from 'node:process';

import type { IDataObject } from 'n8n-workflow';

import type { NotionRunOptions, NotionTest } from '../support/notionTest.mts';
import { byId, failureOf, itemFailures, jsons, onlyItem, pairs } from '../support/notionTest.mts';
import { addPeople, byName, emailsOf, idOf, itemsOf, membersOf, setUpGroups } from './groupTest.mts';

const newGroup = ({ sandbox }: NotionTest, displayName = 'Team') =>
	sandbox.workspace.addGroup({ displayName });

/** The ids of members in the body of a request. */
const idsIn = (body: unknown): string[] =>
	JSON.stringify(body).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];

describe('group: add members', () => {
	const notion = setUpGroups();

	test('takes emails and ids, with commas or as an array, and says who was added', async () => {
		const team = newGroup(notion);
		const [one, two, three, four, five] = addPeople(notion.sandbox, 5);
		const run = await notion.run('group.addMembers', {
			parameters: { group: byName('Team'), members: '={{ $json.members }}' },
			items: [
				{ members: `${one?.email}, ${two?.id}` },
				{ members: [three?.email.toUpperCase(), four?.id] },
				{ members: five?.email },
			],
		});

		const group = { id: team.id, displayName: 'Team' };
		expect(jsons(run)).toEqual([
			{ group, outcome: 'updated', added: [one, { id: two?.id }], alreadyMembers: [] },
			{
				group,
				outcome: 'updated',
				added: [{ id: three?.id, email: three?.email.toUpperCase() }, { id: four?.id }],
				alreadyMembers: [],
			},
			{ group, outcome: 'updated', added: [five], alreadyMembers: [] },
		]);
		expect(pairs(run)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(membersOf(notion.sandbox, team.id)).toEqual(
			[1, 2, 3, 4, 5].map((number) => `person${number}@example.com`),
		);
		expect(notion.writes()).toHaveLength(1);
	});

	test('leaves who is in the group already, and writes nothing where that is everyone', async () => {
		const [one, two] = addPeople(notion.sandbox, 2);
		const team = notion.sandbox.workspace.addGroup({
			displayName: 'Team',
			members: [one?.id ?? ''],
		});
		const add = async () =>
			onlyItem(
				await notion.run('group.addMembers', {
					parameters: { group: byId(team.id), members: `${one?.email}, ${two?.email}` },
				}),
			);

		expect(await add()).toMatchObject({ outcome: 'updated', added: [two], alreadyMembers: [one] });
		expect(await add()).toMatchObject({ outcome: 'unchanged', added: [], alreadyMembers: [one, two] });
		expect(notion.writes()).toHaveLength(1);
	});

	test.each([
		['in upper case', (id: string) => id.toUpperCase()],
		['without hyphens', (id: string) => id.replaceAll('-', '')],
	])('knows who is in the group already by an id written %s', async (_name, write) => {
		const [one] = addPeople(notion.sandbox, 1);
		const team = notion.sandbox.workspace.addGroup({
			displayName: 'Team',
			members: [one?.id ?? ''],
		});

		const run = await notion.run('group.addMembers', {
			parameters: { group: byId(team.id), members: write(one?.id ?? '') },
		});

		expect(onlyItem(run)).toMatchObject({
			outcome: 'unchanged', added: [], alreadyMembers: [{ id: one?.id }],
		});
		expect(notion.writes()).toEqual([]);
	});

	test('does items of several groups group by group, and answers in the order of the items', async () => {
		const groups = ['Red', 'Green', 'Blue'].map((name) => newGroup(notion, name));
		const people = addPeople(notion.sandbox, 9);
		const items = people.map(({ id }, index) => ({
			member: id,
			group: groups[index % 3]?.displayName ?? '',
		}));

		const run = await notion.run('group.addMembers', {
			parameters: {
				group: byName('={{ $json.group }}'),
				members: '={{ $json.member }}',
			},
			items,
		});

		expect(jsons(run).map(({ group, added }) => ({ group, added }))).toEqual(
			items.map(({ member, group }, index) => ({
				group: { id: groups[index % 3]?.id, displayName: group },
				added: [{ id: member }],
			})),
		);
		expect(pairs(run)).toEqual(items.map((_item, item) => ({ item })));
		expect(notion.writes()).toHaveLength(3);
		expect(groups.map(({ memberIds }) => memberIds.size)).toEqual([3, 3, 3]);
	});

	test('needs no right to take anything away, but the right to write', async () => {
		newGroup(notion);
		const add = async (access: string) =>
			await notion.run('group.addMembers', {
				parameters: { group: byName('Team'), members: 'ada@example.com' },
				credential: { access },
			});

		expect(failureOf(await add('readOnly')).message).toBe(
			'This credential may only read. Nothing was written.',
		);
		expect(notion.writes()).toEqual([]);
		expect(onlyItem(await add('noRemovals'))['outcome']).toBe('updated');
	});

	test('says where no one is named, and where no group is', async () => {
		newGroup(notion);
		const run = await notion.run('group.addMembers', {
			parameters: { group: byName('={{ $json.group }}'), members: '={{ $json.members }}' },
			items: [{ group: 'Team' }, { members: 'ada@example.com' }],
			onError: 'continueRegularOutput',
		});

		expect(itemFailures(run).map(({ message }) => message)).toEqual([
			'Members is empty. Check the expression: the incoming item may not have the field that it names.',
			'Group is empty. Pick one, or check the expression: the incoming item may not have the field that it names.',
		]);
	});

	test('says where the group is deleted in between', async () => {
		const team = newGroup(notion);
		for (const nth of [2, 3, 4]) {
			notion.sandbox.faults.add({
				method: 'GET',
				path: `/Groups/${team.id}`,
				nth,
				fault: { status: 404 },
			});
		}

		const failure = failureOf(
			await notion.run('group.addMembers', {
				parameters: { group: byId(team.id), members: 'ada@example.com' },
			}),
		);

		expect(failure.message).toBe('The group was deleted while this was running.');
	});

	test('ends with the execution', async () => {
		newGroup(notion);
		notion.sandbox.faults.add({ method: 'PATCH', fault: { delayMs: 300 } });
		const stop = new AbortController();
		setImmediate(() => stop.abort());

		const run = await notion.run('group.addMembers', {
			parameters: { group: byName('Team'), members: 'ada@example.com' },
			onError: 'continueRegularOutput',
			cancelSignal: stop.signal,
		});

		expect(run.status).toBe('canceled');
	});
});

describe('group: add 500 members', () => {
	const notion = setUpGroups();

	test.each(['id', 'email'] as const)('by %s, each with its own result, with few requests', async (by) => {
		const team = newGroup(notion);
		const people = addPeople(notion.sandbox, 500);

		const run = await notion.run('group.addMembers', {
			parameters: { group: byName('Team'), members: '={{ $json.member }}' },
			items: itemsOf(people.map((person) => person[by])),
		});

		expect(jsons(run).map(({ added }) => added)).toEqual(
			people.map(({ id, email }) => [by === 'id' ? { id } : { id, email }]),
		);
		expect(pairs(run)).toEqual(people.map((_person, item) => ({ item })));
		expect(team.memberIds.size).toBe(500);
		const requests = notion.sandbox.requests.count();
		process.stdout.write(`500 members added by ${by}: ${requests} requests\n`);
		expect(requests).toBeLessThanOrEqual(by === 'id' ? 12 : 18);
	});
});

describe('group: add 120 members of whom one cannot be', () => {
	const notion = setUpGroups();

	/** Adds 120 people with another person in the middle. */
	const addWith = async (member: string, options: NotionRunOptions = {}) => {
		const team = newGroup(notion);
		const people = addPeople(notion.sandbox, 120);
		const items: IDataObject[] = itemsOf(people.map(({ id }) => id));
		items.splice(60, 0, { member });
		const run = await notion.run('group.addMembers', {
			parameters: { group: byName('Team'), members: '={{ $json.member }}' },
			items,
			...options,
		});
		return { run, people, team };
	};

	const culprits: Array<[string, () => string, string]> = [
		[
			'the id of a guest',
			() => idOf(notion.sandbox, 'guest@partner.example'),
			'Guests cannot be members of a group',
		],
		[
			'an unknown id',
			() => 'c0ffee00-0000-4000-8000-000000000000',
			'There is no member with the id c0ffee00',
		],
		[
			'an unknown email',
			() => 'nobody@example.com',
			'No one in the workspace has the email nobody@example.com.',
		],
		['the email of a guest', () => 'guest@partner.example', 'Guests are not members and cannot be found'],
		[
			'a secondary address',
			() => 'kenji.watanabe@home.example',
			'kenji.watanabe@home.example is a secondary address of kenji@example.com.',
		],
	];

	test.each(culprits)('finds %s, and adds all the others', async (_name, member, reason) => {
		const { run, people, team } = await addWith(member(), { onError: 'continueRegularOutput' });

		const failures = itemFailures(run);
		expect(failures).toHaveLength(1);
		expect(failures[0]?.itemIndex).toBe(60);
		expect(failures[0]?.message).toContain(`Not added to the group "Team": ${member()}: `);
		expect(failures[0]?.message).toContain(reason);
		expect(jsons(run)).toHaveLength(121);
		expect(pairs(run)).toEqual(Array.from({ length: 121 }, (_item, item) => ({ item })));
		expect(membersOf(notion.sandbox, team.id)).toEqual(emailsOf(people));
		// Splitting 100 down to one takes at most 7 steps of two requests each.
		expect(notion.writes().length).toBeLessThanOrEqual(16);
	});

	test('finds a guest where the server leaves guests out without a word', async () => {
		notion.sandbox.setSwitches({ guestInGroup: 'ignored' });
		const guest = idOf(notion.sandbox, 'guest@partner.example');

		const { run, people, team } = await addWith(guest, { onError: 'continueRegularOutput' });

		expect(itemFailures(run)).toMatchObject([
			{
				itemIndex: 60,
				message: expect.stringContaining('the person is not in the group'),
			},
		]);
		expect(membersOf(notion.sandbox, team.id)).toEqual(emailsOf(people));
	});

	test('stops with an error that says how many failed and that the others were done', async () => {
		const { run, people, team } = await addWith('nobody@example.com');

		expect(failureOf(run)).toMatchObject({
			itemIndex: 60,
			message: expect.stringContaining('nobody@example.com'),
			description: expect.stringMatching(/ 1 of 121 items failed; the others were done\.$/),
		});
		expect(membersOf(notion.sandbox, team.id)).toEqual(emailsOf(people));
	});

	test('sends the one out of the error output', async () => {
		const { run } = await addWith('nobody@example.com', { onError: 'continueErrorOutput' });

		expect(jsons(run)).toHaveLength(120);
		expect(jsons(run).every(({ outcome }) => outcome === 'updated')).toBe(true);
		expect(pairs(run, 1)).toEqual([{ item: 60 }]);
		expect(String(jsons(run, 1)[0]?.['error'])).toContain('Check the spelling.');
	});

	test('names everyone who failed within one item, and how many did not', async () => {
		newGroup(notion);
		const [one, two] = addPeople(notion.sandbox, 2);

		const failure = failureOf(
			await notion.run('group.addMembers', {
				parameters: {
					group: byName('Team'),
					members: [one?.id, 'x@example.com', two?.email, 'y@example.com'].join(', '),
				},
			}),
		);

		expect(failure.message).toContain('x@example.com: No one in the workspace');
		expect(failure.message).toContain('y@example.com: No one in the workspace');
		expect(failure.message).toContain('2 other people were added.');
	});

	test('names the first five who failed within one item, and counts the others', async () => {
		newGroup(notion);
		const unknown = Array.from({ length: 12 }, (_person, index) => `nobody${index + 1}@example.com`);

		const { message } = failureOf(
			await notion.run('group.addMembers', {
				parameters: { group: byName('Team'), members: unknown.join(', ') },
			}),
		);

		expect(message).toContain('nobody5@example.com: ');
		expect(message).not.toContain('nobody6@example.com');
		expect(message).toMatch(/ And 7 more\.$/);
	});

	test('does not say that others were done where all failed', async () => {
		newGroup(notion);

		const failure = failureOf(
			await notion.run('group.addMembers', {
				parameters: { group: byName('Team'), members: '={{ $json.member }}' },
				items: itemsOf(['x@example.com', 'y@example.com']),
			}),
		);

		expect(failure.description).toMatch(/ 2 of 2 items failed\.$/);
	});

	test('does not split when the token is dead', async () => {
		const team = newGroup(notion);
		notion.sandbox.faults.add({ method: 'PATCH', fault: { status: 401 } });
		const people = addPeople(notion.sandbox, 50);

		const run = await notion.run('group.addMembers', {
			parameters: { group: byId(team.id), members: people.map(({ id }) => id).join(' ') },
		});

		expect(failureOf(run).message).toBe('Notion rejected the SCIM token (status 401).');
		expect(notion.writes()).toHaveLength(1);
	});
});

describe('what was found out about a server', () => {
	const notion = setUpGroups();

	const add = async (group: string, members: string[]): Promise<number> => {
		const before = notion.writes().length;
		const run = await notion.run('group.addMembers', {
			parameters: { group: byName(group), members: '={{ $json.member }}' },
			items: itemsOf(members),
		});
		expect(run.error).toBeUndefined();
		return notion.writes().length - before;
	};

	test.each(['onlyFirstApplied', 'no'] as const)(
		'is used by the next run: multiMemberPatch %s',
		async (multiMemberPatch) => {
			notion.sandbox.setSwitches({ multiMemberPatch });
			newGroup(notion, 'First');
			newGroup(notion, 'Second');
			const ids = addPeople(notion.sandbox, 20).map(({ id }) => id);

			const first = await add('First', ids);
			const second = await add('Second', ids);

			expect(first).toBeLessThanOrEqual(40);
			expect(second).toBe(20);
			expect(notion.writes().slice(-20).every(({ body }) => idsIn(body).length === 1)).toBe(true);
		},
	);

	test('no one is sent twice because the first batch had to be split', async () => {
		notion.sandbox.setSwitches({ multiMemberPatch: 'no' });
		newGroup(notion, 'First');
		const ids = addPeople(notion.sandbox, 120).map(({ id }) => id);

		await add('First', ids);

		const alone = notion.writes().filter(({ body }) => idsIn(body).length === 1);
		expect(alone).toHaveLength(120);
	});

	test('one request that was lost does not make all later ones small', async () => {
		notion.sandbox.faults.add({ method: 'PATCH', times: 1, fault: { status: 204, body: '' } });
		newGroup(notion, 'First');
		newGroup(notion, 'Second');
		const ids = addPeople(notion.sandbox, 20).map(({ id }) => id);

		await add('First', ids);

		expect(await add('Second', ids)).toBe(1);
	});

	test('one failure of the server does not make all later requests small', async () => {
		notion.sandbox.faults.add({ method: 'PATCH', times: 1, fault: { status: 500 } });
		newGroup(notion, 'First');
		newGroup(notion, 'Second');
		const ids = addPeople(notion.sandbox, 20).map(({ id }) => id);

		await add('First', ids.slice(0, 2));

		expect(await add('Second', ids)).toBe(1);
	});
});
