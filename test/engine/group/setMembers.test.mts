import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { poll } from '../../../host/poll.mts';
import type { NotionRunOptions } from '../support/notionTest.mts';
import { failureOf, itemFailures, jsons, onlyItem, pairs } from '../support/notionTest.mts';
import type { Person } from './groupTest.mts';
import { addPeople, byName, emailsOf, itemsOf, membersOf, setUpGroups } from './groupTest.mts';

describe('group: set members', () => {
	const notion = setUpGroups();

	/** Ten people, the first five of them in the group "Team". */
	const team = () => {
		const people = addPeople(notion.sandbox, 10);
		const { id } = notion.sandbox.workspace.addGroup({
			displayName: 'Team',
			members: people.slice(0, 5).map((person) => person.id),
		});
		return { id, people };
	};
	const setTeam = async (members: string[], options: INodeParameters = {}, more: NotionRunOptions = {}) =>
		await notion.run('group.setMembers', {
			parameters: { group: byName('Team'), members: members.join(', '), options },
			...more,
		});
	const setItems = async (items: IDataObject[], options: INodeParameters, more: NotionRunOptions = {}) =>
		await notion.run('group.setMembers', {
			parameters: {
				group: byName('={{ $json.group ?? "Team" }}'),
				members: '={{ $json.member }}',
				options,
			},
			items,
			...more,
		});

	test('takes all items about one group together, and adds before it removes', async () => {
		const { id, people } = team();
		const wanted = people.slice(3, 8);

		const run = await setItems(itemsOf(wanted.map(({ email }) => email)), { removalLimit: 3 });

		expect(jsons(run)).toEqual(
			wanted.map((person, index) => ({
				group: { id, displayName: 'Team' },
				outcome: 'updated',
				added: index < 2 ? [] : [person],
				alreadyMembers: index < 2 ? [person] : [],
				// They belong to no item, so the first one about the group names them.
				removed: index === 0 ? people.slice(0, 3).map((one) => ({ id: one.id })) : [],
				addedCount: 3,
				removedCount: 3,
				memberCount: 5,
			})),
		);
		expect(pairs(run)).toEqual([0, 1, 2, 3, 4].map((index) => ({ item: index })));
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(wanted));
		const operations = notion.writes().map(({ body }) => JSON.stringify(body));
		expect(operations.map((body) => /"op":"(\w+)"/.exec(body)?.[1])).toEqual(['Add', 'Remove', 'Remove']);
	});

	test.each([[null], [''], [{ name: 'Ada' }], [['ada@example.com']]])(
		'touches no one where an entry of an array is %j instead of a person',
		async (gap) => {
			const { id, people } = team();

			const run = await notion.run('group.setMembers', {
				parameters: { group: byName('Team'), members: '={{ $json.members }}' },
				items: [{ members: [people[0]?.email, gap] }],
			});

			expect(failureOf(run).message).toContain('Not usable: entry 1, which is empty or not a text.');
			expect(notion.writes()).toEqual([]);
			expect(membersOf(notion.sandbox, id)).toHaveLength(5);
		},
	);

	test('grows with the items only, however many there are', async () => {
		notion.sandbox.workspace.addGroup({ displayName: 'Big' });
		const sizeOf = async (people: Person[]): Promise<number> => {
			const items = people.map(({ email }) => ({ group: 'Big', member: email }));
			const run = await setItems(items, { removalLimit: 200 });
			expect(jsons(run)).toHaveLength(people.length);
			return JSON.stringify(jsons(run)).length;
		};

		const small = await sizeOf(addPeople(notion.sandbox, 20, 'few'));
		const big = await sizeOf(addPeople(notion.sandbox, 200, 'many'));

		expect(big).toBeLessThan(small * 13);
	});

	test('names the first five reasons and counts the others', async () => {
		const { id } = team();
		const unknown = Array.from({ length: 12 }, (_person, index) => `nobody${index + 1}@example.com`);

		const { message } = failureOf(await setTeam(unknown));

		expect(message).toContain('nobody5@example.com');
		expect(message).not.toContain('nobody6@example.com');
		expect(message).toMatch(/ And 7 more\.$/);
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);
	});

	test('writes nothing the second time', async () => {
		const { people } = team();
		const wanted = people.slice(3, 8).map((person) => person.id);
		await setTeam(wanted, { removalLimit: 3 });
		notion.sandbox.requests.clear();

		expect(onlyItem(await setTeam(wanted))).toMatchObject({
			outcome: 'unchanged', added: [], removed: [], memberCount: 5,
		});
		expect(notion.writes()).toEqual([]);
		// The group by its name, one row, the page of people, and the group as it is after all that.
		expect(notion.sandbox.requests.count()).toBe(4);
	});

	test('empties a group only where that is allowed', async () => {
		const { id } = team();
		const empty = async (options: INodeParameters) =>
			await setItems([{ member: '' }], { removalLimit: 5, ...options });

		expect(failureOf(await empty({})).message).toBe('Members is empty.');
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);

		expect(onlyItem(await empty({ allowEmpty: true }))).toMatchObject({ memberCount: 0 });
		expect(membersOf(notion.sandbox, id)).toEqual([]);
	});

	test('leaves the group alone where one of its items is empty', async () => {
		const { id, people } = team();

		const run = await setItems(
			[{ member: people[0]?.email }, { member: undefined }],
			{ removalLimit: 5 },
			{ onError: 'continueRegularOutput' },
		);

		expect(itemFailures(run).map(({ message }) => message)).toEqual([
			expect.stringContaining('Members is empty.'),
			expect.stringContaining('Members is empty.'),
		]);
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);
		expect(notion.writes()).toEqual([]);
	});

	test('leaves the group alone where a person is unknown, unless they may be left out', async () => {
		const { id, people } = team();
		const wanted = [
			...emailsOf(people.slice(0, 4)),
			'nobody@example.com',
			'c0ffee00-0000-4000-8000-000000000000',
		];

		const failure = failureOf(await setTeam(wanted));
		expect(failure.message).toBe(
			'The group was not changed. No one in the workspace has the email nobody@example.com. No one in the workspace has the ID c0ffee00-0000-4000-8000-000000000000.',
		);
		expect(failure.description).toContain('turn on Ignore Unknown');
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);

		expect(onlyItem(await setTeam(wanted, { ignoreUnknown: true }))).toMatchObject({
			memberCount: 4,
			alreadyMembers: people.slice(0, 4),
			ignored: wanted.slice(4),
		});
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(0, 4)));
	});

	test('leaves people out only where each item about the group says so', async () => {
		const { id, people } = team();

		const run = await setItems(
			[
				{ member: people[0]?.email, ignore: true },
				{ member: 'nobody@example.com', ignore: false },
			],
			{ ignoreUnknown: '={{ $json.ignore }}', removalLimit: 5 },
		);

		expect(failureOf(run).message).toContain('nobody@example.com');
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);
	});

	test('does not empty a group because everyone is unknown and left out', async () => {
		const { id } = team();

		const failure = failureOf(
			await setTeam(['nobody@example.com'], { ignoreUnknown: true, removalLimit: 5 }),
		);

		expect(failure.message).toBe('Members is empty.');
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);
	});

	test('sets no group where an item cannot be read, and says which and why', async () => {
		const { id, people } = team();
		const sales = notion.sandbox.workspace.groupByName('Sales');
		const items = [
			{ member: people[0]?.email },
			{ group: 'Sales', member: people[1]?.email },
			{ group: 'Nowhere', member: people[2]?.email },
		];

		const stopped = await setItems(items, { removalLimit: 10 });
		expect(failureOf(stopped).message).toBe(
			'The members of the group "Team" were not set, because item 2 could not be read and may have belonged to it. No group is called "Nowhere".',
		);
		const continued = await setItems(items, { removalLimit: 10 }, { onError: 'continueErrorOutput' });
		expect(jsons(continued)).toEqual([]);
		expect(pairs(continued, 1)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);

		expect(membersOf(notion.sandbox, id)).toHaveLength(5);
		expect(membersOf(notion.sandbox, sales?.id ?? '')).toEqual(['kenji@example.com']);
		expect(notion.writes()).toEqual([]);
	});

	test('needs full access only where a person would be taken out', async () => {
		const { id, people } = team();
		const more = { credential: { access: 'noRemovals' } };

		const fewer = await setTeam(emailsOf(people.slice(0, 4)), {}, more);
		expect(failureOf(fewer).message).toBe(
			'This credential may not remove people from groups. Nothing was done.',
		);
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);

		onlyItem(await setTeam(emailsOf(people.slice(0, 7)), {}, more));
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(0, 7)));
	});

	test('takes no privileged people out unless that is allowed', async () => {
		const { id, people } = team();
		notion.sandbox.workspace.addToGroup('Team', 'admin@example.com');
		const wanted = emailsOf(people.slice(0, 5));

		expect(failureOf(await setTeam(wanted)).message).toContain(
			'admin@example.com is a membership admin of the workspace.',
		);
		expect(membersOf(notion.sandbox, id)).toContain('admin@example.com');

		onlyItem(await setTeam(wanted, { allowPrivileged: true }));
		expect(membersOf(notion.sandbox, id)).toEqual(wanted);
	});

	test('takes the smallest limit that an item names', async () => {
		const { id, people } = team();
		const items = people.slice(4).map((person, index) => ({
			member: person.email,
			limit: index === 0 ? 100 : 3,
		}));

		const run = await setItems(items, { removalLimit: '={{ $json.limit }}' });

		expect(failureOf(run).message).toContain('remove 4 access grants, but this execution has used 0 of the 3');
		expect(membersOf(notion.sandbox, id)).toHaveLength(5);
	});

	test('takes out no more than the limit, and adds no one either then', async () => {
		const { id, people } = team();
		const wanted = [people[9]?.email ?? ''];

		const failure = failureOf(await setTeam(wanted));

		expect(failure.message).toContain('remove 5 access grants, but this execution has used 0 of the 2');
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(0, 5)));
	});

	test('goes by the group as it is when everyone has been found', async () => {
		const { id, people } = team();
		const [leaver] = people;
		notion.sandbox.faults.add({ method: 'GET', path: 'Users\\?', times: 1, fault: { delayMs: 150 } });
		const run = setTeam(emailsOf(people.slice(0, 5)));
		await poll(
			async () => (notion.sandbox.requests.count({ path: /Groups/ }) > 0 ? true : undefined),
			'the group was looked up',
			10_000,
		);
		notion.sandbox.workspace.removeFromGroup(id, leaver?.id ?? '');

		expect(jsons(await run)[0]).toMatchObject({ outcome: 'updated', addedCount: 1 });
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(0, 5)));
	});

	test('removes no one where a person could not be added', async () => {
		const { id, people } = team();
		const [newcomer] = people.slice(5);
		notion.sandbox.faults.add({
			method: 'PATCH',
			nth: 1,
			fault: { status: 400, body: { detail: 'Not this one' } },
		});
		const items = [
			...itemsOf([...emailsOf(people.slice(0, 2)), newcomer?.email ?? '']),
			{ group: 'Sales', member: 'ada@example.com' },
		];

		const run = await setItems(items, { removalLimit: 3 }, { onError: 'continueRegularOutput' });

		const failures = itemFailures(run);
		expect(failures).toHaveLength(3);
		expect(failures[0]?.message).toContain(
			`The group "Team" does not have the wanted members: ${newcomer?.id}: Notion did not accept the request. It said: Not this one. 0 added, 0 removed.`,
		);
		expect(membersOf(notion.sandbox, id)).toEqual(emailsOf(people.slice(0, 5)));
		// Nothing was removed there, so the limit of the execution still has room for the other group.
		expect(notion.sandbox.workspace.groupNames('kenji@example.com')).not.toContain('Sales');
	});
});
