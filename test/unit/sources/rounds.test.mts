import { z } from 'zod';

import { readingOf } from '../../../workflows/sources/shared/rounds.js';

interface Request {
	kind: string;
	of?: string;
	url: string;
	about: string;
	tries: number;
}
type Answer = Record<string, unknown>;
interface Followed {
	rows?: unknown[];
	total?: number;
	requests?: Omit<Request, 'tries'>[];
	problem?: string;
}
type Follow = (request: Request, body: unknown, headers: Record<string, string>) => Followed;

const roundSchema = z.object({
	read: z.array(z.object({ request: z.object({ url: z.string() }), rows: z.array(z.unknown()) })),
	next: z.array(z.object({ url: z.string(), tries: z.number() })),
	pause: z.number(),
	problems: z.array(z.object({ kind: z.string(), of: z.string().optional(), sentence: z.string() })),
});

const users = (url = '/users', tries = 1): Request => ({ kind: 'users', url, about: 'the list', tries });
const good = (body: unknown = []): Answer => ({ statusCode: 200, headers: {}, body });
const failing = (statusCode: number, headers: Record<string, string> = {}): Answer => ({
	statusCode,
	headers,
	body: 'Go away',
});
const nothing: Follow = (_request, body) => ({ rows: z.array(z.unknown()).parse(body), requests: [] });
const leadsTo =
	(...urls: string[]): Follow =>
	() => ({ rows: [], requests: urls.map((url) => ({ kind: 'users', url, about: 'the list' })) });

/** @param earlier requests of rounds before this one, which brought nothing */
function round(requests: Request[], answers: Answer[], follow: Follow = nothing, earlier: Request[] = []) {
	const before = { requests: earlier, answers: earlier.map(() => [good()]) };
	const ofRound = { requests, answers: answers.map((answer) => [answer]) };
	const ignoring: Follow = (request, body, headers) =>
		requests.includes(request) ? follow(request, body, headers) : { rows: [], requests: [] };
	return roundSchema.parse(readingOf([before, ofRound], ignoring));
}

describe('a round of requests', () => {
	it('gives what was read, and what it leads to', () => {
		const found = round([users()], [good()], leadsTo('/users?after=1'));

		expect(found).toMatchObject({ problems: [], pause: 0, next: [{ url: '/users?after=1', tries: 1 }] });
		expect(found.read.map(({ request }) => request.url)).toEqual(['/users']);
	});

	it.each([
		['no answer', { error: { message: 'connect ECONNREFUSED' } }],
		['an answer that is no JSON', { error: 'Response body is not valid JSON' }],
		['an outage', failing(503)],
		['too many requests', failing(429)],
		['a timeout', failing(408)],
	])('is tried three times after %s', (_case, answer) => {
		for (const tries of [1, 2]) {
			const found = round([users('/users', tries)], [answer]);
			expect(found).toMatchObject({ problems: [], read: [], next: [{ url: '/users', tries: tries + 1 }] });
			expect(found.pause).toBeGreaterThanOrEqual(2 * tries);
			expect(found.pause).toBeLessThanOrEqual(60);
		}
		const last = round([users('/users', 3)], [answer]);
		expect(last.next).toEqual([]);
		expect(last.problems).toEqual([{ kind: 'users', sentence: expect.stringContaining('the list') }]);
	});

	it.each([400, 401, 403, 404, 204, 302])('is over at once after status %p', (status) => {
		const found = round([users()], [failing(status)]);

		expect(found.next).toEqual([]);
		expect(found.problems[0]?.sentence).toContain(`A request for the list was answered with status ${status}`);
	});

	it('is tried again after a status that may pass with the vendor', () => {
		const rounds = [{ requests: [users()], answers: [[failing(401)]] }];

		expect(roundSchema.parse(readingOf(rounds, nothing, [401]))).toMatchObject({ problems: [], next: [{ tries: 2 }] });
	});

	it('goes on behind the page that failed, and reads the others once', () => {
		const pages: Follow = (request, body) => ({
			rows: z.array(z.unknown()).parse(body),
			requests: request.url === '/c' ? [] : [{ ...users(), url: request.url === '/users' ? '/b' : '/c' }],
		});
		const first = { requests: [users()], answers: [[good([1]), good([2]), failing(429, { 'retry-after': '9' })]] };
		const found = roundSchema.parse(readingOf([first], pages));
		expect(found).toMatchObject({ pause: 9, problems: [], next: [{ url: '/c', tries: 2 }] });

		const whole = roundSchema.parse(readingOf([first, { requests: [users('/c', 2)], answers: [[good([3])]] }], pages));
		expect(whole).toMatchObject({ problems: [], next: [] });
		expect(whole.read.map(({ rows }) => rows)).toEqual([[1], [2], [3]]);
	});

	it('says why there was no answer', () => {
		expect(
			round([users('/users', 3)], [{ error: { message: 'connect ECONNREFUSED' } }]).problems[0]?.sentence,
		).toBe('A request for the list got no answer that can be read ("connect ECONNREFUSED").');
	});

	it('pauses for as long as the vendor asks, and at most a minute', () => {
		const inHalfAMinute = String(Math.floor(Date.now() / 1000) + 30);

		expect(round([users()], [failing(429, { 'retry-after': '7' })]).pause).toBe(7);
		const untilReset = round([users()], [failing(429, { 'x-rate-limit-reset': inHalfAMinute })]).pause;
		expect(untilReset).toBeGreaterThan(27);
		expect(untilReset).toBeLessThan(32);
		expect(round([users()], [failing(429, { 'retry-after': '3600' })]).pause).toBe(60);
		expect(round([users(), users('/b')], [good(), failing(503)]).pause).toBe(2);
	});

	it('keeps what the others brought where one fails', () => {
		const found = round([users('/a'), users('/b'), users('/c')], [good([1]), failing(403), good([3])]);

		expect(found.read.map(({ rows }) => rows)).toEqual([[1], [3]]);
		expect(found.problems).toHaveLength(1);
	});

	it('does not use an answer that is not as documented', () => {
		const found = round([users()], [good({ a: 'b' })], () => ({ problem: 'it is no list' }));

		expect(found.read).toEqual([]);
		expect(found.problems[0]?.sentence).toBe('An answer about the list cannot be used: it is no list.');
	});

	it('leaves pages that lead back to one that was asked, at once or later', () => {
		for (const target of ['/users', '/users?page=1']) {
			const found = round([users()], [good()], leadsTo(target), [users('/users?page=1')]);
			expect(found.next).toEqual([]);
			expect(found.problems[0]?.sentence).toBe('The pages of the list go in a circle.');
		}
	});

	it('ends where a vendor never does', () => {
		const earlier = Array.from({ length: 19_999 }, (_, index) => users(`/users?page=${index}`));

		const found = round([users()], [good()], leadsTo('/users?page=20000'), earlier);
		expect(found.next).toEqual([]);
		expect(found.problems[0]?.sentence).toBe('There were more than 20000 requests.');
	});
});

describe('a reading', () => {
	const read = (rounds: Array<{ requests: Request[]; answers: Answer[] }>, follow: Follow) =>
		z
			.object({ pages: z.number(), problems: z.array(z.object({ sentence: z.string() })) })
			.parse(readingOf(rounds.map(({ requests, answers }) => ({ requests, answers: answers.map((one) => [one]) })), follow));
	const page = (url: string, of?: string): Request => ({
		...users(url),
		...(of === undefined ? {} : { kind: 'members', of, about: `the group ${of}` }),
	});
	const counted =
		(total: number): Follow =>
		(_request, body) => ({ rows: z.array(z.unknown()).parse(body), total, requests: [] });

	it('is complete where as much came as the vendor says', () => {
		const rounds = [
			{ requests: [page('/1')], answers: [good([1, 2])] },
			{ requests: [page('/2')], answers: [good([3])] },
		];
		expect(read(rounds, counted(3))).toEqual({ pages: 2, problems: [] });
	});

	it.each([2, 4])('is not where the vendor says %p of three', (total) => {
		const rounds = [{ requests: [page('/1')], answers: [good([1, 2, 3])] }];
		expect(read(rounds, counted(total)).problems).toEqual([
			expect.objectContaining({
				sentence: `It was said that the list has ${total} entries, and 3 came.`,
			}),
		]);
	});

	it('counts each group by itself, and says of a list only once that it broke off', () => {
		const rounds = [
			{ requests: [page('/a', 'a'), page('/b', 'b')], answers: [good([1, 2]), good([1, 2])] },
			{ requests: [page('/b2', 'b')], answers: [failing(404)] },
		];
		const follow: Follow = (request, body) => ({
			rows: z.array(z.unknown()).parse(body),
			total: request.of === 'a' ? 2 : 9,
			requests: [],
		});
		expect(read(rounds, follow).problems.map(({ sentence }) => sentence)).toEqual([
			expect.stringContaining('the group b was answered with status 404'),
		]);
	});

	it('counts requests that were made again', () => {
		const rounds = [
			{ requests: [page('/1')], answers: [failing(503)] },
			{ requests: [{ ...page('/1'), tries: 2 }], answers: [good([1])] },
		];
		expect(read(rounds, counted(1))).toEqual({ pages: 2, problems: [] });
	});
});
