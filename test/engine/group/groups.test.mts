import type { INodeParameters } from 'n8n-workflow';

import { byId, failureOf, itemFailures, jsons, onlyItem, pairs } from '../support/notionTest.mts';
import { addPeople, byName, setUpGroups } from './groupTest.mts';

const decomposed = 'Café'.normalize('NFD');
const composed = 'Café'.normalize('NFC');

describe('group: create', () => {
	const notion = setUpGroups();

	test('makes one empty group per item, and each item says which', async () => {
		const run = await notion.run('group.create', {
			parameters: { displayName: '={{ $json.name }}' },
			items: [{ name: 'Design' }, { name: ' Legal ' }],
		});

		const design = notion.sandbox.workspace.groupByName('Design');
		const legal = notion.sandbox.workspace.groupByName('Legal');
		expect(jsons(run)).toEqual([
			{ id: design?.id, displayName: 'Design', memberCount: 0, memberIds: [], outcome: 'created' },
			{ id: legal?.id, displayName: 'Legal', memberCount: 0, memberIds: [], outcome: 'created' },
		]);
		expect(pairs(run)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(notion.writes().map(({ body }) => body)).toEqual(
			['Design', 'Legal'].map((displayName) => ({
				schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
				displayName,
			})),
		);
	});

	test('refuses a name that exists already, names the group, and writes nothing', async () => {
		const existing = notion.sandbox.workspace.groupByName('Sales');

		const failure = failureOf(
			await notion.run('group.create', { parameters: { displayName: 'Sales' } }),
		);

		expect(failure).toMatchObject({
			message: `A group called "Sales" exists already (${existing?.id}).`,
			description: 'Use Create or Update to use the existing group.',
		});
		expect(notion.writes()).toEqual([]);
	});

	test('refuses a name that several groups share, and lists them', async () => {
		const first = notion.sandbox.workspace.addGroup({ displayName: 'Twin' });
		const second = notion.sandbox.workspace.addGroup({ displayName: 'Twin', members: ['ada@example.com'] });

		const failure = failureOf(
			await notion.run('group.create', { parameters: { displayName: 'Twin' } }),
		);

		expect(failure.message).toBe(
			`2 groups are called "Twin": ${first.id} (0 members), ${second.id} (1 members).`,
		);
		expect(notion.writes()).toEqual([]);
	});

	test('says where the name is empty, and goes on with the other items where the node may', async () => {
		const run = await notion.run('group.create', {
			parameters: { displayName: '={{ $json.name }}' },
			items: [{ name: '' }, { name: 'Design' }],
			onError: 'continueErrorOutput',
		});

		expect(jsons(run)).toMatchObject([{ displayName: 'Design', outcome: 'created' }]);
		expect(pairs(run)).toEqual([{ item: 1 }]);
		expect(jsons(run, 1)).toEqual([
			{
				error:
					'Name is empty. Check the expression: the incoming item may not have the field that it names.',
			},
		]);
		expect(pairs(run, 1)).toEqual([{ item: 0 }]);
	});

	test('needs a credential that may write', async () => {
		const failure = failureOf(
			await notion.run('group.create', {
				parameters: { displayName: 'Design' },
				credential: { access: 'readOnly' },
			}),
		);

		expect(failure.message).toBe('This credential may only read. Nothing was written.');
		expect(notion.writes()).toEqual([]);
	});
});

describe('group: create or update', () => {
	const notion = setUpGroups();
	const upsert = async (displayName: string) =>
		await notion.run('group.upsert', { parameters: { displayName } });

	test('makes a group once; the second run finds it and writes nothing', async () => {
		const created = onlyItem(await upsert('Design'));
		const found = onlyItem(await upsert('Design'));

		expect(created).toMatchObject({ displayName: 'Design', outcome: 'created' });
		expect(found).toEqual({ ...created, outcome: 'unchanged' });
		expect(notion.writes()).toHaveLength(1);
		expect(notion.sandbox.workspace.groupsByName('Design')).toHaveLength(1);
	});

	test('finds a name in another Unicode composition', async () => {
		const cafe = notion.sandbox.workspace.addGroup({ displayName: decomposed });

		const found = onlyItem(await upsert(composed));

		expect(found).toMatchObject({ id: cafe.id, outcome: 'unchanged' });
		expect(notion.writes()).toEqual([]);
	});

	test('makes no second group whose name differs in case', async () => {
		const sales = notion.sandbox.workspace.groupByName('Sales');

		expect(failureOf(await upsert('sales')).message).toContain(`there is "Sales" (${sales?.id})`);
		expect(notion.writes()).toEqual([]);
	});

	test('finds a name with quotation marks, which must not close the filter', async () => {
		const name = 'R&D "Core" \\';
		const group = notion.sandbox.workspace.addGroup({ displayName: name });

		expect(onlyItem(await upsert(name))).toMatchObject({ id: group.id, outcome: 'unchanged' });
		expect(notion.sandbox.requests.count()).toBe(1);
	});

	test('reads all groups where the filter is ignored', async () => {
		const sales = notion.sandbox.workspace.groupByName('Sales');
		const groups = notion.sandbox.workspace.groups();
		const Resources = groups.map(({ id, displayName }) => ({ id, displayName }));
		notion.sandbox.faults.add({
			method: 'GET',
			path: 'filter=',
			fault: { status: 200, body: { totalResults: Resources.length, Resources } },
		});

		expect(onlyItem(await upsert('Sales'))).toMatchObject({ id: sales?.id, outcome: 'unchanged' });
		expect(notion.writes()).toEqual([]);
	});

	test('reads all groups where the filter is refused', async () => {
		const sales = notion.sandbox.workspace.groupByName('Sales');
		notion.sandbox.faults.add({ method: 'GET', path: 'filter=', fault: { status: 400 } });

		expect(onlyItem(await upsert('Sales'))).toMatchObject({ id: sales?.id, outcome: 'unchanged' });
		expect(notion.writes()).toEqual([]);
	});

	test('reports a group of the same name that another run made meanwhile', async () => {
		const twins = ['g1', 'g2'].map((id) => ({ id, displayName: 'Design' }));
		notion.sandbox.faults.add({
			method: 'GET',
			path: 'filter=',
			nth: 2,
			fault: { status: 200, body: { totalResults: 2, Resources: twins } },
		});

		expect(failureOf(await upsert('Design')).message).toBe(
			'2 groups are called "Design": g1 (0 members), g2 (0 members).',
		);
	});

	test('lists the groups that share the name', async () => {
		const first = notion.sandbox.workspace.addGroup({ displayName: 'Twin' });
		const second = notion.sandbox.workspace.addGroup({ displayName: 'Twin' });

		const { message, description } = failureOf(await upsert('Twin'));

		expect(message).toContain(`2 groups are called "Twin": ${first.id} (0 members), ${second.id}`);
		expect(description).toBe('Pick the group by ID, or rename all but one of them in Notion.');
	});
});

describe('group: get and get many', () => {
	const notion = setUpGroups();

	test('reads one group by id, by name and as a plain text', async () => {
		const sales = notion.sandbox.workspace.groupByName('Sales');
		const kenji = notion.sandbox.workspace.userByEmail('kenji@example.com');
		const expected = {
			id: sales?.id, displayName: 'Sales', memberCount: 1, memberIds: [kenji?.id],
		};
		const locators = [byId(sales?.id ?? ''), byName('Sales'), '={{ "Sales" }}', `={{ "${sales?.id}" }}`];
		for (const group of locators) {
			expect(onlyItem(await notion.run('group.get', { parameters: { group } }))).toEqual(expected);
		}
	});

	test('gives the resource as it came where it is not simplified', async () => {
		const run = await notion.run('group.get', {
			parameters: { group: byName('Sales'), simplify: false },
		});

		expect(onlyItem(run)).toMatchObject({
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
			displayName: 'Sales',
			members: [{ value: notion.sandbox.workspace.userByEmail('kenji@example.com')?.id }],
		});
	});

	test('says what to do where there is no such group', async () => {
		const failures = [];
		const locators = [
			byName('Nowhere'),
			byId('00000000-0000-4000-8000-000000000000'),
			'={{ "Nope" }}',
		];
		for (const group of locators) {
			failures.push(failureOf(await notion.run('group.get', { parameters: { group } })));
		}

		expect(failures).toMatchObject([
			{
				message: 'No group is called "Nowhere".',
				description: expect.stringContaining('Names must match exactly'),
			},
			{
				message: 'No group has the ID 00000000-0000-4000-8000-000000000000.',
				description: 'Pick the group from the list or by name.',
			},
			{
				message: 'No group has the name or the ID "Nope".',
				description: expect.stringContaining('Names must match exactly'),
			},
		]);
	});

	test('does not call a group gone because a proxy says 404 to everything', async () => {
		const sales = notion.sandbox.workspace.groupByName('Sales');
		notion.sandbox.setSwitches({ gateway404: 'on' });

		const failure = failureOf(
			await notion.run('group.delete', { parameters: { group: byId(sales?.id ?? '') } }),
		);

		expect(failure.message).toContain('nothing is known about the person or group');
	});

	test('gives all groups, paired with the item that asked', async () => {
		for (let number = 1; number <= 120; number += 1) {
			notion.sandbox.workspace.addGroup({ displayName: `Team ${number}` });
		}
		const limited = await notion.run('group.getAll', { parameters: { limit: 5 } });
		const all = await notion.run('group.getAll', { parameters: { returnAll: true } });

		expect(jsons(limited)).toHaveLength(5);
		expect(new Set(jsons(all).map(({ id }) => id))).toEqual(
			new Set(notion.sandbox.workspace.groups().map(({ id }) => id)),
		);
		expect(jsons(all)).toHaveLength(124);
		expect(pairs(all).every((pair) => JSON.stringify(pair) === '{"item":0}')).toBe(true);
	});

	test('gives every group of one name where that is asked for', async () => {
		const twins = [1, 2].map(() => notion.sandbox.workspace.addGroup({ displayName: 'Twin' }).id);

		const run = await notion.run('group.getAll', {
			parameters: { returnAll: true, filters: { displayName: 'Twin' } },
		});

		expect(jsons(run).map(({ id }) => id)).toEqual(twins);
	});

	test('fails on a list that stays incomplete, unless told to give what there is', async () => {
		notion.sandbox.faults.add({
			method: 'GET',
			path: '/Groups',
			fault: { status: 200, body: { totalResults: 2, Resources: [{ id: 'g1', displayName: 'One' }] } },
		});
		const refused = await notion.run('group.getAll', { parameters: { returnAll: true } });
		const tolerated = await notion.run('group.getAll', {
			parameters: { returnAll: true, options: { allowIncomplete: true } },
		});

		expect(failureOf(refused).message).toContain('The list of groups could not be read completely.');
		expect(jsons(tolerated)).toEqual([
			{ id: 'g1', displayName: 'One', memberCount: 0, memberIds: [], listComplete: false },
		]);
	});
});

describe('group: rename', () => {
	const notion = setUpGroups();
	const rename = async (group: INodeParameters, newName: string) =>
		await notion.run('group.update', { parameters: { group, newName } });

	test.each(['body', 'noContent'] as const)(
		'gives another name and keeps the members, where PATCH answers with %s',
		async (patchGroupAnswer) => {
			notion.sandbox.setSwitches({ patchGroupAnswer });
			const sales = notion.sandbox.workspace.groupByName('Sales');

			const item = onlyItem(await rename(byName('Sales'), 'Revenue'));

			expect(item).toEqual({
				id: sales?.id,
				displayName: 'Revenue',
				memberCount: 1,
				memberIds: [notion.sandbox.workspace.userByEmail('kenji@example.com')?.id],
				outcome: 'updated',
				changes: [{ attribute: 'displayName', from: 'Sales', to: 'Revenue' }],
			});
			expect(notion.sandbox.workspace.groupNames('kenji@example.com')).toContain('Revenue');
			expect(notion.sandbox.workspace.groupByName('Sales')).toBeUndefined();
		},
	);

	test('writes nothing where the name is right already, in whatever composition', async () => {
		const group = notion.sandbox.workspace.addGroup({ displayName: decomposed });

		expect(onlyItem(await rename(byId(group.id), composed))['outcome']).toBe('unchanged');
		expect(notion.writes()).toEqual([]);
	});

	test('refuses the name of another group', async () => {
		const sales = notion.sandbox.workspace.groupByName('Sales');

		const failure = failureOf(await rename(byName('Finance'), 'Sales'));

		expect(failure.message).toBe(`Another group is called "Sales" already (${sales?.id}).`);
		expect(notion.writes()).toEqual([]);
	});

	test('reports a name that Notion did not take', async () => {
		notion.sandbox.faults.add({ method: 'PATCH', fault: { status: 204, body: '' } });

		const failure = failureOf(await rename(byName('Sales'), 'Revenue'));

		expect(failure.message).toBe(
			'Notion accepted the new name, but the group is still called "Sales".',
		);
	});
});

describe('group: delete', () => {
	const notion = setUpGroups();

	test('deletes a group; a second time it is gone already, which is a success', async () => {
		const sales = notion.sandbox.workspace.groupByName('Sales');
		const group = byId(sales?.id ?? '');

		const first = onlyItem(await notion.run('group.delete', { parameters: { group } }));
		const second = onlyItem(await notion.run('group.delete', { parameters: { group } }));

		expect(first).toMatchObject({
			deleted: true,
			outcome: 'deleted',
			group: { id: sales?.id, displayName: 'Sales', memberCount: 1 },
		});
		expect(second).toEqual({ deleted: true, outcome: 'alreadyGone', group: { id: sales?.id } });
		expect(notion.sandbox.workspace.groupByName('Sales')).toBeUndefined();
		expect(notion.sandbox.workspace.groupNames('kenji@example.com')).not.toContain('Sales');
	});

	test.each([
		['by name', byName('engineering2')],
		['as a plain text', '={{ "engineering2" }}'],
	])('takes no group of another name for one that is gone: %s', async (_name, group) => {
		const { id } = notion.sandbox.workspace.addGroup({ displayName: 'Engineering2' });

		const failure = failureOf(await notion.run('group.delete', { parameters: { group } }));

		expect(failure.message).toContain(`Upper and lower case count: there is "Engineering2" (${id}).`);
		expect(notion.writes()).toEqual([]);
		expect(notion.sandbox.workspace.groupById(id)).toBeDefined();
	});

	test.each([
		['a name', byName('Nowhere'), 'No group is called "Nowhere".'],
		['a text that can be no ID', byId('Nowhere'), '"Nowhere" is not the ID of a group.'],
	])('does not call %s gone that no one knows', async (_name, group, message) => {
		expect(failureOf(await notion.run('group.delete', { parameters: { group } })).message).toBe(message);
	});

	test.each([
		['by ID', (id: string) => byId(id)],
		['as a plain text', (id: string) => `={{ "${id}" }}`],
	])('deletes a group whose ID is written in upper case: %s', async (_name, locate) => {
		const sales = notion.sandbox.workspace.groupByName('Sales');
		const group = locate(sales?.id.toUpperCase() ?? '');

		const first = onlyItem(await notion.run('group.delete', { parameters: { group } }));
		const second = onlyItem(await notion.run('group.delete', { parameters: { group } }));

		expect(first).toMatchObject({ outcome: 'deleted', group: { id: sales?.id } });
		expect(second).toMatchObject({ outcome: 'alreadyGone', group: { id: sales?.id } });
	});

	test('deletes no group with privileged people in it, unless that is allowed', async () => {
		const { id } = notion.sandbox.workspace.addGroup({
			displayName: 'Admins',
			members: ['ada@example.com', 'admin@example.com'],
		});
		const remove = async (options: INodeParameters, credential = {}) =>
			await notion.run('group.delete', { parameters: { group: byId(id), options }, credential });

		expect(failureOf(await remove({})).message).toContain(
			'admin@example.com is a membership admin of the workspace.',
		);
		expect(failureOf(await remove({}, { protectedEmails: 'ada@example.com' })).message).toContain(
			'ada@example.com is on the list of protected people',
		);
		expect(notion.writes()).toEqual([]);

		expect(onlyItem(await remove({ allowPrivileged: true }))['outcome']).toBe('deleted');
		expect(notion.sandbox.workspace.groupById(id)).toBeUndefined();
	});

	test('does not believe a deletion that is not seen', async () => {
		notion.sandbox.faults.add({ method: 'DELETE', fault: { status: 204, body: '' } });

		const failure = failureOf(
			await notion.run('group.delete', { parameters: { group: byName('Sales') } }),
		);

		expect(failure.message).toBe(
			'Notion accepted the deletion of the group "Sales", but it is still there.',
		);
	});

	test('says why a group with sole full access cannot be deleted', async () => {
		const vault = notion.sandbox.workspace.addGroup({ displayName: 'Vault', onlyFullAccess: true });

		const failure = failureOf(
			await notion.run('group.delete', { parameters: { group: byId(vault.id) } }),
		);

		expect(failure).toMatchObject({
			message:
				'Notion does not allow this. It said: Deleting this group would leave pages with nobody having full access.',
			description: expect.stringContaining('Give another person full access to those pages first.'),
			httpCode: '403',
		});
		expect(notion.sandbox.workspace.groupById(vault.id)).toBeDefined();
	});

	test('needs a credential with full access', async () => {
		const failure = failureOf(
			await notion.run('group.delete', {
				parameters: { group: byName('Sales') },
				credential: { access: 'noRemovals' },
			}),
		);

		expect(failure.message).toBe('This credential may not delete groups. Nothing was done.');
		expect(notion.sandbox.workspace.groupByName('Sales')).toBeDefined();
	});

	test('counts the members of the group against the limit', async () => {
		const members = addPeople(notion.sandbox, 12).map(({ id }) => id);
		const group = notion.sandbox.workspace.addGroup({ displayName: 'Large', members });
		const remove = async (removalLimit: number) =>
			await notion.run('group.delete', {
				parameters: { group: byId(group.id), options: { removalLimit } },
			});

		const { message, description } = failureOf(await remove(11));
		expect(message).toContain('remove 12 access grants, but this execution has used 0 of the 11');
		expect(description).toContain('set Removal Limit in the options');
		expect(notion.sandbox.workspace.groupById(group.id)).toBeDefined();

		expect(onlyItem(await remove(12))['outcome']).toBe('deleted');
	});
});

describe('a name that several groups share', () => {
	const notion = setUpGroups();
	const operations: Array<[string, INodeParameters]> = [
		['group.get', {}],
		['group.update', { newName: 'Other' }],
		['group.delete', {}],
		['group.addMembers', { members: 'ada@example.com' }],
		['group.removeMembers', { members: 'ada@example.com' }],
		['group.setMembers', { members: 'ada@example.com' }],
	];

	test.each(operations)('is an error for %s that lists the groups', async (operation, parameters) => {
		const first = notion.sandbox.workspace.addGroup({ displayName: 'Twin' });
		const second = notion.sandbox.workspace.addGroup({
			displayName: 'Twin',
			members: ['ada@example.com', 'maria@example.com'],
		});

		const run = await notion.run(operation, {
			parameters: { group: byName('Twin'), ...parameters },
			onError: 'continueRegularOutput',
		});

		expect(itemFailures(run)).toMatchObject([
			{
				message: `2 groups are called "Twin": ${first.id} (0 members), ${second.id} (2 members). Pick the group by ID, or rename all but one of them in Notion.`,
			},
		]);
		expect(notion.writes()).toEqual([]);
	});
});
