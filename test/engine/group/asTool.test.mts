import { callAsTool } from '../runner/callAsTool.mts';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { byName, membersOf, setUpGroups } from './groupTest.mts';

describe('group: add members, as a tool of an agent', () => {
	const notion = setUpGroups();

	const call = async (members: unknown) =>
		await callAsTool(notion.engine, {
			node: new NotionScim(),
			parameters: {
				resource: 'group',
				operation: 'addMembers',
				group: byName("={{ $fromAI('group', 'Name of the group', 'string') }}"),
				members: "={{ $fromAI('members', 'Emails of the people', 'string') }}",
			},
			arguments: { group: 'Finance', members: String(members) },
			credentials: notion.credential({ access: 'noRemovals' }),
		});

	test('plans what the model asks, and adds no one', async () => {
		const finance = notion.sandbox.workspace.groupByName('Finance');

		const answer = await call('ada@example.com, maria@example.com');

		expect(answer.response).toMatchObject([
			{
				outcome: 'planned',
				plannedChange: expect.stringMatching(
					/^Add members to a group\. Group: "Finance" \(1 member\)\. Members: ada@example\.com \("Ada Lovelace", member\), maria@example\.com /,
				),
			},
		]);
		expect(membersOf(notion.sandbox, finance?.id ?? '')).toEqual(['maria@example.com']);
	});

	test('says who is in a group by name', async () => {
		const { response } = await callAsTool(notion.engine, {
			node: new NotionScim(),
			parameters: { resource: 'group', operation: 'get', group: byName("={{ $fromAI('group', '', 'string') }}") },
			arguments: { group: 'Finance' },
			credentials: notion.credential({ access: 'readOnly' }),
		});

		expect(response).toMatchObject([{ displayName: 'Finance', memberCount: 1, members: ['maria@example.com (María José Fernández)'] }]);
		expect(JSON.stringify(response)).not.toContain('memberIds');
	});

	test.each(['get', 'getAll'])('%s never leaves out that members may be missing', async (operation) => {
		const members = Array.from({ length: 100 }, (_none, index) => `person${index}@example.com`);
		for (const email of members) notion.sandbox.workspace.addUser({ email, name: 'A Person' });
		notion.sandbox.workspace.addGroup({ displayName: 'Everyone', members });
		const found = operation === 'get' ? { group: byName('Everyone') } : { filters: { displayName: 'Everyone' } };

		const { response } = await callAsTool(notion.engine, {
			node: new NotionScim(),
			parameters: { resource: 'group', operation, ...found, output: 'selectedFields', fields: ['displayName'] },
			arguments: {},
			credentials: notion.credential({ access: 'readOnly' }),
		});

		expect(response).toEqual([{ displayName: 'Everyone', membersMayBeCut: true }]);
	});

	test('tells the model why it could not, and what it could do', async () => {
		const { error } = await call('adda@example.com');

		expect(error?.message).toContain('No one in the workspace has the email adda@example.com.');
		expect(error?.message).toContain('Check the spelling.');
	});
});
