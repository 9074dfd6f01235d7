import type { Calls } from './scimCalls.mts';
import { closeAll, newUser, start } from './scimCalls.mts';

let calls: Calls;
beforeEach(async () => {
	calls = await start();
});
afterEach(closeAll);

/** Statuses of several reads, one after the other; 0 where the connection broke. */
const statuses = async (count: number, { get }: Calls = calls): Promise<number[]> => {
	const seen: number[] = [];
	for (let number = 0; number < count; number++) {
		const reply = await get('/Users?count=1').catch(() => undefined);
		seen.push(reply?.status ?? 0);
	}
	return seen;
};

describe('a fault', () => {
	it('answers with a status, and does not carry the request out', async () => {
		calls.sandbox.faults.add({ method: 'POST', path: '/Users$', fault: { status: 503 } });
		const { status, body } = await calls.post('/Users', newUser('x@example.com'));
		expect(status).toBe(503);
		expect(body).toMatchObject({ status: '503' });
		expect(calls.sandbox.workspace.isMember('x@example.com')).toBe(false);
		expect((await calls.get('/Users')).status).toBe(200);
	});

	it('answers with a body and headers', async () => {
		calls.sandbox.faults.add({
			fault: { status: 429, body: { message: 'slow down' }, headers: { 'retry-after': '7' } },
		});
		const { status, headers, body } = await calls.get('/Users');
		expect([status, headers.get('retry-after')]).toEqual([429, '7']);
		expect(body).toEqual({ message: 'slow down' });
	});

	it('answers with plain text', async () => {
		calls.sandbox.faults.add({ fault: { status: 502, body: 'Bad gateway' } });
		const { status, headers, text } = await calls.get('/Users');
		expect([status, text]).toEqual([502, 'Bad gateway']);
		expect(headers.get('content-type')).toContain('text/plain');
	});

	it('delays the answer', async () => {
		calls.sandbox.faults.add({ fault: { delayMs: 120 } });
		const started = performance.now();
		expect((await calls.get('/Users')).status).toBe(200);
		expect(performance.now() - started).toBeGreaterThanOrEqual(115);
	});

	it('cuts the connection before anything is done', async () => {
		calls.sandbox.faults.add({ method: 'POST', times: 1, fault: { cutConnection: 'before' } });
		await expect(calls.post('/Users', newUser('x@example.com'))).rejects.toThrow();
		expect(calls.sandbox.workspace.isMember('x@example.com')).toBe(false);
	});

	it('cuts the connection after it was done: the answer is lost, the write is not', async () => {
		calls.sandbox.faults.add({ method: 'POST', times: 1, fault: { cutConnection: 'after' } });
		await expect(calls.post('/Users', newUser('x@example.com'))).rejects.toThrow();
		expect(calls.sandbox.workspace.isMember('x@example.com')).toBe(true);
		expect((await calls.post('/Users', newUser('x@example.com'))).status).toBe(409);
		expect(calls.sandbox.requests.all().map(({ status }) => status)).toEqual([null, 409]);
	});

	it.each([true, 40] as const)('truncates the body (%s)', async (truncateBody) => {
		calls.sandbox.faults.add({ fault: { truncateBody } });
		const answer = await fetch(`${calls.sandbox.scimUrl}/Users`, {
			headers: { authorization: `Bearer ${calls.sandbox.token}` },
		});
		expect(answer.status).toBe(200);
		await expect(answer.text()).rejects.toThrow();
	});
});

describe('a rule', () => {
	it('strikes the nth request', async () => {
		calls.sandbox.faults.add({ nth: 3, fault: { status: 500 } });
		expect(await statuses(5)).toEqual([200, 200, 500, 200, 200]);
	});

	it('strikes every nth request', async () => {
		calls.sandbox.faults.add({ every: 2, fault: { cutConnection: 'before' } });
		// The first of a pair passes; a client may not repeat by itself, or the row would shift.
		expect(await statuses(4)).toEqual([200, 0, 200, 0]);
	});

	it('strikes so many times at most', async () => {
		calls.sandbox.faults.add({ times: 2, fault: { status: 503 } });
		expect(await statuses(4)).toEqual([503, 503, 200, 200]);
	});

	it('is tried on the path and on the path with the query', async () => {
		calls.sandbox.faults.add({ path: 'startIndex=2&', fault: { status: 500 } });
		calls.sandbox.faults.add({ path: '^/scim/v2/Groups$', fault: { status: 502 } });
		expect((await calls.get('/Users?startIndex=1&count=1')).status).toBe(200);
		expect((await calls.get('/Users?startIndex=2&count=1')).status).toBe(500);
		expect((await calls.get('/Groups?startIndex=1&count=1')).status).toBe(502);
	});

	it('counts only the requests that fit', async () => {
		calls.sandbox.faults.add({ method: 'post', nth: 2, fault: { status: 500 } });
		await statuses(3);
		expect((await calls.post('/Users', newUser('one@example.com'))).status).toBe(201);
		expect((await calls.post('/Users', newUser('two@example.com'))).status).toBe(500);
	});

	it('strikes by chance, the same way for the same seed', async () => {
		const drawn = async (seed: number) => {
			const other = await start({ seed });
			other.sandbox.faults.add({ probability: 0.5, fault: { status: 500 } });
			return await statuses(40, other);
		};
		const one = await drawn(7);
		expect(await drawn(7)).toEqual(one);
		expect(await drawn(8)).not.toEqual(one);
		expect(new Set(one)).toEqual(new Set([200, 500]));
	});

	it('goes together with others, and away', async () => {
		calls.sandbox.faults.add({ fault: { delayMs: 30 } });
		calls.sandbox.faults.add({ fault: { status: 500 } });
		const started = performance.now();
		expect(await statuses(1)).toEqual([500]);
		expect(performance.now() - started).toBeGreaterThanOrEqual(28);
		expect(calls.sandbox.faults.all().map(({ struck }) => struck)).toEqual([1, 1]);
		calls.sandbox.faults.clear();
		expect(await statuses(1)).toEqual([200]);
	});

	it('must make sense', () => {
		const { faults } = calls.sandbox;
		expect(() => faults.add({ path: '(', fault: { status: 500 } })).toThrow();
		expect(() => faults.add({ nth: 0, fault: { status: 500 } })).toThrow();
		expect(() => faults.add({ fault: { status: 99 } })).toThrow();
	});
});
