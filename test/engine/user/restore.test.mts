import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byEmail, failureOf, onlyItem, setUpNotion } from '../support/notionTest.mts';

describe('user.restore', () => {
	const notion = setUpNotion();
	const lockDown = async (email: string, options: INodeParameters = {}): Promise<IDataObject> =>
		onlyItem(await notion.run('user.lockDown', { parameters: { user: byEmail(email), options } }));
	const restore = async (
		record: unknown,
		options: INodeParameters = {},
		credential: IDataObject = {},
	) =>
		await notion.run('user.restore', {
			parameters: { record: typeof record === 'string' ? record : JSON.stringify(record), options },
			credential,
		});
	const account = (email: string) => notion.sandbox.workspace.userByEmail(email);

	test('gives back the membership, the role and the groups of the record', async () => {
		const before = { groups: notion.sandbox.workspace.groupNames('ada@example.com'), ...account('ada@example.com') };
		const item = await lockDown('ada@example.com');

		expect(onlyItem(await restore(item['record']))).toMatchObject({
			outcome: 'restored',
			id: before.id,
			email: 'ada@example.com',
			role: 'member',
			groupsJoined: expect.arrayContaining([expect.objectContaining({ displayName: 'Engineering' })]),
		});
		expect(account('ada@example.com')).toMatchObject({ id: before.id, membership: 'member', role: 'member' });
		expect(notion.sandbox.workspace.groupNames('ada@example.com')).toEqual(before.groups);
	});

	test('is the inverse of a lockdown, whatever role and groups a person has', async () => {
		const stateOf = () =>
			notion.sandbox.workspace
				.members()
				.map(({ id, role }) => ({ id, role, groups: notion.sandbox.workspace.groupNames(id) }))
				.sort((one, other) => one.id.localeCompare(other.id));
		const anybody = fc.record({
			role: fc.constantFrom('member', 'restricted_member', 'membership_admin', 'owner'),
			groups: fc.subarray(['All Staff', 'Engineering', 'Sales', 'Finance', 'Team "A" & Ümläut']),
		});
		await fc.assert(
			fc.asyncProperty(anybody, async ({ role, groups }) => {
				notion.renew();
				const email = 'somebody@example.com';
				notion.sandbox.workspace.addGroup({ displayName: 'Team "A" & Ümläut' });
				notion.sandbox.workspace.addUser({ email, role, name: { formatted: 'Some Body' } });
				for (const group of groups) notion.sandbox.workspace.addToGroup(group, email);
				const before = stateOf();

				const item = await lockDown(email, { allowPrivileged: true });
				expect(stateOf()).toHaveLength(before.length - 1);
				await restore(item['record'], { allowPrivileged: true });
				expect(stateOf()).toEqual(before);
			}),
			{ seed: 20_261_120, numRuns: 20 },
		);
	});

	test('is harmless when it is done again, also from the JSON of the whole item', async () => {
		const item = await lockDown('ada@example.com');
		await restore(item['record']);
		notion.sandbox.requests.clear();

		expect(onlyItem(await restore(JSON.stringify(item)))).toMatchObject({ outcome: 'alreadyMember' });
		expect(notion.writes()).toEqual([]);
	});

	test('never gives a higher role than the record says', async () => {
		const item = await lockDown('ada@example.com');
		const run = await restore(item['record'], { role: 'owner', allowPrivileged: true });
		expect(failureOf(run).message).toContain('was member, so restoring does not make them owner');
		expect(account('ada@example.com')?.membership).toBe('outside');
	});

	test('gives a lower role where that is asked for', async () => {
		const item = await lockDown('ada@example.com');
		expect(onlyItem(await restore(item['record'], { role: 'restricted_member' }))).toMatchObject({
			outcome: 'restored',
			role: 'restricted_member',
		});
	});

	test('makes no one an owner again unless that is allowed', async () => {
		const item = await lockDown('second.owner@example.com', { allowPrivileged: true });
		expect(failureOf(await restore(item['record'])).message).toContain('may manage other people');
		expect(account('second.owner@example.com')?.membership).toBe('outside');
	});

	test('names the groups that could not be given back', async () => {
		const item = await lockDown('ada@example.com');
		const engineering = notion.sandbox.workspace.groups().find(({ displayName }) => displayName === 'Engineering');
		notion.sandbox.workspace.deleteGroup(engineering?.id ?? '');

		expect(failureOf(await restore(item['record'])).message).toMatch(
			/ada@example\.com is a member again, but .*Engineering \(the group does not exist any more\)/,
		);
		expect(notion.sandbox.workspace.groupNames('ada@example.com')).toEqual(['All Staff']);
	});

	test('gives no groups to another account that has the address now', async () => {
		const item = await lockDown('ada@example.com');
		const record = { ...Object(item['record']), person: { ...Object(item['record']).person, id: 'somebody-else' } };
		const run = await restore(record);
		expect(failureOf(run).message).toContain('now belongs to the account');
		expect(notion.sandbox.workspace.groupNames('ada@example.com')).toEqual([]);
	});

	test.each([['not JSON', '{'], ['no record', { outcome: 'alreadyGone' }], ['nobody', { person: null, groups: null }], ['no address', { person: { id: 'x', email: 'x@@y' }, groups: [] }]])(
		'says what is missing: %s',
		async (_name, record) => {
			expect(failureOf(await restore(record)).message).toContain('is not the record of a lockdown');
			expect(notion.writes()).toEqual([]);
		},
	);

	test('gives nothing to a person who was gone before that lockdown', async () => {
		await lockDown('ada@example.com');
		const id = account('ada@example.com')?.id ?? '';
		notion.sandbox.setSwitches({ afterRemoval: 'inactive' });
		const again = onlyItem(
			await notion.run('user.lockDown', { parameters: { user: { __rl: true, mode: 'id', value: id } } }),
		);
		expect(failureOf(await restore(again['record'])).message).toContain('was gone already');
		expect(account('ada@example.com')?.membership).toBe('outside');
	});

	test('gives no groups to a person who has become an owner since', async () => {
		const item = await lockDown('ada@example.com');
		await restore(item['record']);
		notion.sandbox.workspace.changeRole('ada@example.com', 'owner');
		notion.sandbox.workspace.removeFromGroup('Engineering', 'ada@example.com');
		expect(failureOf(await restore(item['record'])).message).toContain('is an owner');
		expect(notion.sandbox.workspace.groupNames('ada@example.com')).toEqual(['All Staff']);
	});

	test('needs a credential that may write', async () => {
		const item = await lockDown('ada@example.com');
		expect(failureOf(await restore(item['record'], {}, { access: 'readOnly' })).message).toContain('may only read');
	});
});
