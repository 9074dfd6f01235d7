import type { Operation } from '../../../lib/directory/apply/changeRunner.ts';
import { ChangeRunner } from '../../../lib/directory/apply/changeRunner.ts';
import { CreationCount, defaultCreateLimit } from '../../../lib/directory/guards/creationLimit.ts';
import type { PlannedChange } from '../../../lib/directory/plan/plannedChange.ts';
import { RemovalCount } from '../../../lib/directory/guards/removalLimit.ts';
import { ScimError } from '../../../lib/scim/scimError.ts';

const change = (name: string): PlannedChange => ({
	action: 'user.remove',
	target: { type: 'user', id: name, email: null, displayName: null, source: null, sourceId: null },
	member: null, changes: [], reason: 'inactive', explanation: '', guard: 'ok', impact: 1, precondition: {},
	planDigest: 'x', workspace: 'x', policyDigest: 'x', plannedAt: '', expiresAt: '', signature: name,
});

const failure = (kind: ScimError['kind']): ScimError => new ScimError(kind, `It is ${kind}.`, 'Do something.');

/** A runner that may remove so much, with a count of what it has reserved. */
const runnerWith = (limit: number) => {
	const count = new RemovalCount();
	const seats = new CreationCount();
	const runner = new ChangeRunner(
		{
			reserveRemovals: (impact) => Promise.resolve(count.reserve(impact, limit)),
			releaseRemovals: (impact) => count.release(impact),
			reserveSeat: () => Promise.resolve(seats.reserve(limit)),
			releaseSeat: () => seats.release(),
		},
		{ now: () => Date.parse('2026-06-01T08:00:00Z') },
	);
	return { runner, left: () => [0, 1, 2, 3, 4].filter((more) => count.fits(more, limit)).at(-1) };
};

const operation = (act: Operation['act'], seats: 0 | 1 = 0): Operation => ({ impact: 1, seats, act });
const done = () => Promise.resolve({ outcome: 'done' as const, note: 'Done.' });

describe('changes on their way', () => {
	test('are reserved in their order, however long their checks take', async () => {
		const { runner } = runnerWith(2);
		const changes = ['slow', 'quick', 'quicker'].map(change);

		await runner.run(changes, async (one) => {
			if (one.signature === 'slow') await new Promise((resolve) => setImmediate(resolve));
			return operation(done);
		});

		expect(changes.map((one) => runner.results.get(one)?.outcome)).toEqual(['done', 'done', 'held']);
	});

	test.each<[ScimError['kind'], string, number | undefined]>([
		['refused', 'failed', 3],
		['emailTaken', 'failed', 3],
		['serverError', 'notVerified', 2],
		['unexpectedAnswer', 'notVerified', 2],
		['notTaken', 'notTaken', 2],
		['notVerified', 'notVerified', 2],
	])('that end in %s are %s, and %d may still be removed of 3', async (kind, outcome, left) => {
		const { runner, left: leftOf } = runnerWith(3);
		const one = change('a');

		await runner.run([one], () => Promise.resolve(operation(() => Promise.reject(failure(kind)))));

		expect(runner.results.get(one)).toMatchObject({
			outcome, impact: outcome === 'notVerified' ? 1 : 0, at: '2026-06-01T08:00:00.000Z',
		});
		expect(leftOf()).toBe(left);
	});

	test.each<ScimError['kind']>(['serverError', 'network', 'rateLimited', 'tokenRejected'])(
		'have failed and use nothing up where %s is known to have done nothing',
		async (kind) => {
			const { runner, left } = runnerWith(3);
			const one = change('a');
			const error = new ScimError(kind, 'No.', 'Do something.', { isNothingDone: true });

			await runner.run([one], () => Promise.resolve(operation(() => Promise.reject(error), 1)));

			expect(runner.results.get(one)).toMatchObject({ outcome: 'failed', impact: 0, seats: 0 });
			expect(left()).toBe(3);
		},
	);

	test('have failed where they came no further than their check', async () => {
		const { runner } = runnerWith(3);
		const one = change('a');

		await runner.run([one], () => Promise.reject(failure('network')));

		expect(runner.results.get(one)).toMatchObject({ outcome: 'failed', impact: 0 });
	});

	test('give back what was reserved where nothing was to be done after all', async () => {
		const { runner, left } = runnerWith(3);

		await runner.run([change('a')], () =>
			Promise.resolve(operation(() => Promise.resolve({ outcome: 'unchanged', note: 'It was so.' }))),
		);

		expect(left()).toBe(3);
	});

	test.each<ScimError['kind']>(['tokenRejected', 'network', 'rateLimited'])('all end with %s', async (kind) => {
		const { runner, left } = runnerWith(4);
		const changes = Array.from({ length: 30 }, (_one, number) => change(`${number}`));
		const acts: Operation['act'] = () => Promise.reject(failure(kind));

		await runner.run(changes.slice(0, 1), () => Promise.resolve(operation(acts)));
		await runner.run(changes.slice(1), () => Promise.resolve(operation(done)));

		const outcomes = changes.map((one) => runner.results.get(one)?.outcome);
		expect(outcomes).toEqual(['notVerified', ...Array.from({ length: 29 }, () => 'notTried')]);
		// What was sent and failed may have been done.
		expect(left()).toBe(3);
	});

	test('that a canceled execution interrupted are not verified, the others not tried', async () => {
		const { runner } = runnerWith(10);
		const [first, second] = [change('a'), change('b')];

		await expect(
			runner.run([first], () => Promise.resolve(operation(() => Promise.reject(failure('cancelled'))))),
		).rejects.toMatchObject({ kind: 'cancelled' });

		expect(runner.resultOf(first)).toMatchObject({ outcome: 'notVerified', impact: 1 });
		expect(runner.resultOf(second)).toMatchObject({ outcome: 'notTried', impact: 0 });
	});

	test('that meet a defect are failures like any other', async () => {
		const { runner } = runnerWith(10);
		const [first, second] = [change('a'), change('b')];

		await runner.run([first, second], (one) =>
			Promise.resolve(operation(one === first ? () => Promise.reject(new TypeError('x is not a function')) : done)),
		);

		expect(runner.results.get(first)).toMatchObject({
			outcome: 'notVerified', error: { kind: 'unexpectedAnswer' },
		});
		expect(runner.results.get(second)).toMatchObject({ outcome: 'done' });
	});

	test('about one person are done one after the other', async () => {
		const { runner } = runnerWith(10);
		const order: string[] = [];
		const twice = [change('a'), { ...change('a'), signature: 'second' }];

		await runner.run(twice, (one) =>
			Promise.resolve(
				operation(async () => {
					order.push(`begin ${one.signature}`);
					await new Promise((resolve) => setImmediate(resolve));
					order.push(`end ${one.signature}`);
					return await done();
				}),
			),
		);

		expect(order).toEqual(['begin a', 'end a', 'begin second', 'end second']);
	});
});

describe('seats', () => {
	test.each([[1, 10], [99, 10], [100, 10], [110, 11], [999, 99], [1_000, 100], [50_000, 100]])(
		'%d members: %d a day',
		(members, limit) => expect(defaultCreateLimit(members)).toBe(limit),
	);

	test('are not reserved beyond the limit, and not with a limit that is not a number', () => {
		const count = new CreationCount();
		count.reserve(3, 1);
		count.reserve(3, 1);
		expect(() => count.reserve(3, 1)).toThrow('others of the last day 1 of the 3 that it may');
		count.release();
		count.reserve(3, 1);
		expect(() => new CreationCount().reserve(Number.NaN)).toThrow(ScimError);
	});
});
