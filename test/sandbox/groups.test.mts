import type { Calls } from './scimCalls.mts';
import { closeAll, groupIdOf, idOf, start, urn } from './scimCalls.mts';

let calls: Calls;
beforeEach(async () => {
	calls = await start();
});
afterEach(closeAll);

const newGroup = (displayName: string, more: Record<string, unknown> = {}) => ({
	schemas: [urn.group],
	displayName,
	...more,
});

const engineering = () => `/Groups/${groupIdOf(calls, 'Engineering')}`;
const emailsIn = (group: string) =>
	calls.sandbox.workspace.memberEmails(groupIdOf(calls, group));
const member = (email: string) => ({ value: idOf(calls, email) });

describe('a group resource', () => {
	it('has id, name and member ids', async () => {
		const { body } = await calls.get(engineering());
		expect(body).toMatchObject({
			schemas: [urn.group],
			id: groupIdOf(calls, 'Engineering'),
			displayName: 'Engineering',
			members: [{ value: idOf(calls, 'ada@example.com') }],
			meta: { resourceType: 'Group' },
		});
	});

	it('answers 404 for an id that is none', async () => {
		expect((await calls.get('/Groups/nothing')).status).toBe(404);
	});
});

describe('lists of groups', () => {
	it('include members, more than 300 in one answer', async () => {
		calls.sandbox.seedPeople(400);
		const { body } = await calls.get('/Groups?startIndex=1&count=100');
		const staff = body.Resources.find(({ displayName }) => displayName === 'All Staff');
		expect(staff?.members.length).toBeGreaterThan(300);
	});

	it('are cut at 100 without paging', async () => {
		for (let number = 1; number <= 101; number++) {
			calls.sandbox.workspace.addGroup({ displayName: `Project ${number}` });
		}
		const { body } = await calls.get('/Groups');
		expect(body.totalResults).toBe(105);
		expect(body.Resources).toHaveLength(100);
		const rest = await calls.get('/Groups?startIndex=101&count=100');
		expect(rest.body.Resources).toHaveLength(5);
	});

	it('know the filter displayName, and that a name is not unique', async () => {
		calls.sandbox.workspace.addGroup({ displayName: 'Sales' });
		const found = async (name: string) => {
			const filter = encodeURIComponent(`displayName eq ${JSON.stringify(name)}`);
			return (await calls.get(`/Groups?filter=${filter}`)).body.totalResults;
		};
		expect(await found('Nobody')).toBe(0);
		expect(await found('Finance')).toBe(1);
		expect(await found('Sales')).toBe(2);
		expect(await found('sales')).toBe(0);
	});

	it('find a name with a quotation mark and a backslash', async () => {
		calls.sandbox.workspace.addGroup({ displayName: 'The "A\\B" team' });
		const filter = encodeURIComponent('displayName eq "The \\"A\\\\B\\" team"');
		expect((await calls.get(`/Groups?filter=${filter}`)).body.totalResults).toBe(1);
	});
});

describe('writing groups', () => {
	it('POST makes a synced group; a second one of the same name is another group', async () => {
		const one = await calls.post('/Groups', newGroup('Research'));
		const two = await calls.post('/Groups', newGroup('Research'));
		expect([one.status, two.status]).toEqual([201, 201]);
		expect(one.body.id).not.toBe(two.body.id);
		const { workspace } = calls.sandbox;
		expect(workspace.groupsByName('Research').map(({ synced }) => synced)).toEqual([true, true]);
		expect(workspace.groupByName('Sales')?.synced).toBe(false);
	});

	it('POST needs a name', async () => {
		expect((await calls.post('/Groups', { schemas: [urn.group] })).status).toBe(400);
	});

	it('keeps attributes that no one has heard of', async () => {
		const { body } = await calls.post('/Groups', newGroup('Research', { externalId: 'G-1' }));
		expect((await calls.get(`/Groups/${body.id}`)).body['externalId']).toBe('G-1');
	});

	it('PATCH adds and removes members in the form seen in production', async () => {
		const add = await calls.patch(engineering(), {
			op: 'Add',
			path: 'members',
			value: [member('kenji@example.com'), member('maria@example.com')],
		});
		expect(add.status).toBe(200);
		expect(emailsIn('Engineering')).toEqual([
			'ada@example.com',
			'kenji@example.com',
			'maria@example.com',
		]);
		await calls.patch(engineering(), {
			op: 'Remove',
			path: 'members',
			value: [member('ada@example.com')],
		});
		expect(emailsIn('Engineering')).toEqual(['kenji@example.com', 'maria@example.com']);
		expect(calls.sandbox.workspace.groupNames('ada@example.com')).toEqual(['All Staff']);
	});

	it('PATCH adds no one twice, and removing a person who is not in changes nothing', async () => {
		const value = [member('ada@example.com')];
		await calls.patch(engineering(), { op: 'add', path: 'members', value });
		await calls.patch(engineering(), {
			op: 'remove',
			path: 'members',
			value: [member('kenji@example.com')],
		});
		expect(emailsIn('Engineering')).toEqual(['ada@example.com']);
	});

	it('PATCH carries out several operations, or none of them', async () => {
		const good = await calls.patch(
			engineering(),
			{ op: 'Replace', path: 'displayName', value: 'Builders' },
			{ op: 'Add', path: 'members', value: [member('maria@example.com')] },
		);
		expect(good.body).toMatchObject({ displayName: 'Builders' });
		const bad = await calls.patch(
			`/Groups/${groupIdOf(calls, 'Builders')}`,
			{ op: 'Replace', path: 'displayName', value: 'Breakers' },
			{ op: 'Add', path: 'members', value: [{ value: 'nobody' }] },
		);
		expect(bad.status).toBe(400);
		expect(emailsIn('Builders')).toEqual(['ada@example.com', 'maria@example.com']);
	});

	it('PATCH replaces members and the name without a path', async () => {
		await calls.patch(engineering(), {
			op: 'replace',
			value: { displayName: 'Builders', members: [member('kenji@example.com')] },
		});
		expect(emailsIn('Builders')).toEqual(['kenji@example.com']);
	});

	it('PATCH cannot add a person who was removed', async () => {
		const removed = member('ada@example.com');
		await calls.remove(`/Users/${removed.value}`);
		const { status } = await calls.patch(engineering(), {
			op: 'Add',
			path: 'members',
			value: [removed],
		});
		expect(status).toBe(400);
	});

	it('PUT states the whole list of members', async () => {
		const { status } = await calls.put(
			engineering(),
			newGroup('Engineering', { members: [member('maria@example.com')] }),
		);
		expect(status).toBe(200);
		expect(emailsIn('Engineering')).toEqual(['maria@example.com']);
	});

	it('DELETE removes the group and its memberships', async () => {
		const path = engineering();
		expect((await calls.remove(path)).status).toBe(204);
		expect((await calls.get(path)).status).toBe(404);
		expect(calls.sandbox.workspace.groupNames('ada@example.com')).toEqual(['All Staff']);
	});

	it('DELETE is forbidden where pages would be left without full access', async () => {
		const { id } = calls.sandbox.workspace.addGroup({
			displayName: 'Board',
			members: ['owner@example.com'],
			onlyFullAccess: true,
		});
		expect((await calls.remove(`/Groups/${id}`)).status).toBe(403);
		expect(emailsIn('Board')).toEqual(['owner@example.com']);
	});
});
