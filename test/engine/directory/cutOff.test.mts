import type { FaultRule } from '../../../sandbox/server.mts';
import { setUpNotion } from '../support/notionTest.mts';
import { applying } from './applying.mts';
import { company, expectCompany, GROUPS, groupLinks, memory } from './company.mts';
import { applicable, directory, planning } from './planning.mts';

describe('planning again after a run that did not come to its end', () => {
	const notion = setUpNotion();
	const plan = planning(notion);
	const { outcomes } = applying(notion);

	/** The sandbox before the company's directory is applied. */
	const begin = () => {
		const { workspace } = notion.sandbox;
		workspace.removeFromGroup('Finance', 'maria@example.com');
		workspace.addToGroup('Finance', 'ada@example.com');
		const maria = workspace.userByEmail('maria@example.com')?.id ?? '';
		const links = groupLinks(notion);
		const policy = (known = links) => ({
			managedGroups: GROUPS.join(', '),
			syncAttributes: ['displayName', 'title'],
			// What a run made that told no one of it is taken over by its name.
			adoptGroups: 'union',
			removalLimit: 50,
			links: JSON.stringify([{ source: 'test', sourceId: '6', userId: maria, email: 'maria@example.com' }]),
			groupLinks: known,
			memory: memory(),
		});
		return { maria, policy };
	};

	const applyChanges = async (changes: Awaited<ReturnType<typeof plan>>['changes'], run = {}) =>
		await notion.run('directory.apply', {
			items: changes,
			parameters: { options: { removalLimit: 50 } },
			...run,
		});

	/** @returns how many runs it took until nothing was left to do */
	const finish = async ({ policy }: ReturnType<typeof begin>): Promise<number> => {
		let known = policy();
		for (let runs = 1; runs < 4; runs += 1) {
			const { changes } = await plan(directory(company), known);
			const todo = applicable(changes);
			if (todo.length === 0) return runs;
			const run = await applyChanges(todo);
			expect(run.error).toBeUndefined();
			expect(new Set([...outcomes(run), 'done'])).toEqual(new Set(['done']));
			known = policy(groupLinks(notion));
		}
		return Number.POSITIVE_INFINITY;
	};

	const requestsOfOneRun = async (): Promise<number> => {
		const { changes } = await plan(directory(company), begin().policy());
		notion.sandbox.requests.clear();
		await applyChanges(changes);
		return notion.sandbox.requests.count();
	};

	test('comes to the same end, wherever it was stopped', async () => {
		const count = await requestsOfOneRun();
		expect(count).toBeGreaterThan(15);
		for (let last = 0; last < count; last += 1) {
			notion.renew();
			const world = begin();
			const { changes } = await plan(directory(company), world.policy());
			notion.sandbox.requests.clear();
			const stop = new AbortController();
			const look = () => {
				if (notion.sandbox.requests.count() >= last) stop.abort();
				else setImmediate(look);
			};
			look();

			await applyChanges(changes, { cancelSignal: stop.signal });
			await notion.nodeRun.catch(() => undefined);

			expect(await finish(world)).toBeLessThanOrEqual(3);
			expectCompany(notion, world.maria);
		}
	}, 120_000);

	test('says what was done before it was stopped', async () => {
		const { changes } = await plan(directory(company), begin().policy());
		const stop = new AbortController();
		const look = () => {
			if (notion.writes().length >= 3) stop.abort();
			else setImmediate(look);
		};
		look();

		await applyChanges(changes, { cancelSignal: stop.signal });

		await expect(notion.nodeRun).rejects.toThrow(/The execution was canceled. Of \d+ changes of the plan, \d+ were done before/);
	});

	const everywhere: Array<[string, FaultRule]> = [
		['every third answer to a write is lost', { path: '^/scim', method: 'POST|PATCH|DELETE', every: 3, fault: { cutConnection: 'after' } }],
		['every second request fails with 503 once', { every: 2, times: 12, fault: { status: 503, headers: { 'retry-after': '0' } } }],
		['the connection is cut now and then', { probability: 0.15, times: 10, fault: { cutConnection: 'before' } }],
		['answers are cut off', { every: 4, times: 8, fault: { truncateBody: true } }],
	];

	test.each(everywhere)('is not even needed where %s', async (_name, rule) => {
		const world = begin();
		const { changes } = await plan(directory(company), world.policy());
		for (const method of rule.method?.split('|') ?? [undefined]) {
			notion.sandbox.faults.add({ ...rule, ...(method ? { method } : {}) });
		}

		const run = await applyChanges(changes, { onError: 'continueRegularOutput' });

		expect(new Set(outcomes(run))).toEqual(new Set(['done', 'nothingToDo']));
		notion.sandbox.faults.clear();
		expectCompany(notion, world.maria);
	}, 60_000);

	test.each(['POST', 'PATCH', 'DELETE'])('repairs what a %s that failed with 500 left', async (method) => {
		const world = begin();
		const { changes } = await plan(directory(company), world.policy());
		notion.sandbox.faults.add({ method, times: 1, fault: { status: 500 } });

		const run = await applyChanges(changes, { onError: 'continueRegularOutput' });

		expect(outcomes(run)).toContain('failed');
		expect(outcomes(run)).toContain('done');
		notion.sandbox.faults.clear();
		expect(await finish(world)).toBeLessThanOrEqual(3);
		expectCompany(notion, world.maria);
	}, 30_000);
});
