import fc from 'fast-check';

import type { SwitchSettings } from '../../../sandbox/server.mts';
import { describeSwitches, switchesSchema } from '../../../sandbox/switches.mts';
import { setUpNotion } from '../support/notionTest.mts';
import { applying } from './applying.mts';
import { company, expectCompany, GROUPS, groupLinks, memory } from './company.mts';
import { applicable, directory, planning } from './planning.mts';

const settings = (entries: Array<[string, unknown]>): SwitchSettings =>
	switchesSchema.partial().parse(Object.fromEntries(entries));

/** The examples for a rate limit make for long waits; a few more requests a second show the same. */
const quick = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'perSecond' in value ? { ...value, perSecond: 20 } : value;

const switches = describeSwitches()
	.map(({ name, values }) => ({ name, values: values.map(quick) }))
	// No one can work where a proxy answers 404 to everything, and no groups can be managed where there are none.
	.filter(({ name }) => name !== 'gateway404' && name !== 'groups');

const singles = switches.flatMap(({ name, values }) =>
	values.map((value): [string, SwitchSettings] => [
		`${name}: ${JSON.stringify(value)}`,
		settings([[name, value]]),
	]),
);

/** Waiting takes seconds with these, so they keep their default where many are drawn. */
const SLOW = ['rateLimit', 'writeConflict'];

const combination = fc
	.tuple(
		...switches.map(({ name, values }) =>
			fc
				.constantFrom(...(SLOW.includes(name) ? values.slice(0, 1) : values))
				.map((value): [string, unknown] => [name, value]),
		),
	)
	.map(settings);

describe('a plan that is applied ends as planned', () => {
	const notion = setUpNotion();
	const plan = planning(notion);
	const { apply, outcomes } = applying(notion);

	const syncRun = async () => {
		const { workspace } = notion.sandbox;
		const idOf = (email: string) => workspace.userByEmail(email)?.id ?? '';
		const maria = idOf('maria@example.com');
		workspace.removeFromGroup('Finance', 'maria@example.com');
		workspace.addToGroup('Finance', 'ada@example.com');
		const policy = {
			managedGroups: GROUPS.join(', '),
			syncAttributes: ['displayName', 'title'],
			createEmptyGroups: true,
			removalLimit: 50,
			links: JSON.stringify([{ source: 'test', sourceId: '6', userId: maria, email: 'maria@example.com' }]),
			groupLinks: groupLinks(notion),
			memory: memory(),
		};
		const first = await plan(directory(company), policy);
		expect(first.summary).toMatchObject({ mayTakeAway: true });
		const todo = applicable(first.changes);
		expect(todo.map(({ action }) => action)).toEqual(
			expect.arrayContaining([
				'group.create', 'user.rename', 'user.update', 'user.create', 'group.addMembers',
				'group.removeMembers', 'user.remove',
			]),
		);

		const run = await notion.run('directory.apply', {
			items: first.changes,
			parameters: { options: { removalLimit: 50 } },
		});

		expect(run.error).toBeUndefined();
		// Reads may lag behind the writes of a run; until the next one they have caught up.
		notion.sandbox.catchUp();
		expect(new Set(outcomes(run))).toEqual(new Set(['done', 'nothingToDo']));
		expectCompany(notion, maria);

		const linked = {
			...policy,
			groupLinks: groupLinks(notion),
		};
		notion.sandbox.requests.clear();
		const second = await plan(directory(company), linked);
		expect(applicable(second.changes)).toEqual([]);
		expect(notion.writes()).toEqual([]);

		// The same plan once more finds everything done.
		const again = await apply(JSON.parse(JSON.stringify(todo)), { options: { removalLimit: 50 } });
		expect(new Set(outcomes(again))).toEqual(new Set(['unchanged']));
		expect(notion.writes()).toEqual([]);
	};

	test.each(singles)('with %s', async (_name, switchSettings) => {
		notion.sandbox.setSwitches(switchSettings);
		await syncRun();
	}, 30_000);

	test('with switches set at random', async () => {
		await fc.assert(
			fc.asyncProperty(combination, async (switchSettings) => {
				notion.renew();
				notion.sandbox.setSwitches(switchSettings);
				await syncRun();
			}),
			{ seed: 20_260_601, numRuns: 15 },
		);
	}, 120_000);
});
