import { byEmail, byId, failureOf, jsons, onlyItem, setUpNotion } from '../support/notionTest.mts';
import { byName } from '../group/groupTest.mts';
import { directory, planned } from '../directory/planning.mts';

const ID = '24bd872b-594c-8191-ad2a-0002d5e040a0';

describe('a server without groups', () => {
	const notion = setUpNotion();
	beforeEach(() => notion.sandbox.setSwitches({ groups: 'none' }));

	test('has the rest of its configuration', async () => {
		expect(onlyItem(await notion.run('workspace.getConfiguration'))).toMatchObject({
			groupsAvailable: false,
			groupCount: null,
			memberCount: 7,
			serviceProviderConfig: { patch: { supported: true } },
			credential: { access: 'full' },
		});
	});

	test.each([404, 405, 501])('is one that answers %i for the list of groups', async (status) => {
		notion.sandbox.setSwitches({ groups: 'yes' });
		notion.sandbox.faults.add({ path: '/Groups', fault: { status } });
		expect(onlyItem(await notion.run('workspace.getConfiguration'))).toMatchObject({ groupsAvailable: false });
	});

	test.each([403, 500])('is not one that answers %i', async (status) => {
		notion.sandbox.setSwitches({ groups: 'yes' });
		notion.sandbox.faults.add({ path: '/Groups', fault: { status } });
		expect(failureOf(await notion.run('workspace.getConfiguration')).message).not.toContain('no groups');
	});

	test('with groups says so, too', async () => {
		notion.sandbox.setSwitches({ groups: 'yes' });
		expect(onlyItem(await notion.run('workspace.getConfiguration'))).toMatchObject({
			groupsAvailable: true,
			groupCount: 4,
		});
	});

	test.each([
		['group.getAll', {}],
		['group.getAll', { filters: { displayName: 'Sales' } }],
		['group.get', { group: byName('Sales') }],
		['group.get', { group: byId(ID) }],
		['group.create', { displayName: 'Sales' }],
		['group.upsert', { displayName: 'Sales' }],
		['group.update', { group: byName('Sales'), newName: 'Market' }],
		['group.delete', { group: byName('Sales') }],
		['group.delete', { group: byId(ID) }],
		['group.addMembers', { group: byName('Sales'), members: 'ada@example.com' }],
		['group.removeMembers', { group: byId(ID), members: 'ada@example.com' }],
		['group.setMembers', { group: byId(ID), members: 'ada@example.com' }],
	])('%s %j says that there are none', async (operation, parameters) => {
		const { message } = failureOf(await notion.run(operation, { parameters }));
		expect(message).toContain('This server offers users, but no groups');
		expect(notion.writes()).toEqual([]);
	});

	test('is planned for, as long as no group is managed', async () => {
		const items = directory([{ id: '1', email: 'new@example.com' }]);
		const { changes } = planned(await notion.run('directory.plan', { items, parameters: {} }));
		expect(changes.some(({ action, guard }) => action === 'user.create' && guard === 'ok')).toBe(true);

		const run = await notion.run('directory.plan', {
			items,
			parameters: { managedGroups: 'Sales' },
		});
		expect(failureOf(run).message).toContain('This server offers users, but no groups');
	});

	test('has a snapshot of who has access', async () => {
		const rows = jsons(await notion.run('accessReview.snapshot'));
		expect(rows.at(-1)).toMatchObject({ population: true, members: 7, groups: 0, withoutGroups: 7 });
	});

	test('locks people out, with a record that is complete, and lets them back in', async () => {
		const lockedDown = onlyItem(
			await notion.run('user.lockDown', { parameters: { user: byEmail('ada@example.com') } }),
		);
		expect(lockedDown).toMatchObject({
			outcome: 'removed',
			record: { groups: [], groupsComplete: true, verified: true },
		});
		const restored = await notion.run('user.restore', {
			parameters: { record: JSON.stringify(lockedDown['record']) },
		});
		expect(onlyItem(restored)).toMatchObject({ outcome: 'restored', groupsJoined: [] });
	});

	test('is not what a proxy is that answers 404 to everything', async () => {
		notion.sandbox.setSwitches({ groups: 'yes', gateway404: 'on' });
		const { message } = failureOf(await notion.run('group.getAll'));
		expect(message).not.toContain('no groups');
	});
});
