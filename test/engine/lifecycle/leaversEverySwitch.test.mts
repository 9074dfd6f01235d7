import { describeSwitches, switchesSchema } from '../../../sandbox/switches.mts';
import { setUpNotion } from '../support/notionTest.mts';
import { LeaverFlow } from './leaverFlow.mts';

/** The examples for a rate limit make for long waits; a few more requests a second show the same. */
const quick = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'perSecond' in value ? { ...value, perSecond: 8 } : value;

const settings = describeSwitches().flatMap(({ name, values }) =>
	values.map((value): [string, Record<string, unknown>] => [
		`${name}: ${JSON.stringify(value)}`,
		{ [name]: quick(value) },
	]),
);

describe('a removal is the same', () => {
	const notion = setUpNotion();

	test.each(settings)('with %s', async (_name, values) => {
		const { workspace } = notion.sandbox;
		notion.sandbox.setSwitches(switchesSchema.partial().parse(values));
		const flow = new LeaverFlow(notion);
		flow.enter('7', 'ada@example.com', { managerEmail: 'grace@example.com' });

		const [row] = (await flow.report(['7'])).rows;

		const isMember = workspace.userByEmail('ada@example.com')?.membership === 'member';
		// Where a proxy answers 404 to everything no one can work, and nothing may be taken for done.
		const expected = 'gateway404' in values && values['gateway404'] === 'on' ? 'notRemoved' : 'removed';
		expect(isMember).toBe(expected === 'notRemoved');
		expect(row?.['outcome'] === 'removed').toBe(expected === 'removed');
		expect(row?.['state']).toBe(expected === 'removed' ? 'done' : 'retry');
	}, 30_000);
});
