import { systemClock } from '../../../nodes/NotionScim/transport/clock.ts';
import { byEmail, jsons, setUpNotion } from '../support/notionTest.mts';

describe('a canceled execution', () => {
	const notion = setUpNotion();
	const throttle = () =>
		notion.sandbox.faults.add({
			method: 'PATCH',
			fault: { status: 429, headers: { 'retry-after': '100' } },
		});
	const stopWhen = (condition: () => boolean): AbortSignal => {
		const stop = new AbortController();
		const look = () => {
			if (condition()) stop.abort();
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
			const sleep = jest.spyOn(systemClock, 'sleep');
			const isWaiting = () => sleep.mock.calls.some(([milliseconds]) => milliseconds > 90_000);
			const began = Date.now();

			const run = await notion.run('user.update', {
				parameters, items, onError, cancelSignal: stopWhen(isWaiting),
			});
			sleep.mockRestore();
			expect(run.status).toBe('canceled');
			await expect(notion.nodeRun).rejects.toThrow('canceled');
			expect(Date.now() - began).toBeLessThan(5_000);
			expect(notion.sandbox.requests.count({ method: 'PATCH' })).toBe(1);
			expect(jsons(run).some(({ outcome }) => outcome === 'updated')).toBe(false);
		},
	);

	test('ends at once while an answer is awaited, and sends nothing more', async () => {
		notion.sandbox.faults.add({ method: 'PATCH', fault: { delayMs: 300 } });
		const isUnderWay = () => notion.sandbox.faults.all()[0]?.seen === 1;

		const run = await notion.run('user.update', {
			parameters, items, cancelSignal: stopWhen(isUnderWay),
		});
		expect(run.status).toBe('canceled');
		await expect(notion.nodeRun).rejects.toThrow('canceled');
		expect(notion.sandbox.faults.all()[0]?.seen).toBe(1);
	});
});
