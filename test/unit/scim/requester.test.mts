import { RateLimiter } from '../../../lib/scim/rateLimiter.ts';
import type { RetryLimits } from '../../../lib/scim/requester.ts';
import { Requester } from '../../../lib/scim/requester.ts';
import type { ScimRequest } from '../../../lib/scim/transport.ts';
import { TransportFailure } from '../../../lib/scim/transport.ts';
import type { ScriptedAnswer } from './scriptedTransport.mts';
import { controlAnswer, json, ScriptedTransport } from './scriptedTransport.mts';
import { VirtualClock } from './virtualClock.mts';

const READ: ScimRequest = { method: 'GET', path: '/Users/1' };
const WRITE: ScimRequest = { method: 'PATCH', path: '/Users/1', body: {} };
const ada = { id: '1', userName: 'ada@example.com' };

const setUp = (answers: ScriptedAnswer[], limits?: RetryLimits, signal?: AbortSignal) => {
	const clock = new VirtualClock();
	const transport = new ScriptedTransport(answers);
	const requester = new Requester(transport, new RateLimiter(clock), clock, signal, limits);
	const looks: number[] = [];
	/** Runs a write; `effect` says from which look on the effect is there. */
	const write = (effect: number | 'never' = 'never') =>
		clock.run(
			requester.write(WRITE, {
				accept: (body) => ({ accepted: body }),
				look: async () => {
					looks.push(clock.now());
					return effect !== 'never' && looks.length >= effect ? { accepted: 'seen' } : undefined;
				},
			}),
		);
	return { clock, transport, requester, looks, write, read: () => clock.run(requester.read(READ)) };
};

const kind = (name: string) => expect.objectContaining({ name: 'ScimError', kind: name });
const cut = new TransportFailure('maybe', 'socket hang up');
const refusedConnection = new TransportFailure('never', 'connect ECONNREFUSED');

describe('a read', () => {
	it.each<[string, ScriptedAnswer]>([
		['429', { status: 429 }],
		['502', { status: 502 }],
		['503', { status: 503 }],
		['503 with Retry-After', { status: 503, headers: { 'retry-after': '1' } }],
		['504', { status: 504 }],
		['507', { status: 507 }],
		['520 of a gateway', { status: 520 }],
		['522 of a gateway, as a web page', { status: 522, body: '<html>', headers: { 'content-type': 'text/html' } }],
		['525 of a gateway', { status: 525 }],
		['527 of a gateway', { status: 527 }],
		['529', { status: 529 }],
		['530 of a gateway', { status: 530 }],
		['408', { status: 408 }],
		['409 while something else is saved', json({ code: 'conflict_error' }, 409)],
		['425', { status: 425 }],
		['a cut connection', cut],
		['a refused connection', refusedConnection],
		['a body that was cut off', { status: 200, body: '{"id":"1","userN' }],
	])('is repeated after %s', async (_, answer) => {
		const { read, transport } = setUp([answer, json(ada)]);
		await expect(read()).resolves.toEqual(ada);
		expect(transport.log).toEqual(['GET /Users/1', 'GET /Users/1']);
	});

	it.each<[string, ScriptedAnswer, string]>([
		['400', json({ detail: 'no' }, 400), 'refused'],
		['401', json({ detail: 'no' }, 401), 'tokenRejected'],
		['405', json({ detail: 'no' }, 405), 'refused'],
		['412', json({ detail: 'no' }, 412), 'refused'],
		['500', json({ detail: 'no' }, 500), 'serverError'],
		['501', json({ detail: 'no' }, 501), 'refused'],
		['a redirect', { status: 302, headers: { location: 'https://example.com' } }, 'unexpectedAnswer'],
		[
			'a web page with status 200',
			{ headers: { 'content-type': 'text/html' }, body: '<p>Sign in</p>' },
			'unexpectedAnswer',
		],
	])('is not repeated after %s', async (_, answer, expected) => {
		const { read, transport } = setUp([answer]);
		await expect(read()).rejects.toEqual(kind(expected));
		expect(transport.requests).toHaveLength(1);
	});

	it('waits longer and longer between its tries, and ends after eight', async () => {
		const { read, transport, clock } = setUp(Array.from({ length: 8 }, () => cut));
		await expect(read()).rejects.toEqual(kind('network'));
		expect(transport.requests).toHaveLength(8);
		expect(clock.sleeps).toEqual([375, 750, 1_500, 3_000, 6_000, 12_000, 15_000]);
	});

	it('waits as long as the server asks, in seconds or until a date', async () => {
		const { read, clock } = setUp([
			{ status: 429, headers: { 'retry-after': '7' } },
			() => ({
				status: 529,
				headers: { 'retry-after': new Date(clock.now() + 11_000).toUTCString() },
			}),
			json(ada),
		]);
		const begin = clock.now();
		await expect(read()).resolves.toEqual(ada);
		// A date has no milliseconds, so up to one second is lost.
		expect(clock.now() - begin).toBeGreaterThanOrEqual(17_000);
		expect(clock.now() - begin).toBeLessThanOrEqual(18_000);
	});

	it.each(['0', 'Thu, 01 Jan 1970 00:00:01 GMT'])(
		'does not hurry through its tries when Retry-After is "%s"',
		async (header) => {
			const answer = { status: 429, headers: { 'retry-after': header } };
			const { read, clock } = setUp([...Array.from({ length: 7 }, () => answer), json(ada)]);
			const begin = clock.now();
			await read();
			expect(clock.now() - begin).toBeGreaterThan(30_000);
		},
	);

	it('gives up at once where the pause is longer than its budget', async () => {
		const { read, transport, clock } = setUp([{ status: 429, headers: { 'retry-after': '3600' } }]);
		const begin = clock.now();
		await expect(read()).rejects.toEqual(kind('rateLimited'));
		expect(clock.now()).toBe(begin);
		// The next request is not sent into the pause, and does not sit it out either.
		await expect(read()).rejects.toEqual(kind('rateLimited'));
		expect(clock.now()).toBe(begin);
		expect(transport.requests).toHaveLength(1);
	});

	it('keeps to its budget of waiting', async () => {
		const answers = Array.from({ length: 9 }, () => ({
			status: 429,
			headers: { 'retry-after': '40' },
		}));
		const { read, clock, transport } = setUp(answers);
		const begin = clock.now();
		await expect(read()).rejects.toEqual(kind('rateLimited'));
		expect(clock.now() - begin).toBe(120_000);
		expect(transport.requests).toHaveLength(4);
	});

	it('is undefined for an empty 2xx', async () => {
		await expect(setUp([{ status: 204 }]).read()).resolves.toBeUndefined();
	});
});

describe('a write', () => {
	it.each<[string, ScriptedAnswer]>([
		['429', { status: 429 }],
		['503 with Retry-After', { status: 503, headers: { 'retry-after': '1' } }],
		['425', { status: 425 }],
		['a refused connection', refusedConnection],
	])('is repeated without a look after %s: nothing was done', async (_, answer) => {
		const { write, transport, looks } = setUp([answer, json(ada)]);
		await expect(write()).resolves.toEqual({ accepted: ada });
		expect(transport.requests).toHaveLength(2);
		expect(looks).toHaveLength(0);
	});

	const unclear: Array<[string, ScriptedAnswer]> = [
		['502', { status: 502 }],
		['503', { status: 503 }],
		['504', { status: 504 }],
		['529', { status: 529 }],
		['408', { status: 408 }],
		['409 while something else is saved', json({ code: 'conflict_error' }, 409)],
		['a cut connection', cut],
	];

	it.each(unclear)('is not repeated after %s where a look finds the effect', async (_, answer) => {
		const { write, transport } = setUp([answer]);
		await expect(write(1)).resolves.toEqual({ accepted: 'seen' });
		expect(transport.requests).toHaveLength(1);
	});

	it.each(unclear)('is repeated after %s where a look does not find it', async (_, answer) => {
		const { write, transport, looks } = setUp([answer, json(ada)]);
		await expect(write()).resolves.toEqual({ accepted: ada });
		expect(transport.requests).toHaveLength(2);
		expect(looks).toHaveLength(1);
	});

	it.each<[string, ScriptedAnswer, string, number]>([
		['500', json({ detail: 'no' }, 500), 'serverError', 1],
		['520 of a gateway', { status: 520 }, 'serverError', 3],
		['523 of a gateway', { status: 523 }, 'serverError', 3],
		['a 2xx that was cut off', { status: 201, body: '{"id":"1' }, 'unexpectedAnswer', 3],
		['a 409 that says that it is taken', json({ scimType: 'uniqueness' }, 409), 'alreadyExists', 3],
	])('is looked at, but never repeated, after %s', async (_, answer, expected, looks) => {
		const found = setUp([answer]);
		await expect(found.write(1)).resolves.toEqual({ accepted: 'seen' });
		const notFound = setUp([answer]);
		await expect(notFound.write()).rejects.toEqual(kind(expected));
		expect(notFound.transport.requests).toHaveLength(1);
		expect(notFound.looks).toHaveLength(looks);
	});

	it('that stays in conflict ends after five tries, with certainty that nothing was done', async () => {
		const { write, transport, looks, clock } = setUp(
			Array.from({ length: 5 }, () => json({ code: 'conflict_error', message: 'Please try again.' }, 409)),
		);
		await expect(write()).rejects.toMatchObject({
			kind: 'conflict', status: 409, detail: 'Please try again.', isNothingDone: true,
		});
		expect(transport.requests).toHaveLength(5);
		expect(looks).toHaveLength(5);
		expect(clock.sleeps).toEqual([375, 750, 1_500, 3_000]);
	});

	it('in conflict looks for what stands in the way, and knows whether that may be its own', async () => {
		const ours: boolean[] = [];
		for (const answers of [[json({}, 409)], [cut, json({}, 409)]]) {
			const { clock, requester } = setUp(answers);
			const writing = requester.write(WRITE, {
				accept: () => 'accepted',
				look: async () => undefined,
				lookAfterConflict: async (mayBeOurs) => {
					ours.push(mayBeOurs);
					return 'there';
				},
			});
			await expect(clock.run(writing)).resolves.toBe('there');
		}
		expect(ours).toEqual([false, true]);
	});

	it('that creates is looked at patiently before it is repeated: a late effect must not come twice', async () => {
		const { clock, requester, transport } = setUp([cut]);
		let looks = 0;
		const writing = requester.write({ method: 'POST', path: '/Groups', body: {} }, {
			accept: () => 'accepted',
			look: async () => {
				looks += 1;
				return looks === 3 ? 'seen' : undefined;
			},
		});
		await expect(clock.run(writing)).resolves.toBe('seen');
		expect(transport.requests).toHaveLength(1);
	});

	it.each<[number, string]>([
		[302, 'unexpectedAnswer'],
		[400, 'refused'],
		[401, 'tokenRejected'],
		[405, 'refused'],
		[412, 'refused'],
		[413, 'refused'],
		[422, 'refused'],
		[501, 'refused'],
	])('is neither repeated nor looked at after %i', async (status, expected) => {
		const { write, transport, looks } = setUp([{ status }]);
		await expect(write(1)).rejects.toEqual(kind(expected));
		expect(transport.requests).toHaveLength(1);
		expect(looks).toHaveLength(0);
	});

	it.each<[string, ScriptedAnswer[], boolean]>([
		['400', [{ status: 400 }], true],
		['401', [{ status: 401 }], true],
		['500 and a look', [{ status: 500 }], true],
		['520 of a gateway', [{ status: 520 }], false],
		['422', [{ status: 422 }], true],
		['a cut connection, then a conflict for good', [cut, { status: 409 }], false],
		['an answer that was cut off', [{ status: 201, body: '{"id":"1' }], false],
		['a login page', [{ status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }], false],
		['429 for good', [{ status: 429 }, { status: 429 }], true],
		['a refused connection for good', [1, 2, 3, 4].map(() => refusedConnection), true],
		['a cut connection', [cut, cut], false],
		['a cut connection, then 500', [cut, { status: 500 }], false],
		['a cut connection, then 429', [cut, { status: 429 }], false],
	])('after %s: whether it is certain that nothing was done', async (_, answers, isNothingDone) => {
		const { write } = setUp(answers, { tries: answers.length, totalWait: 120_000 });
		await expect(write()).rejects.toMatchObject({ name: 'ScimError', isNothingDone });
	});

	it('may have been done where a look fails, whatever it failed with', async () => {
		const { clock, requester } = setUp([{ status: 500 }, { status: 401 }]);
		const writing = requester.write(WRITE, { accept: () => 1, look: async () => await requester.read(READ) });
		await expect(clock.run(writing)).rejects.toMatchObject({ kind: 'tokenRejected', isNothingDone: false });
	});

	it('is looked at a last time when its tries are used up', async () => {
		const { write, transport, looks } = setUp([cut, cut, cut], { tries: 3, totalWait: 120_000 });
		await expect(write(3)).resolves.toEqual({ accepted: 'seen' });
		expect(transport.requests).toHaveLength(3);
		expect(looks).toHaveLength(3);
	});
});

describe('a 403 or 404', () => {
	it('is about the operation where a control reading is good', async () => {
		const { write, transport } = setUp([json({ detail: 'no' }, 403), controlAnswer]);
		await expect(write()).rejects.toEqual(kind('refused'));
		expect(transport.log).toEqual(['PATCH /Users/1', 'GET /Users']);
	});

	it.each([401, 403])('is about the token where the control reading gets %i', async (status) => {
		const forbidden = setUp([json({}, 403), json({}, status)]);
		await expect(forbidden.read()).rejects.toEqual(kind('tokenRejected'));
	});

	it('means that no one is there where a control reading is good', async () => {
		await expect(setUp([json({}, 404), controlAnswer]).read()).rejects.toEqual(kind('notFound'));
	});

	const page = { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' };
	it.each<[string, ScriptedAnswer[]]>([
		['gets the same web page', [page, page]],
		['gets a 404 too', [json({}, 404), json({}, 404)]],
		['gets an empty answer', [json({}, 404), { status: 200 }]],
		['gets a login page', [json({}, 404), { status: 200, body: '<html>' }]],
		['gets a 500', [json({}, 404), { status: 500 }]],
		['gets something that is no list', [json({}, 404), json({ totalResults: null })]],
	])('is not believed where the control reading %s', async (_, answers) => {
		await expect(setUp(answers).read()).rejects.toEqual(kind('unexpectedAnswer'));
	});

	it('as 410 means the same for a read and a removal, and for nothing else', async () => {
		await expect(setUp([json({}, 410), controlAnswer]).read()).rejects.toEqual(kind('notFound'));
		await expect(setUp([json({}, 410), json({}, 410)]).read()).rejects.toEqual(kind('unexpectedAnswer'));
		await expect(setUp([json({}, 410), controlAnswer]).write()).rejects.toEqual(kind('refused'));
	});

	it('of a list does not say that there is no SCIM API right after a good list', async () => {
		for (const path of ['/Users', '/Groups']) {
			const { clock, requester } = setUp([json({}, 404), controlAnswer]);
			const reading = requester.read({ method: 'GET', path, query: { filter: 'x eq "y"' } });
			await expect(clock.run(reading)).rejects.toMatchObject({
				kind: 'unexpectedAnswer',
				status: 404,
				message: expect.stringMatching(/^The server answers a plain list of users, but not this request/),
			});
		}
	});

	it('is not believed because of a good reading from before it', async () => {
		const { requester, read, clock } = setUp([controlAnswer, page, page]);
		await requester.control();
		await clock.advance(10);
		await expect(read()).rejects.toEqual(kind('unexpectedAnswer'));
	});

	it('says that the token died where the control reading says so', async () => {
		await expect(setUp([json({}, 404), json({}, 401)]).read()).rejects.toEqual(kind('tokenRejected'));
	});

	it('shows a login page for what it is, not for a dead token', async () => {
		const login = { status: 403, headers: { 'content-type': 'text/html' }, body: '<p>Sign in</p>' };
		await expect(setUp([login, login]).read()).rejects.toEqual(kind('unexpectedAnswer'));
	});
});

describe('a web page instead of an answer', () => {
	const page = (status: number) => ({ status, headers: { 'content-type': 'text/html' }, body: '<h1>No</h1>' });

	it.each([400, 405, 413, 414, 422, 431])(
		'with status %i refuses the content where a control reading is good',
		async (status) => {
			const { write, transport } = setUp([page(status), controlAnswer]);
			await expect(write()).rejects.toMatchObject({ kind: 'refused', status });
			expect(transport.log).toEqual(['PATCH /Users/1', 'GET /Users']);
		},
	);

	it('is a proxy\'s where the control reading gets one as well', async () => {
		await expect(setUp([page(405), page(405)]).write()).rejects.toEqual(kind('unexpectedAnswer'));
	});
});

describe('the control reading', () => {
	it('counts for a second, and is asked for as Notion documents it', async () => {
		const { requester, transport, clock } = setUp([controlAnswer, controlAnswer]);
		const first = await requester.control();
		expect(first).toEqual({ readAt: 1_000_000, memberCount: 7 });
		await clock.advance(999);
		expect(await requester.control()).toBe(first);
		await clock.advance(2);
		expect(await requester.control()).toEqual({ readAt: 1_001_001, memberCount: 7 });
		expect(transport.requests[0]).toEqual({
			method: 'GET',
			path: '/Users',
			query: { startIndex: 1, count: 1 },
		});
	});

	it('is repeated like any read', async () => {
		const { requester, clock } = setUp([{ status: 503 }, cut, controlAnswer]);
		await expect(clock.run(requester.control())).resolves.toMatchObject({ memberCount: 7 });
	});
});

describe('a cancelled execution', () => {
	it('ends while it waits for the next try, without a further request', async () => {
		const stop = new AbortController();
		const { requester, transport, clock } = setUp([cut, json(ada)], undefined, stop.signal);
		const reading = requester.read(READ);
		await clock.settle();
		stop.abort();
		await expect(reading).rejects.toEqual(kind('cancelled'));
		expect(transport.requests).toHaveLength(1);
	});

	it('sends nothing more', async () => {
		const stop = new AbortController();
		stop.abort();
		const { read, transport } = setUp([json(ada)], undefined, stop.signal);
		await expect(read()).rejects.toEqual(kind('cancelled'));
		expect(transport.requests).toHaveLength(0);
	});
});

describe('every permit is handed back', () => {
	it.each<[string, ScriptedAnswer[]]>([
		['after failures of the network', [cut, refusedConnection, json(ada)]],
		['after refusals', [json({}, 500)]],
		['after a mistake in the transport', []],
	])('%s', async (_, answers) => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, { initialInFlight: 1, mostInFlight: 1 });
		const requester = new Requester(new ScriptedTransport(answers), rateLimiter, clock);
		await clock.run(requester.read(READ)).catch(() => undefined);
		const next = await Promise.race([rateLimiter.begin(), clock.settle()]);
		expect(next).toBeDefined();
	});
});
