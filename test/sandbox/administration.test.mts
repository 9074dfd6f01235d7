import { request } from 'node:http';

import type { Calls } from './scimCalls.mts';
import { closeAll, start } from './scimCalls.mts';

let calls: Calls;
beforeEach(async () => {
	calls = await start();
});
afterEach(closeAll);

it('arranges people, groups, sessions and tokens', async () => {
	const { administer } = calls;
	const person = { email: 'lin@example.com', name: 'Lin Tran', groups: ['Sales'] };
	expect((await administer('POST', '/members', person)).body).toMatchObject({
		email: 'lin@example.com',
		role: 'member',
		groups: ['Sales'],
	});
	expect((await administer('POST', '/guests', { email: 'g@other.example' })).body).toMatchObject({
		membership: 'guest',
	});
	const group = { displayName: 'Board', members: ['lin@example.com'], onlyFullAccess: true };
	expect((await administer('POST', '/groups', group)).body).toMatchObject({
		name: 'Board',
		memberCount: 1,
		onlyFullAccess: true,
	});
	const session = { email: 'lin@example.com', kind: 'mobile' };
	expect((await administer('POST', '/sessions', session)).body).toMatchObject({ endedAt: null });
	await administer('POST', '/people/role', { email: 'lin@example.com', role: 'owner' });
	const { body } = await administer('POST', '/tokens', { email: 'lin@example.com' });
	const read = await calls.send('GET', '/Users', undefined, {
		authorization: `Bearer ${String(body['token'])}`,
	});
	expect(read.status).toBe(200);

	await administer('POST', '/people/remove', { email: 'lin@example.com' });
	const removed = await administer('GET', '/people?email=lin%40example.com');
	expect(removed.body).toMatchObject({ membership: 'outside', privatePages: ['Getting Started'] });
	const { body: after } = await administer('GET', '/sessions');
	expect(after['sessions']).toContainEqual(
		expect.objectContaining({ email: 'lin@example.com', endedAt: expect.any(Number) }),
	);
});

it('reads the whole workspace, and searches it', async () => {
	const all = await calls.administer('GET', '/state');
	expect(all.body).toMatchObject({ memberCount: 7, groupCount: 4, activeSessionCount: 5 });
	const found = await calls.administer('GET', '/state?search=LOVE');
	expect(found.body).toMatchObject({ memberCount: 7, foundCount: 1 });
	expect(found.body['members']).toMatchObject([{ email: 'ada@example.com' }]);
});

it('turns switches, and refuses what is none', async () => {
	const turned = await calls.administer('PATCH', '/switches', { createStatus: 200 });
	expect(turned.body).toMatchObject({ values: { createStatus: 200 } });
	expect(calls.sandbox.switches.createStatus).toBe(200);
	expect((await calls.administer('PATCH', '/switches', { createStatus: 418 })).status).toBe(400);
	expect((await calls.administer('PATCH', '/switches', { colour: 'green' })).status).toBe(400);
	expect(calls.sandbox.switches.createStatus).toBe(200);
});

it('adds faults, reads requests, and goes back to the start', async () => {
	const rule = { path: '/Users', times: 1, fault: { status: 503 } };
	expect((await calls.administer('POST', '/faults', rule)).status).toBe(200);
	expect((await calls.get('/Users')).status).toBe(503);
	expect((await calls.administer('GET', '/faults')).body['faults']).toMatchObject([
		{ seen: 1, struck: 1 },
	]);
	expect((await calls.administer('GET', '/requests?last=5')).body).toMatchObject({
		total: 1,
		counters: { 'GET /scim/v2/Users': 1 },
		requests: [{ status: 503 }],
	});
	await calls.administer('POST', '/people/seed', { count: 30 });
	expect(calls.sandbox.workspace.members()).toHaveLength(37);
	await calls.administer('POST', '/reset');
	expect(calls.sandbox.workspace.members()).toHaveLength(7);
	expect(calls.sandbox.requests.count()).toBe(0);
});

it.each([
	['/members', { email: 'ada@example.com' }, 409],
	['/members', { mail: 'x@example.com' }, 400],
	['/members', '{', 400],
	['/people/remove', { email: 'nobody@example.com' }, 409],
	['/faults', { fault: { status: 1 } }, 400],
])('explains why it refuses: %s %j', async (path, body, status) => {
	const reply = await calls.administer('POST', path, body);
	expect(reply.status).toBe(status);
	expect(reply.body['error']).toEqual(expect.any(String));
});

describe('is for this machine only', () => {
	const statusFor = async (headers: Record<string, string>, path = '/sandbox/api/state') =>
		await new Promise((resolve, reject) => {
			request(`${calls.sandbox.url}${path}`, { headers }, (answer) => {
				answer.resume();
				resolve(answer.statusCode);
			})
				.on('error', reject)
				.end();
		});

	it('refuses a name that was led here, and pages of other origins', async () => {
		expect(await statusFor({ host: 'attacker.example' })).toBe(403);
		expect(await statusFor({ host: 'attacker.example' }, '/')).toBe(403);
		expect(await statusFor({ origin: 'https://attacker.example' })).toBe(403);
		expect(await statusFor({ origin: calls.sandbox.url })).toBe(200);
	});

	it('serves SCIM under any name, as a proxy may ask for it', async () => {
		const headers = {
			host: 'api.notion.com',
			authorization: `Bearer ${calls.sandbox.token}`,
		};
		expect(await statusFor(headers, '/scim/v2/Users')).toBe(200);
	});
});
