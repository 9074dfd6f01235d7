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

	test('does what the model asks, and tells it what was done', async () => {
		const finance = notion.sandbox.workspace.groupByName('Finance');

		const answer = await call('ada@example.com, maria@example.com');

		expect(answer.response).toMatchObject([
			{
				group: { displayName: 'Finance' },
				outcome: 'updated',
				added: [{ email: 'ada@example.com' }],
				alreadyMembers: [{ email: 'maria@example.com' }],
			},
		]);
		expect(membersOf(notion.sandbox, finance?.id ?? '')).toEqual(['ada@example.com', 'maria@example.com']);
	});

	test('tells the model why it could not, and what it could do', async () => {
		const { error } = await call('adda@example.com');

		expect(error?.message).toContain('No one in the workspace has the email adda@example.com.');
		expect(error?.message).toContain('Check the spelling.');
	});
});
