import type { Calls } from './scimCalls.mts';
import { closeAll, idOf, newUser, start, urn } from './scimCalls.mts';

let calls: Calls;
beforeEach(async () => {
	calls = await start();
});
afterEach(closeAll);

/** The status of a read with another token. */
const statusWith = async (token: string) =>
	(await calls.send('GET', '/Users?count=1', undefined, { authorization: `Bearer ${token}` }))
		.status;

describe('tokens', () => {
	it('are needed for users, groups and resource types', async () => {
		for (const path of ['/Users', '/Groups', '/ResourceTypes', '/Schemas']) {
			expect((await calls.send('GET', path, undefined, {})).status).toBe(401);
		}
		expect(await statusWith('wrong')).toBe(401);
		const basic = { authorization: `Basic ${calls.sandbox.token}` };
		expect((await calls.send('GET', '/Users', undefined, basic)).status).toBe(401);
	});

	it('live side by side, one set per creator', async () => {
		const other = calls.sandbox.workspace.addToken('second.owner@example.com');
		expect(await statusWith(other)).toBe(200);
		expect(await statusWith(calls.sandbox.token)).toBe(200);
	});

	it('die when their creator is removed', async () => {
		const other = calls.sandbox.workspace.addToken('second.owner@example.com');
		const { status } = await calls.remove(`/Users/${idOf(calls, 'second.owner@example.com')}`);
		expect(status).toBe(204);
		expect(await statusWith(other)).toBe(401);
		expect(await statusWith(calls.sandbox.token)).toBe(200);
	});

	it('die when their creator merely changes role', async () => {
		const { status } = await calls.patch(`/Users/${idOf(calls, 'owner@example.com')}`, {
			op: 'Replace',
			value: { [urn.notion]: { role: 'member' } },
		});
		expect(status).toBe(200);
		expect(await statusWith(calls.sandbox.token)).toBe(401);
	});

	it('cannot remove the person who made them', async () => {
		const path = `/Users/${idOf(calls, 'owner@example.com')}`;
		const replies = [
			await calls.remove(path),
			await calls.patch(path, { op: 'Replace', path: 'active', value: false }),
			await calls.put(path, newUser('owner@example.com', { active: false })),
		];
		expect(replies.map(({ status }) => status)).toEqual([403, 403, 403]);
		expect(calls.sandbox.workspace.isMember('owner@example.com')).toBe(true);
	});

	it('end when they are revoked', async () => {
		calls.sandbox.workspace.revokeToken(calls.sandbox.token);
		expect(await statusWith(calls.sandbox.token)).toBe(401);
	});

	it('are in no log and no answer of the administration API', async () => {
		await calls.get('/Users');
		const pages = await Promise.all(
			['/state', '/requests', '/tokens', '/switches'].map((path) =>
				calls.administer('GET', path),
			),
		);
		for (const { status, text } of pages) {
			expect(status).toBe(200);
			expect(text).not.toContain(calls.sandbox.token);
		}
		expect(JSON.stringify(calls.sandbox.requests.all())).not.toContain(calls.sandbox.token);
	});
});

describe('the last owner', () => {
	const asAdmin = async (method: string, body?: unknown) => {
		const { workspace } = calls.sandbox;
		const token = workspace.addToken('admin@example.com');
		workspace.changeRole('second.owner@example.com', 'member');
		return await calls.send(method, `/Users/${idOf(calls, 'owner@example.com')}`, body, {
			authorization: `Bearer ${token}`,
		});
	};

	it('cannot be removed', async () => {
		expect((await asAdmin('DELETE')).status).toBe(403);
		expect(calls.sandbox.workspace.isMember('owner@example.com')).toBe(true);
	});

	it('cannot be made less than an owner', async () => {
		const { status } = await asAdmin(
			'PUT',
			newUser('owner@example.com', { [urn.notion]: { role: 'member' }, title: 'Nobody' }),
		);
		expect(status).toBe(403);
		const owner = calls.sandbox.workspace.userByEmail('owner@example.com');
		expect(owner?.role).toBe('owner');
		expect(owner?.profile.attributes).not.toHaveProperty('title');
	});
});

describe('discovery', () => {
	it('gives ServiceProviderConfig without a token', async () => {
		const { status, body } = await calls.send('GET', '/ServiceProviderConfig', undefined, {});
		expect(status).toBe(200);
		expect(body).toMatchObject({
			patch: { supported: true },
			filter: { supported: true },
			sort: { supported: false },
			bulk: { supported: false },
			etag: { supported: false },
		});
	});

	it('gives ResourceTypes as a bare array', async () => {
		const { body } = await calls.get('/ResourceTypes');
		expect(body).toMatchObject([
			{ id: 'User', endpoint: '/Users' },
			{ id: 'Group', endpoint: '/Groups' },
		]);
	});

	it('has no Schemas', async () => {
		expect((await calls.get('/Schemas')).status).toBe(404);
	});
});
