import fc from 'fast-check';

import type { RateLimits, Permit } from '../../../lib/scim/rateLimiter.ts';
import { RateLimiter, PauseTooLong } from '../../../lib/scim/rateLimiter.ts';
import { VirtualClock } from './virtualClock.mts';

const limits = (settings: Partial<RateLimits> = {}): RateLimits => ({
	initialInFlight: 4,
	mostInFlight: 16,
	...settings,
});

/** Requests that all want to begin; `begun` holds the times at which they were let through. */
const crowd = (rateLimiter: RateLimiter, clock: VirtualClock, size: number, signal?: AbortSignal) => {
	const permits: Permit[] = [];
	const begun: number[] = [];
	const all = Array.from({ length: size }, async () => {
		const permit = await rateLimiter.begin(signal);
		permits.push(permit);
		begun.push(clock.now());
	});
	return { permits, begun, all };
};

/** How many requests the rate limiter lets through at once, found by trying. */
const allowed = async (rateLimiter: RateLimiter, clock: VirtualClock): Promise<number> => {
	const stop = new AbortController();
	const { permits, all } = crowd(rateLimiter, clock, 40, stop.signal);
	await clock.settle();
	const count = permits.length;
	stop.abort();
	await Promise.allSettled(all);
	for (const permit of permits) rateLimiter.end(permit, 'none');
	return count;
};

describe('the rate limiter', () => {
	it('lets through as many as allowed, and the next one when one is done', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits());
		const { permits, begun } = crowd(rateLimiter, clock, 6);
		await clock.settle();
		expect(begun).toHaveLength(4);
		for (const permit of permits.splice(0, 2)) rateLimiter.end(permit, 'none');
		await clock.settle();
		expect(begun).toHaveLength(6);
	});

	it('speeds up while answers are good, up to the most', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits());
		const measured: number[] = [];
		for (let round = 0; round < 400; round += 1) {
			if (round % 4 === 0) measured.push(await allowed(rateLimiter, clock));
			rateLimiter.end(await rateLimiter.begin(), 'good');
		}
		expect(measured[0]).toBe(4);
		expect(measured.at(-1)).toBe(16);
		expect([...measured].sort((one, other) => one - other)).toEqual(measured);
	});

	it('does not learn from requests that got no answer', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits());
		for (let round = 0; round < 100; round += 1) rateLimiter.end(await rateLimiter.begin(), 'none');
		expect(await allowed(rateLimiter, clock)).toBe(4);
	});

	it('halves once for a whole burst of throttled answers', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits({ initialInFlight: 8 }));
		const burst = await Promise.all(Array.from({ length: 8 }, () => rateLimiter.begin()));
		await clock.advance(50);
		for (const permit of burst) rateLimiter.end(permit, 'throttled');
		expect(await allowed(rateLimiter, clock)).toBe(4);
		await clock.advance(50);
		rateLimiter.end(await rateLimiter.begin(), 'throttled');
		expect(await allowed(rateLimiter, clock)).toBe(2);
	});

	it('leaves a growing gap where one at a time is too fast, and closes it again', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits({ initialInFlight: 1 }));
		const gaps: number[] = [];
		const oneAfterAnother = async (result: 'good' | 'throttled') => {
			const before = clock.now();
			const permit = await clock.run(rateLimiter.begin());
			gaps.push(clock.now() - before);
			await clock.advance(1);
			rateLimiter.end(permit, result);
		};
		for (let round = 0; round < 9; round += 1) await oneAfterAnother('throttled');
		expect(gaps).toEqual([0, 100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]);
		for (let round = 0; round < 60; round += 1) await oneAfterAnother('good');
		expect(gaps.at(-1)).toBe(0);
	});

	it('lets no one begin within the pause that the server asked for', async () => {
		const clock = new VirtualClock(0);
		const rateLimiter = new RateLimiter(clock, limits());
		const { permits, begun } = crowd(rateLimiter, clock, 9);
		await clock.settle();
		await clock.advance(10);
		for (const [index, permit] of permits.splice(0).entries()) {
			// A shorter pause that is named later does not shorten the first.
			rateLimiter.end(permit, 'throttled', index === 0 ? 3_000 : 500);
		}
		begun.splice(0);
		await clock.advance(2_999);
		expect(begun).toEqual([]);
		await clock.advance(1);
		expect(begun).toEqual([3_010, 3_010]);
	});

	it('refuses at once, instead of waiting, where the pause is longer than the caller waits', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits());
		rateLimiter.end(await rateLimiter.begin(), 'throttled', 120_001);
		await expect(rateLimiter.begin(undefined, 120_000)).rejects.toBeInstanceOf(PauseTooLong);
		expect(clock.sleeps).toEqual([]);
		await clock.advance(1);
		await expect(clock.run(rateLimiter.begin(undefined, 120_000))).resolves.toBeDefined();
	});

	it('tells those who wait already when the pause becomes too long for them', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits({ initialInFlight: 1 }));
		const first = await rateLimiter.begin();
		const waiting = rateLimiter.begin(undefined, 120_000);
		await clock.settle();
		rateLimiter.end(first, 'throttled', 500_000);
		await expect(waiting).rejects.toBeInstanceOf(PauseTooLong);
	});

	it('tries again after an hour, however long a pause was asked for', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits());
		rateLimiter.end(await rateLimiter.begin(), 'throttled', Number.POSITIVE_INFINITY);
		const begun = rateLimiter.begin();
		await clock.advance(3_600_000);
		await expect(begun).resolves.toBeDefined();
	});

	it.each([1, 3, 7])('begins at most %i requests in every second', async (mostPerSecond) => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits({ mostPerSecond, initialInFlight: 16 }));
		const { begun, all, permits } = crowd(rateLimiter, clock, 40);
		const ending = Promise.all(all);
		while (begun.length < 40) {
			await clock.step();
			for (const permit of permits.splice(0)) rateLimiter.end(permit, 'good');
		}
		await ending;
		for (const start of begun) {
			// Half a millisecond for the sums of fractions.
			const inWindow = begun.filter((time) => time >= start && time < start + 999.5);
			expect(inWindow.length).toBeLessThanOrEqual(mostPerSecond);
		}
	});

	it('obeys a limit that is set later', async () => {
		const clock = new VirtualClock(0);
		const rateLimiter = new RateLimiter(clock, limits());
		rateLimiter.limitPerSecond(2);
		const { begun } = crowd(rateLimiter, clock, 3);
		await clock.advance(2_000);
		expect(begun).toEqual([0, 500, 1_000]);
	});

	it('listens to a signal once, however many wait', async () => {
		const clock = new VirtualClock();
		const rateLimiter = new RateLimiter(clock, limits({ initialInFlight: 1 }));
		const stop = new AbortController();
		const listen = jest.spyOn(stop.signal, 'addEventListener');
		const { all } = crowd(rateLimiter, clock, 50, stop.signal);
		await clock.settle();
		expect(listen).toHaveBeenCalledTimes(1);
		stop.abort();
		const results = await Promise.allSettled(all);
		expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(49);
	});

	describe('when a person gives up', () => {
		it('rejects with the reason, at once, in the queue, in the pause and before', async () => {
			const clock = new VirtualClock();
			const rateLimiter = new RateLimiter(clock, limits({ initialInFlight: 1 }));
			const stop = new AbortController();
			const reason = new Error('stopped');
			const permit = await rateLimiter.begin();
			const queued = rateLimiter.begin(stop.signal);
			stop.abort(reason);
			await expect(queued).rejects.toBe(reason);
			await expect(rateLimiter.begin(stop.signal)).rejects.toBe(reason);
			rateLimiter.end(permit, 'throttled', 1_000);
			const inPause = new AbortController();
			const paused = rateLimiter.begin(inPause.signal);
			await clock.settle();
			inPause.abort(reason);
			await expect(paused).rejects.toBe(reason);
		});

		it('passes the place on, even if it had been woken in the same moment', async () => {
			const clock = new VirtualClock();
			const rateLimiter = new RateLimiter(clock, limits({ initialInFlight: 1 }));
			const stop = new AbortController();
			const permit = await rateLimiter.begin();
			const first = rateLimiter.begin(stop.signal);
			const second = rateLimiter.begin();
			await clock.settle();
			rateLimiter.end(permit, 'none');
			stop.abort();
			await expect(first).rejects.toBeDefined();
			await expect(clock.run(second)).resolves.toBeDefined();
		});

		it('passes the place on, even if it had been woken into a pause', async () => {
			const clock = new VirtualClock();
			const rateLimiter = new RateLimiter(clock, limits({ initialInFlight: 1 }));
			const stop = new AbortController();
			const permit = await rateLimiter.begin();
			const first = rateLimiter.begin(stop.signal);
			const second = rateLimiter.begin();
			await clock.settle();
			rateLimiter.end(permit, 'throttled', 5_000);
			await clock.advance(10);
			stop.abort();
			await expect(first).rejects.toBeDefined();
			await expect(clock.run(second)).resolves.toBeDefined();
		});
	});

	it('never is idle and never breaks a limit, whatever happens in whatever order', async () => {
		const event = fc.oneof(
			{ weight: 5, arbitrary: fc.record({ do: fc.constant('begin' as const), abortable: fc.boolean() }) },
			{
				weight: 4,
				arbitrary: fc.record({
					do: fc.constant('end' as const),
					which: fc.nat(20),
					result: fc.constantFrom('good' as const, 'throttled' as const, 'none' as const),
					pause: fc.constantFrom(0, 0, 100, 3_000),
				}),
			},
			{ weight: 2, arbitrary: fc.record({ do: fc.constant('abort' as const), which: fc.nat(20) }) },
			{ weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), time: fc.nat(1_500) }) },
			{ weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
		);
		const schedule = fc.record({
			mostInFlight: fc.integer({ min: 1, max: 6 }),
			mostPerSecond: fc.constantFrom(undefined, undefined, 2, 10),
			events: fc.array(event, { maxLength: 40 }),
		});
		await fc.assert(
			fc.asyncProperty(schedule, async ({ mostInFlight, mostPerSecond, events }) => {
				const clock = new VirtualClock();
				const rateLimiter = new RateLimiter(clock, { initialInFlight: 1, mostInFlight, mostPerSecond });
				const open: Permit[] = [];
				const begun: number[] = [];
				const pauses: Array<{ from: number; until: number }> = [];
				const aborts: AbortController[] = [];
				let wanted = 0;
				let settled = 0;
				const begin = (signal?: AbortSignal): void => {
					wanted += 1;
					void rateLimiter
						.begin(signal)
						.then((permit) => {
							open.push(permit);
							begun.push(clock.now());
							expect(open.length).toBeLessThanOrEqual(mostInFlight);
							for (const { from, until } of pauses) {
								expect(clock.now() <= from || clock.now() >= until).toBe(true);
							}
						})
						.catch((error: unknown) => {
							if (!(error instanceof DOMException)) throw error;
						})
						.finally(() => {
							settled += 1;
						});
				};
				const end = (which: number, result: 'good' | 'throttled' | 'none', pause: number): void => {
					const [permit] = open.splice(which % Math.max(1, open.length), 1);
					if (!permit) return;
					rateLimiter.end(permit, result, pause);
					if (result === 'throttled') {
						pauses.push({ from: clock.now(), until: clock.now() + pause });
					}
				};
				for (const happening of events) {
					if (happening.do === 'begin') {
						const controller = new AbortController();
						if (happening.abortable) aborts.push(controller);
						begin(controller.signal);
					} else if (happening.do === 'end') {
						end(happening.which, happening.result, happening.pause);
					} else if (happening.do === 'abort') {
						aborts.splice(happening.which % Math.max(1, aborts.length), 1)[0]?.abort();
					} else if (happening.do === 'wait') {
						await clock.advance(happening.time);
					} else {
						await clock.settle();
					}
				}
				// From here on every request ends, so each that waits must get its turn.
				for (let turn = 0; turn < 500 && settled < wanted; turn += 1) {
					await clock.settle();
					for (const permit of open.splice(0)) rateLimiter.end(permit, 'good');
					await clock.step();
				}
				expect(settled).toBe(wanted);
				if (mostPerSecond !== undefined) {
					for (const start of begun) {
						const inWindow = begun.filter((time) => time >= start && time < start + 999.5);
						expect(inWindow.length).toBeLessThanOrEqual(mostPerSecond);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});
});
