import type { NodeExecutionHint } from 'n8n-workflow';

import { createNode, nodeName } from '../runner/engine.mts';
import type { NodeRun } from '../runner/engine.mts';
import { SourceNode } from '../runner/sourceNode.mts';
import type { NotionRunOptions } from '../support/notionTest.mts';
import { byEmail, nodeOfOneExecution, setUpNotion } from '../support/notionTest.mts';

const hintsOf = ({ runData }: NodeRun): NodeExecutionHint[] => runData[nodeName]?.at(-1)?.hints ?? [];

describe('hints of a run by hand', () => {
	const notion = setUpNotion();
	const user = byEmail('maria@example.com');
	const hints = async (operation: string, options: NotionRunOptions) => hintsOf(await notion.run(operation, options));

	test('name a credential that may do more than the operation needs', async () => {
		const tokenCreatorEmail = 'ada@example.com';
		expect(await hints('user.get', { parameters: { user }, credential: { tokenCreatorEmail } })).toEqual([
			{ type: 'info', location: 'outputPane', message: expect.stringContaining('A credential whose Access is Read Only is enough here') },
		]);
		expect(await hints('group.create', { parameters: { displayName: 'New' }, credential: { tokenCreatorEmail } })).toEqual([
			expect.objectContaining({ message: expect.stringContaining('A credential whose Access is No Removals is enough here') }),
		]);
		expect(await hints('user.get', { parameters: { user }, credential: { access: 'noRemovals' } })).toEqual([]);
		expect(await hints('user.remove', { parameters: { user }, credential: { tokenCreatorEmail } })).toEqual([]);
	});

	test('take full access as meant where a node around the operation needs it', async () => {
		const at = (name: string, operation: string) => createNode(name, 'notionScim', { parameters: { resource: 'user', operation, user } });
		const hintsAround = async (operation: string) => {
			const run = await notion.engine.with(nodeOfOneExecution(), new SourceNode()).runWorkflow({
				workflow: {
					nodes: [createNode('Source', 'engineTestSource'), at('Get', 'get'), at('Next', operation), at('Beside', 'get')],
					connections: {
						Source: { main: [[{ node: 'Get', type: 'main', index: 0 }, { node: 'Beside', type: 'main', index: 0 }]] },
						Get: { main: [[{ node: 'Next', type: 'main', index: 0 }]] },
					},
				},
				startNode: 'Source',
				credentials: notion.credential({ tokenCreatorEmail: 'ada@example.com' }),
			});
			expect(run.error).toBeUndefined();
			return ['Get', 'Beside'].map((name) => run.runData[name]?.at(-1)?.hints?.length ?? 0);
		};

		expect(await hintsAround('get')).toEqual([1, 1]);
		expect(await hintsAround('remove')).toEqual([0, 0]);
	});

	test('warn where the creator of the token is not known to the guards', async () => {
		expect(await hints('user.remove', { parameters: { user } })).toEqual([
			expect.objectContaining({ type: 'warning', message: expect.stringContaining('Fill in Token Creator Email.') }),
		]);
	});

	test('say what a lockdown does not end without the Admin API', async () => {
		const credential = { tokenCreatorEmail: 'ada@example.com' };
		const withoutAdmin = expect.objectContaining({ message: expect.stringContaining('Without a Notion Admin API credential') });
		expect(await hints('user.lockDown', { parameters: { user }, credential })).toEqual([withoutAdmin]);
		expect(await hints('user.lockDown', { parameters: { user }, credential, withAdminApi: true })).toEqual([]);
	});

	test('say once that a list has gaps', async () => {
		for (let nth = 1; nth < 60; nth += 1) {
			notion.sandbox.faults.add({ path: 'startIndex=1&count=100$', nth, fault: { status: 200, body: { totalResults: 20 + nth, Resources: [] } } });
		}
		const parameters = { returnAll: true, options: { allowIncomplete: true } };
		const about = await hints('user.getAll', { parameters, items: [{}, {}], credential: { access: 'readOnly' } });

		expect(about).toEqual([expect.objectContaining({ type: 'warning', message: expect.stringContaining('list with gaps') })]);
	});

	test('are not stored with the executions of a published workflow', async () => {
		const run = await notion.engine.runNode({
			node: nodeOfOneExecution(),
			parameters: { resource: 'user', operation: 'get', user },
			credentials: notion.credential(),
			mode: 'trigger',
		});

		expect(run.status).toBe('success');
		expect(hintsOf(run)).toEqual([]);
	});
});
