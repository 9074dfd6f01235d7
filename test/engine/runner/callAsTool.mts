import { NodeHelpers } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { z } from 'zod';

import { createNode } from './engine.mts';
import type { Engine, EnteredCredentials } from './engine.mts';
import type { Failure } from './failure.mts';
import { newestVersion } from './nodeTypeRegistry.mts';
import type { AnyNodeType } from './nodeTypeRegistry.mts';

export type ToolCall = {
	node: AnyNodeType;
	/** As a user sets them; what the model decides stands as `={{ $fromAI('name', …) }}`. */
	parameters: INodeParameters;
	/** What the model fills in. */
	arguments: IDataObject;
	credentials?: EnteredCredentials;
	/** The newest version if left out. */
	typeVersion?: number;
};

export type ToolAnswer = {
	/** What the model reads: the JSON of the first output's items, without their binaries. */
	response?: unknown;
	/** What the model reads instead if the node failed; the message ends with the description. */
	error?: Failure;
};

type Tool = { invoke: (input: IDataObject) => Promise<unknown> };

const isTool = (value: unknown): value is Tool =>
	typeof value === 'object' &&
	value !== null &&
	'invoke' in value &&
	typeof value.invoke === 'function';

/** Stands for an agent whose model calls its one tool once. */
class CallingAgent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agent',
		name: 'engineTestAgent',
		group: ['transform'],
		version: 1,
		description: 'Calls its tool',
		defaults: { name: 'Agent' },
		inputs: ['main', { type: 'ai_tool', maxConnections: 1, required: true }],
		outputs: ['main'],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const tool = await this.getInputConnectionData('ai_tool', 0);
		if (!isTool(tool)) throw new Error('The engine made no tool of the node');
		const [input] = this.getInputData();
		return [[{ json: { answer: String(await tool.invoke(input?.json ?? {})) } }]];
	}
}

/** n8n's server derives this second node type from every node with `usableAsTool`. */
export const toolTypeOf = (node: INodeType): INodeType => {
	const { usableAsTool, name } = node.description;
	if (usableAsTool === undefined) throw new Error(`The node ${name} is not usable as a tool`);
	const description: INodeTypeDescription = {
		...node.description,
		name: `${name}Tool`,
		inputs: [],
		outputs: ['ai_tool'],
	};
	// The node's methods may live on its class, which a copy of the object would lose.
	return Object.create(node, { description: { value: description } });
};

/** Has the engine wrap the node as a tool of an agent, and calls that tool once. */
export const callAsTool = async (engine: Engine, call: ToolCall): Promise<ToolAnswer> => {
	const { node, parameters, credentials = {}, typeVersion = newestVersion(node) } = call;
	const tool = toolTypeOf(NodeHelpers.getVersionedNodeType(node, typeVersion));
	const run = await engine.with(tool, new CallingAgent()).runWorkflow({
		workflow: {
			nodes: [
				createNode('Agent', 'engineTestAgent'),
				createNode('Tool', tool.description.name, { typeVersion, parameters }),
			],
			connections: { Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
		},
		startNode: 'Agent',
		items: [{ json: call.arguments }],
		credentials,
	});
	if (run.error !== undefined) return { error: run.error };
	const answer = run.runData['Agent']?.[0]?.data?.['main']?.[0]?.[0]?.json['answer'];
	return { response: JSON.parse(z.string().parse(answer)) };
};
