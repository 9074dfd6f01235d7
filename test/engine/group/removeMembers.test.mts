import { createNode } from '../runner/engine.mts';
import {
	byId,
	failureOf,
	itemFailures,
	jsons,
	nodeOfOneExecution,
	onlyItem,
	pairs,
} from '../support/notionTest.mts';
import type { Person } from './groupTest.mts';
import { addPeople, byName, emailsOf, idOf, itemsOf, membersOf, setUpGroups } from './groupTest.mts';

describe('group: remove members', () => {
	const notion = setUpGroups();

	/** A group "Team" with so many new members. */
	const team = (count: number) => {
		const people = addPeople(notion.sandbox, count);
		const { id } = notion.sandbox.workspace.addGroup({
			displayName: 'Team',
			members: people.map((person) => person.id),
		});
		return { id, people };
	};
	const remove = async (members: string, options = {}, credential = {}) =>
		await notion.run('group.removeMembers', {
			parameters: { group: byName('Team'), members, options },
			credential,
		});

	test('says of a name that it is no ID, instead of passing over it', async () => {
		team(4);

		const failure = failureOf(await remove('Grace'));

		expect(failure.message).toContain('Members must hold email addresses and IDs only. Not usable: "Grace".');
		expect(notion.writes()).toEqual([]);
	});

	test.each([
		['in upper case', (id: string) => id.toUpperCase()],
		['without hyphens', (id: string) => id.replaceAll('-', '')],
	])('removes a person whose id is written %s', async (_name, write) => {
		const { id, people } = team(3);
		const [one] = people;

		const item = onlyItem(await remove(write(one?.id ?? '')));

		expect(item).toMatchObject({ outcome: 'updated', removed: [{ id: one?.id }], notMembers: [] });
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(1)));
	});

	test('finds the group whose id is written without hyphens', async () => {
		const { id, people } = team(3);

		const run = await notion.run('group.removeMembers', {
			parameters: {
				group: byId(id.replaceAll('-', '').toUpperCase()),
				members: people[0]?.email ?? '',
			},
		});

		expect(onlyItem(run)).toMatchObject({ group: { id }, outcome: 'updated' });
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(1)));
	});

	test('removes people by email and id, and they stay in the workspace', async () => {
		const { id, people } = team(4);
		const [one, two] = people;

		const item = onlyItem(await remove(`${one?.email}; ${two?.id}; ada@example.com`));

		expect(item).toEqual({
			group: { id, displayName: 'Team' },
			outcome: 'updated',
			removed: [one, { id: two?.id }],
			notMembers: [{ id: idOf(notion.sandbox, 'ada@example.com'), email: 'ada@example.com' }],
		});
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(2)));
		expect(notion.sandbox.workspace.isMember(one?.email ?? '')).toBe(true);
	});

	test('writes nothing the second time', async () => {
		const { people } = team(3);
		const members = emailsOf(people.slice(0, 2)).join(',');
		await remove(members);
		const writes = notion.writes().length;

		expect(onlyItem(await remove(members))).toMatchObject({ outcome: 'unchanged', removed: [] });
		expect(notion.writes()).toHaveLength(writes);
	});

	test('takes the ids of people who left for people who are not in the group', async () => {
		const { people } = team(3);
		const [left, ...others] = people;
		notion.sandbox.workspace.removeUser(left?.id ?? '');

		const item = onlyItem(await remove(`${left?.id} ${others[0]?.id}`));

		expect(item).toMatchObject({ removed: [{ id: others[0]?.id }], notMembers: [{ id: left?.id }] });
	});

	test('does not take a secondary address for its owner', async () => {
		notion.sandbox.workspace.addGroup({ displayName: 'Team', members: ['kenji@example.com'] });

		const failure = failureOf(await remove('kenji.watanabe@home.example'));

		expect(failure.message).toContain('Not removed from the group "Team"');
		expect(failure.message).toContain('is a secondary address of kenji@example.com');
		expect(notion.writes()).toEqual([]);
	});

	test('needs a credential with full access', async () => {
		team(1);

		const failure = failureOf(await remove('person1@example.com', {}, { access: 'noRemovals' }));

		expect(failure).toMatchObject({
			message: 'This credential may not remove people from groups. Nothing was done.',
			description: expect.stringContaining('Use a credential whose Access is Full.'),
		});
		expect(notion.sandbox.requests.count()).toBe(0);
	});

	test('leaves owners, admins and protected people in, unless that is allowed', async () => {
		const members = [
			'admin@example.com',
			'ada@example.com',
			'second.owner@example.com',
			'maria@example.com',
		];
		const { id } = notion.sandbox.workspace.addGroup({ displayName: 'Team', members });
		const run = async (options = {}) =>
			await notion.run('group.removeMembers', {
				parameters: { group: byName('Team'), members: '={{ $json.member }}', options },
				items: itemsOf([
					idOf(notion.sandbox, 'second.owner@example.com'),
					'admin@example.com',
					'ada@example.com',
					'maria@example.com',
				]),
				credential: { protectedEmails: 'ADA@example.com' },
				onError: 'continueErrorOutput',
			});

		const refused = await run();
		expect(itemFailures(refused, 1).map(({ message }) => message)).toEqual([
			expect.stringContaining('second.owner@example.com is an owner of the workspace.'),
			expect.stringContaining('admin@example.com is a membership admin of the workspace.'),
			expect.stringContaining('ada@example.com is on the list of protected people'),
		]);
		expect(pairs(refused)).toEqual([{ item: 3 }]);
		expect(membersOf(notion.sandbox, id)).toEqual(members.slice(0, 3).sort());

		const allowed = await run({ allowPrivileged: true, removalLimit: 10 });
		expect(itemFailures(allowed, 1)).toEqual([]);
		expect(membersOf(notion.sandbox, id)).toEqual([]);
	});

	test('removes no more than the default limit: two in a small workspace', async () => {
		const { id, people } = team(5);

		const failure = failureOf(await remove(emailsOf(people.slice(0, 3)).join(' ')));

		expect(failure.message).toContain('remove 3 access grants, but this execution has used 0 of the 2');
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);
		expect(onlyItem(await remove(emailsOf(people.slice(0, 2)).join(' ')))['outcome']).toBe('updated');
	});

	test.each([
		[2, 2],
		['', 5],
	])('counts what others have used (%j), and does nothing where that is not known', async (alreadyUsed, removalLimit) => {
		const { id, people } = team(3);

		const failure = failureOf(await remove(people[0]?.email ?? '', { alreadyUsed, removalLimit }));

		expect(failure.context).toMatchObject({ kind: 'limitReached' });
		expect(membersOf(notion.sandbox, id)).toHaveLength(3);
		expect(notion.writes()).toEqual([]);
	});

	test('removes as much as the option says, counting only people who are in the group', async () => {
		const { id, people } = team(8);
		const six = [...emailsOf(people.slice(0, 6)), 'ada@example.com'].join(' ');

		expect(failureOf(await remove(six, { removalLimit: 5 })).message).toContain('used 0 of the 5');
		expect(membersOf(notion.sandbox, id)).toHaveLength(8);
		expect(onlyItem(await remove(six, { removalLimit: 6 }))['outcome']).toBe('updated');
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(6)));
	});

	test.each([
		['the default where other items say nothing', 0, 'of the 2'],
		['the smallest', 20, 'of the 20'],
	])('keeps to the limit of the strictest item: %s', async (_name, usual, expected) => {
		const { id, people } = team(30);
		const items = people.map((person, index) => ({
			member: person.email,
			limit: index === 7 ? 100 : usual,
		}));

		const run = await notion.run('group.removeMembers', {
			parameters: {
				group: byName('Team'),
				members: '={{ $json.member }}',
				options: { removalLimit: '={{ $json.limit }}' },
			},
			items,
		});

		expect(failureOf(run).message).toContain(`remove 30 access grants, but this execution has used 0 ${expected}`);
		expect(membersOf(notion.sandbox, id)).toHaveLength(30);
	});

	test('does not give the limit back where a part may have been done', async () => {
		const { people } = team(4);
		const other = notion.sandbox.workspace.addGroup({
			displayName: 'Other',
			members: people.map((person) => person.id),
		});
		const [one, two, three] = emailsOf(people);
		// The first person is removed; afterwards the group can no longer be read.
		notion.sandbox.faults.add({
			method: 'GET',
			path: `/Groups/${notion.sandbox.workspace.groupByName('Team')?.id}`,
			nth: 3,
			fault: { status: 403 },
		});

		const run = await notion.run('group.removeMembers', {
			parameters: { group: byName('={{ $json.group }}'), members: '={{ $json.member }}' },
			items: [
				{ group: 'Team', member: `${one}, ${two}` },
				{ group: 'Other', member: three ?? '' },
			],
			onError: 'continueRegularOutput',
		});

		expect(itemFailures(run)[0]?.message).toContain('Notion does not allow this.');
		expect(itemFailures(run)[1]?.message).toContain('remove 1 access grant, but this execution has used 2 of the 2');
		expect(membersOf(notion.sandbox, other.id)).toHaveLength(4);
	});

	test('counts all nodes of one execution together', async () => {
		const { id, people } = team(6);
		const node = nodeOfOneExecution();
		const removing = (name: string, taken: Person[]) =>
			createNode(name, 'notionScim', {
				parameters: {
					resource: 'group',
					operation: 'removeMembers',
					group: byName('Team'),
					members: emailsOf(taken).join(','),
					options: { removalLimit: 3 },
				},
			});

		const run = await notion.engine.with(node).runWorkflow({
			workflow: {
				nodes: [removing('First', people.slice(0, 2)), removing('Second', people.slice(2, 4))],
				connections: { First: { main: [[{ node: 'Second', type: 'main', index: 0 }]] } },
			},
			credentials: notion.credential(),
		});

		expect(failureOf(run).message).toContain('remove 2 access grants, but this execution has used 2 of the 3');
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(2)));
	});

	test('takes 150 out with few requests, each with its own result', async () => {
		const { id, people } = team(160);

		const run = await notion.run('group.removeMembers', {
			parameters: {
				group: byId(id),
				members: '={{ $json.member }}',
				options: { removalLimit: 150 },
			},
			items: itemsOf(people.slice(0, 150).map((person) => person.id)),
		});

		expect(jsons(run).map(({ removed }) => removed)).toEqual(
			people.slice(0, 150).map((person) => [{ id: person.id }]),
		);
		expect(pairs(run)).toEqual(Array.from({ length: 150 }, (_item, item) => ({ item })));
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(150)));
		expect(notion.sandbox.requests.count()).toBeLessThanOrEqual(12);
	});

	test('can take the last one out', async () => {
		const { id } = team(1);

		expect(onlyItem(await remove('person1@example.com'))['outcome']).toBe('updated');
		expect(membersOf(notion.sandbox, id)).toEqual([]);
	});
});
