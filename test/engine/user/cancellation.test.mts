import { byEmail, jsons, setUpNotion } from '../support/notionTest.mts';

describe('a canceled execution', () => {
	const notion = setUpNotion();
	const throttle = () =>
		notion.sandbox.faults.add({
			method: 'PATCH',
			fault: { status: 429, headers: { 'retry-after': '100' } },
		});
	/** Aborts as soon as the sandbox has answered so many requests of a kind. */
	const stopAfter = (method: string, count: number): AbortSignal => {
		const stop = new AbortController();
		const look = () => {
			if (notion.sandbox.requests.count({ method }) >= count) stop.abort();
			else setImmediate(look);
		};
		look();
		return stop.signal;
	};
	const parameters = { user: byEmail('={{ $json.email }}'), updateFields: { title: 'New' } };
	const items = [{ email: 'ada@example.com' }, { email: 'kenji@example.com' }];

	test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'ends at once during a long wait, under %s too',
		async (onError) => {
			throttle();
			const began = Date.now();

			const run = await notion.run('user.update', {
				parameters, items, onError, cancelSignal: stopAfter('PATCH', 1),
			});
			expect(run.status).toBe('canceled');
			expect(Date.now() - began).toBeLessThan(5_000);
			expect(notion.sandbox.requests.count({ method: 'PATCH' })).toBe(1);
			expect(jsons(run).some(({ outcome }) => outcome === 'updated')).toBe(false);
		},
	);

	test('ends at once while an answer is awaited, and sends nothing more', async () => {
		notion.sandbox.faults.add({ method: 'PATCH', fault: { delayMs: 300 } });
		const stop = new AbortController();
		const look = () => {
			if (notion.sandbox.faults.all()[0]?.seen === 1) stop.abort();
			else setImmediate(look);
		};
		look();

		const run = await notion.run('user.update', { parameters, items, cancelSignal: stop.signal });
		expect(run.status).toBe('canceled');
		expect(run.durationMs).toBeLessThan(290);
	});
});
