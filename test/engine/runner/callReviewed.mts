import type {
	EngineRequest,
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import type { ToolCall } from './callAsTool.mts';
import { toolTypeOf } from './callAsTool.mts';
import type { Engine } from './engine.mts';
import { createNode } from './engine.mts';
import { newestVersion } from './nodeTypeRegistry.mts';

/** Who has n8n run the tool: the agent by itself, or a human review step after it was approved. */
export type Caller = 'agent' | 'review';

export type ReviewedCall = ToolCall & {
	caller: Caller;
	/** The parameters of the human review step, besides its operation. */
	review?: INodeParameters;
};

const property = (name: string) => ({ displayName: name, name, type: 'string' as const, default: '' });

/** What n8n's server derives from a node with Send and Wait. It is never run: the agent stands for its answer. */
class ReviewStep implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Review',
		name: 'reviewHitlTool',
		group: ['transform'],
		version: 1,
		description: 'Asks a person',
		defaults: { name: 'Review' },
		inputs: ['ai_tool'],
		outputs: ['ai_tool'],
		properties: [
			{ ...property('operation'), type: 'hidden', default: 'sendAndWait' },
			property('message'),
			property('sendTo'),
			{ ...property('options'), type: 'json', default: {} },
		],
	};
}

/** As n8n's agent of version 3, which has the engine run its tools: calls the tool and gives out its answer. */
class EngineAgent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agent',
		name: 'engineTestAgent',
		group: ['transform'],
		version: 1,
		description: 'Calls its tool through the engine',
		defaults: { name: 'Agent' },
		inputs: ['main', 'ai_tool'],
		outputs: ['main'],
		properties: [],
	};

	constructor(private readonly call: ReviewedCall) {}

	async execute(this: IExecuteFunctions, response?: EngineResponse): Promise<INodeExecutionData[][] | EngineRequest> {
		const { call } = agentOf(this);
		const [action] = response?.actionResponses ?? [];
		if (action) {
			const items = action.data.data?.['ai_tool']?.[0] ?? [];
			return await Promise.resolve([[{ json: { response: items.map(({ json }) => json) } }]]);
		}
		return {
			actions: [
				{
					actionType: 'ExecutionNodeAction',
					nodeName: 'Tool',
					input: call.arguments,
					type: 'ai_tool',
					id: 'call-1',
					metadata: { itemIndex: 0, ...(call.caller === 'review' ? { parentNodeName: 'Review' } : {}) },
				},
			],
			metadata: {},
		};
	}
}

const agents = new Map<string, EngineAgent>();
const agentOf = (context: IExecuteFunctions): EngineAgent => {
	const agent = agents.get(context.getNode().id);
	if (agent === undefined) throw new Error('The agent is not in this test');
	return agent;
};

let calls = 0;

/** What the model reads after the engine ran the tool for it, at once or after a human review step. */
export const callReviewed = async (engine: Engine, call: ReviewedCall): Promise<IDataObject[]> => {
	const { node, parameters, credentials = {}, typeVersion = newestVersion(node) } = call;
	const tool = toolTypeOf(NodeHelpers.getVersionedNodeType(node, typeVersion));
	const agent = new EngineAgent(call);
	calls += 1;
	const id = `agent-${calls}`;
	agents.set(id, agent);
	const run = await engine.with(tool, agent, new ReviewStep()).runWorkflow({
		workflow: {
			nodes: [
				createNode('Chat', 'engineTestAgent', { disabled: true }),
				createNode('Agent', 'engineTestAgent', { id }),
				createNode('Review', 'reviewHitlTool', { parameters: call.review ?? {} }),
				createNode('Tool', tool.description.name, { typeVersion, parameters }),
			],
			connections: {
				Chat: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Tool: { ai_tool: [[{ node: call.caller === 'review' ? 'Review' : 'Agent', type: 'ai_tool', index: 0 }]] },
				...(call.caller === 'review' ? { Review: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } } : {}),
			},
		},
		startNode: 'Chat',
		credentials,
	});
	agents.delete(id);
	if (run.error !== undefined) throw new Error(`The run failed: ${run.error.message}`);
	const response = run.runData['Agent']?.at(-1)?.data?.['main']?.[0]?.[0]?.json['response'];
	return Array.isArray(response) ? response.map((json): IDataObject => JSON.parse(JSON.stringify(json))) : [];
};
