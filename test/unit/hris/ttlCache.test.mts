import { TtlCache } from '../../../hris-trigger/lib/ttlCache.ts';

/** A load that returns how often it has run. */
function countingLoad() {
	let loads = 0;
	return async () => await Promise.resolve((loads += 1));
}

test('concurrent calls share one load', async () => {
	const cache = new TtlCache<number>(1_000);
	const load = countingLoad();
	const values = await Promise.all([0, 1, 999].map(async (now) => await cache.get('a', load, now)));
	expect(values).toEqual([1, 1, 1]);
});

test.each([
	['after the TTL', 1_000],
	['after the clock was set back', -1],
])('a value is loaded again %s', async (_when, now) => {
	const cache = new TtlCache<number>(1_000);
	const load = countingLoad();
	await cache.get('a', load, 0);
	expect(await cache.get('a', load, now)).toBe(2);
});

test('use does not extend the TTL', async () => {
	const cache = new TtlCache<number>(1_000);
	const load = countingLoad();
	for (const now of [0, 900]) await cache.get('a', load, now);
	expect(await cache.get('a', load, 1_100)).toBe(2);
});

test('each key has its own value', async () => {
	const cache = new TtlCache<string>(1_000);
	expect(await cache.get('a', async () => await Promise.resolve('of a'), 0)).toBe('of a');
	expect(await cache.get('b', async () => await Promise.resolve('of b'), 0)).toBe('of b');
});

test('a failed load is not cached', async () => {
	const cache = new TtlCache<number>(1_000);
	const fail = async () => await Promise.reject(new Error('locked'));
	const both = [cache.get('a', fail, 0), cache.get('a', fail, 0)];
	for (const one of both) await expect(one).rejects.toThrow('locked');
	expect(await cache.get('a', countingLoad(), 1)).toBe(1);
});
