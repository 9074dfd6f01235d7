import type { FaultRule } from '../../../sandbox/server.mts';
import { failureOf, itemFailures, jsons, onlyItem } from '../support/notionTest.mts';
import { addPeople, byName, emailsOf, itemsOf, membersOf, setUpGroups } from './groupTest.mts';

const lost: FaultRule['fault'] = { cutConnection: 'after' };
const busy: FaultRule['fault'] = { status: 503, headers: { 'retry-after': '1' } };

describe('groups, when answers are lost or the server fails', () => {
	const notion = setUpGroups();

	const strike = (method: string, fault: FaultRule['fault']) =>
		notion.sandbox.faults.add({ method, times: 1, fault });

	test.each([
		['lost', lost, 1],
		['cut off', { truncateBody: true } as const, 1],
		['503 with Retry-After', busy, 2],
		['never there', { cutConnection: 'before' } as const, 2],
	])('create: an answer that is %s leaves one group', async (_name, fault, posts) => {
		strike('POST', fault);

		const item = onlyItem(await notion.run('group.create', { parameters: { displayName: 'Design' } }));

		const groups = notion.sandbox.workspace.groupsByName('Design');
		expect(groups.map(({ id }) => id)).toEqual([item['id']]);
		expect(item['outcome']).toBe('created');
		expect(notion.writes()).toHaveLength(posts);
	});

	test('create: a 500 is not tried again, and the error says to look first', async () => {
		strike('POST', { status: 500 });

		const failure = failureOf(
			await notion.run('group.create', { parameters: { displayName: 'Design' } }),
		);

		expect(failure.message).toContain('Notion failed with status 500.');
		expect(failure.description).toContain('Notion may have made the change');
		expect(notion.writes()).toHaveLength(1);
	});

	test.each([
		['lost', lost, 1],
		['503 with Retry-After', busy, 2],
	])('rename: an answer that is %s', async (_name, fault, patches) => {
		strike('PATCH', fault);

		const item = onlyItem(
			await notion.run('group.update', { parameters: { group: byName('Sales'), newName: 'Revenue' } }),
		);

		expect(item).toMatchObject({ displayName: 'Revenue', outcome: 'updated' });
		expect(notion.writes()).toHaveLength(patches);
	});

	test.each([
		['lost', lost, 1],
		['503 with Retry-After', busy, 2],
	])('delete: an answer that is %s', async (_name, fault, deletes) => {
		strike('DELETE', fault);

		const item = onlyItem(await notion.run('group.delete', { parameters: { group: byName('Sales') } }));

		expect(item).toMatchObject({ deleted: true, outcome: 'deleted' });
		expect(notion.sandbox.workspace.groupByName('Sales')).toBeUndefined();
		expect(notion.writes()).toHaveLength(deletes);
	});

	test.each([
		['lost', lost, 1],
		['503 with Retry-After', busy, 2],
	])('add and remove members: an answer that is %s', async (_name, fault, patches) => {
		const people = addPeople(notion.sandbox, 20);
		const group = notion.sandbox.workspace.addGroup({ displayName: 'Team' });
		strike('PATCH', fault);
		const added = await notion.run('group.addMembers', {
			parameters: { group: byName('Team'), members: '={{ $json.member }}' },
			items: itemsOf(emailsOf(people)),
		});
		expect(jsons(added).every(({ outcome }) => outcome === 'updated')).toBe(true);
		expect(group.memberIds.size).toBe(20);
		expect(notion.writes()).toHaveLength(patches);

		notion.sandbox.requests.clear();
		strike('PATCH', fault);
		onlyItem(
			await notion.run('group.removeMembers', {
				parameters: { group: byName('Team'), members: 'person1@example.com person2@example.com' },
			}),
		);
		expect(membersOf(notion.sandbox, group.id)).toHaveLength(18);
		// The first person alone shows which form works, the second goes after.
		expect(notion.writes()).toHaveLength(patches + 1);
	});

	test('a group of which every PATCH fails takes only its own items with it', async () => {
		const people = addPeople(notion.sandbox, 4);
		const broken = notion.sandbox.workspace.addGroup({ displayName: 'Broken' });
		const sound = notion.sandbox.workspace.addGroup({ displayName: 'Sound' });
		notion.sandbox.faults.add({ method: 'PATCH', path: broken.id, fault: { status: 500 } });

		const run = await notion.run('group.addMembers', {
			parameters: { group: byName('={{ $json.group }}'), members: '={{ $json.member }}' },
			items: people.map(({ id }, index) => ({ group: index % 2 ? 'Sound' : 'Broken', member: id })),
			onError: 'continueErrorOutput',
		});

		expect(sound.memberIds.size).toBe(2);
		expect(jsons(run)).toHaveLength(2);
		expect(itemFailures(run, 1).map(({ itemIndex }) => itemIndex)).toEqual([0, 2]);
		expect(notion.sandbox.requests.count()).toBeLessThanOrEqual(20);
	});

	test('a dead token is noticed once and said for every item, with the way out', async () => {
		notion.sandbox.workspace.revokeToken(notion.token);

		const run = await notion.run('group.addMembers', {
			parameters: { group: byName('={{ $json.group }}'), members: 'ada@example.com' },
			items: [{ group: 'Sales' }, { group: 'Finance' }],
			onError: 'continueRegularOutput',
		});

		expect(notion.sandbox.requests.count()).toBe(1);

		const failures = itemFailures(run);
		expect(failures).toHaveLength(2);
		for (const { message } of failures) {
			expect(message).toContain('Notion rejected the SCIM token (status 401).');
			expect(message).toContain('Have an organization owner create a new token in Notion');
		}
	});

	test('a token that dies in between is tried once, not once for each group', async () => {
		const names = ['One', 'Two', 'Three', 'Four'];
		for (const displayName of names) notion.sandbox.workspace.addGroup({ displayName });
		notion.sandbox.faults.add({ method: 'PATCH', fault: { status: 401 } });

		const run = await notion.run('group.addMembers', {
			parameters: { group: byName('={{ $json.group }}'), members: 'ada@example.com' },
			items: names.map((group) => ({ group })),
			onError: 'continueRegularOutput',
		});

		expect(notion.writes()).toHaveLength(1);
		const failures = itemFailures(run);
		expect(failures.map(({ itemIndex }) => itemIndex)).toEqual([0, 1, 2, 3]);
		for (const { message } of failures) {
			expect(message).toContain('Notion rejected the SCIM token (status 401).');
		}
	});
});
