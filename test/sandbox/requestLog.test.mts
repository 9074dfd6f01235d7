import { RequestLog } from '../../sandbox/http/requestLog.mts';
import type { Calls } from './scimCalls.mts';
import { closeAll, idOf, newUser, start } from './scimCalls.mts';

let calls: Calls;
beforeEach(async () => {
	calls = await start();
});
afterEach(closeAll);

it('keeps what was asked, and nothing of the headers', async () => {
	const before = Date.now();
	await calls.post('/Users', newUser('x@example.com'));
	const [request] = calls.sandbox.requests.all();
	expect(request).toEqual({
		number: 1,
		time: expect.any(Number),
		method: 'POST',
		path: '/scim/v2/Users',
		template: '/scim/v2/Users',
		query: '',
		status: 201,
		durationMs: expect.any(Number),
		body: newUser('x@example.com'),
	});
	expect(request?.time).toBeGreaterThanOrEqual(before);
});

it('counts by method and route, and by path', async () => {
	const { requests } = calls.sandbox;
	await calls.get('/Users?startIndex=1&count=1');
	await calls.get(`/Users/${idOf(calls, 'ada@example.com')}`);
	await calls.get(`/Users/${idOf(calls, 'kenji@example.com')}`);
	await calls.remove('/Users/nobody');
	await calls.get('/Schemas');
	await calls.send('GET', '/Users', undefined, {});
	expect(requests.counters()).toEqual({
		'DELETE /scim/v2/Users/:id': 1,
		'GET /scim/v2/*': 1,
		'GET /scim/v2/Users': 2,
		'GET /scim/v2/Users/:id': 2,
	});
	expect(requests.count()).toBe(6);
	expect(requests.count({ method: 'get' })).toBe(5);
	expect(requests.count({ path: /\/Users$/ })).toBe(2);
	expect(requests.count({ path: /startIndex=1/g })).toBe(1);
	expect(requests.count({ method: 'DELETE', path: /\/Users\// })).toBe(1);
	requests.clear();
	expect([requests.count(), requests.all(), requests.counters()]).toEqual([0, [], {}]);
});

it('does not log the administration API and the page', async () => {
	await calls.administer('GET', '/state');
	await fetch(`${calls.sandbox.url}/`);
	expect(calls.sandbox.requests.count()).toBe(0);
});

it('forgets the oldest requests, and goes on counting', () => {
	const log = new RequestLog(3);
	for (let number = 1; number <= 5; number++) {
		log.add({
			time: number,
			method: 'GET',
			path: `/scim/v2/Users/${number}`,
			template: '/scim/v2/Users/:id',
			query: '',
			status: 200,
			durationMs: 1,
		});
	}
	expect(log.all().map(({ number }) => number)).toEqual([3, 4, 5]);
	expect(log.latest(2).map(({ number }) => number)).toEqual([5, 4]);
	expect(log.count()).toBe(5);
	expect(log.counters()).toEqual({ 'GET /scim/v2/Users/:id': 5 });
});
