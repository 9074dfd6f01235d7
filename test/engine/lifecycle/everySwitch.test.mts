import { describeSwitches, switchesSchema } from '../../../sandbox/switches.mts';
import { setUpNotion } from '../support/notionTest.mts';
import { JoinerFlow } from './joinerFlow.mts';

/** The examples for a rate limit make for long waits; a few more requests a second show the same. */
const quick = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'perSecond' in value ? { ...value, perSecond: 8 } : value;

/** No one can work where a proxy answers 404 to everything, nor join a group where there is none. */
const settings = describeSwitches().flatMap(({ name, values }) =>
	values
		.filter((value) => !(name === 'gateway404' && value === 'on') && !(name === 'groups' && value === 'none'))
		.map((value): [string, Record<string, unknown>] => [`${name}: ${JSON.stringify(value)}`, { [name]: quick(value) }]),
);

describe('a hire and a change are the same', () => {
	const notion = setUpNotion();

	test.each(settings)('with %s', async (_name, values) => {
		const { workspace } = notion.sandbox;
		notion.sandbox.setSwitches(switchesSchema.partial().parse(values));
		for (const name of ['All Staff', 'Sales']) {
			if (!workspace.groupByName(name)) workspace.addGroup({ displayName: name });
		}
		const flow = new JoinerFlow(notion);
		flow.enter('new', { title: 'Clerk' });

		expect((await flow.report('new')).rows).toMatchObject([{ state: 'done', outcome: 'created' }]);
		expect([...workspace.groupNames('new@example.com')].sort()).toEqual(['All Staff', 'Sales']);
		expect(flow.links).toMatchObject([{ employeeId: 'new', userId: workspace.userByEmail('new@example.com')?.id }]);

		// Reads may lag behind the writes of a run; until the next one they have caught up.
		notion.sandbox.catchUp();
		flow.enter('new', { title: 'Head' });
		expect((await flow.report('new', 'changed')).rows).toMatchObject([{ state: 'done' }]);
		expect(workspace.userByEmail('new@example.com')?.profile.attributes['title']).toBe('Head');
	}, 30_000);

	test('but for the groups where the server has none: they are missing, and tried again', async () => {
		notion.sandbox.setSwitches({ groups: 'none' });
		const flow = new JoinerFlow(notion);
		flow.enter('new', { title: 'Clerk' });

		expect((await flow.report('new')).rows).toMatchObject([{ state: 'retry', outcome: 'created' }]);
		expect(notion.sandbox.workspace.userByEmail('new@example.com')?.standing).toBe('member');
	});
});
