import { RecentAnswers } from '../../../hris-trigger/lib/recentAnswers.ts';

/** Answers with how often it was asked. */
function counting() {
	let asked = 0;
	return async () => await Promise.resolve((asked += 1));
}

test('what is asked many times at once is answered once', async () => {
	const recent = new RecentAnswers<number>(1_000);
	const ask = counting();
	const answers = await Promise.all([0, 1, 999].map(async (now) => await recent.to('a', ask, now)));
	expect(answers).toEqual([1, 1, 1]);
});

test.each([
	['a second later', 1_000],
	['after the clock was set back', -1],
])('it is asked again %s', async (_when, now) => {
	const recent = new RecentAnswers<number>(1_000);
	const ask = counting();
	await recent.to('a', ask, 0);
	expect(await recent.to('a', ask, now)).toBe(2);
});

test('an answer that is used keeps no longer', async () => {
	const recent = new RecentAnswers<number>(1_000);
	const ask = counting();
	for (const now of [0, 900]) await recent.to('a', ask, now);
	expect(await recent.to('a', ask, 1_100)).toBe(2);
});

test('each thing has its own answer', async () => {
	const recent = new RecentAnswers<string>(1_000);
	expect(await recent.to('a', async () => await Promise.resolve('of a'), 0)).toBe('of a');
	expect(await recent.to('b', async () => await Promise.resolve('of b'), 0)).toBe('of b');
});

test('an answer that failed is not kept', async () => {
	const recent = new RecentAnswers<number>(1_000);
	const failing = async () => await Promise.reject(new Error('locked'));
	const both = [recent.to('a', failing, 0), recent.to('a', failing, 0)];
	for (const one of both) await expect(one).rejects.toThrow('locked');
	expect(await recent.to('a', counting(), 1)).toBe(1);
});
