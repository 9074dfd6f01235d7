import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type nodeTypesSchema, workflowFileSchema, type workflowNodeSchema } from './n8nSchemas.mts';

export interface CredentialReference {
	id: string;
	name: string;
}

export interface ImportOptions {
	/** By credential type: the credential that a person would pick in each node that needs one. */
	credentials?: Record<string, CredentialReference>;
	/**
	 * Importing in the editor drops a workflow's settings (time zone, error workflow) and n8n's
	 * command line keeps them. Default: `drop`.
	 */
	settings?: 'drop' | 'keep';
	/**
	 * By the name of an Execute Sub-workflow node, or by the name that it shows until one is picked: the id
	 * of the workflow that a person would pick there.
	 */
	subWorkflows?: Record<string, string>;
	/** Default: the value in the file. */
	name?: string;
}

type NodeTypes = z.infer<typeof nodeTypesSchema>;
type WorkflowNode = z.infer<typeof workflowNodeSchema>;

export interface NodeVersion {
	/** Such as `n8n-nodes-base.webhook`. */
	name: string;
	version: number;
}

/** The types of all nodes of a workflow file, each once. */
export function nodeTypesIn(file: unknown): NodeVersion[] {
	const { nodes } = workflowFileSchema.parse(file);
	return [...new Map(nodes.map(({ type, typeVersion = 1 }) => [type, { name: type, version: typeVersion }])).values()];
}

/**
 * The workflow as n8n's editor would save it after a person imported this file and picked the credentials:
 * ids and static data are dropped, nodes with webhooks get a webhook id, nothing else is changed.
 */
export function importedWorkflow(file: unknown, nodeTypes: NodeTypes, options: ImportOptions) {
	const workflow = workflowFileSchema.parse(file);
	const { credentials = {} } = options;
	return {
		name: options.name ?? workflow.name,
		// n8n 1 cannot store a workflow that does not say this.
		active: false,
		nodes: workflow.nodes.map((node) => {
			const nodeType = nodeTypes.find(({ name }) => name === node.type);
			const picked = Object.entries(credentials).filter(([type]) => asksFor(node, nodeType, type));
			return {
				...node,
				parameters: repointed(node, options.subWorkflows ?? {}),
				...(nodeType?.webhooks?.length ? { webhookId: node.webhookId ?? randomUUID() } : {}),
				...(picked.length > 0
					? { credentials: { ...node.credentials, ...Object.fromEntries(picked) } }
					: {}),
			};
		}),
		connections: workflow.connections,
		pinData: workflow.pinData ?? {},
		settings: (options.settings === 'keep' ? workflow.settings : undefined) ?? {
			executionOrder: 'v1',
		},
	};
}

/** Whether the node names this type of credential already, or its parameters make it show the field. */
function asksFor(node: WorkflowNode, nodeType: NodeTypes[number] | undefined, type: string): boolean {
	if (node.credentials?.[type]) return true;
	const { genericAuthType, nodeCredentialType } = node.parameters;
	if (genericAuthType === type || nodeCredentialType === type) return true;
	const declared = nodeType?.credentials?.find(({ name }) => name === type);
	if (!declared) return false;
	const { show = {}, hide = {} } = declared.displayOptions ?? {};
	const isOneOf = ([parameter, values]: [string, unknown[]]): boolean => values.includes(node.parameters[parameter]);
	return Object.entries(show).every(isOneOf) && !Object.entries(hide).some(isOneOf);
}

const pickSchema = z.object({
	workflowId: z.object({ cachedResultName: z.string().optional() }).passthrough(),
});

/** The parameters with the sub-workflow picked, where the node calls one. */
function repointed({ name, parameters }: WorkflowNode, subWorkflows: Record<string, string>) {
	const call = pickSchema.safeParse(parameters);
	if (!call.success) return parameters;
	const { workflowId } = call.data;
	const value = subWorkflows[name] ?? subWorkflows[workflowId.cachedResultName ?? ''];
	return value === undefined ? parameters : { ...parameters, workflowId: { ...workflowId, value } };
}
