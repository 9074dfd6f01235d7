import { describeSwitches, switchesSchema } from '../../../sandbox/switches.mts';
import { setUpNotion } from '../support/notionTest.mts';
import { JoinerFlow } from './joinerFlow.mts';

/** The examples for a rate limit make for long waits; a few more requests a second show the same. */
const quick = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && 'perSecond' in value ? { ...value, perSecond: 8 } : value;

/** No one can work where a proxy answers 404 to everything. Where the server has no groups, none is joined: see below. */
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

		flow.enter('new', { title: 'Head' });
		expect((await flow.report('new', 'changed')).rows).toMatchObject([{ state: 'done' }]);
		expect(workspace.userByEmail('new@example.com')?.profile.attributes['title']).toBe('Head');
	}, 30_000);

	test('but for the groups where the server has none: the person is created, and the groups are tried again', async () => {
		notion.sandbox.setSwitches(switchesSchema.partial().parse({ groups: 'none' }));
		const flow = new JoinerFlow(notion);
		flow.enter('new');

		const [row] = (await flow.report('new')).rows;
		expect(row).toMatchObject({ state: 'retry', outcome: 'created' });
		expect(String(row?.['details'])).toContain('"groupsMissing":["All Staff","Sales"]');
		expect(notion.sandbox.workspace.userByEmail('new@example.com')?.membership).toBe('member');
	});
});
