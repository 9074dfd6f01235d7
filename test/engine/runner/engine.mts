import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	ExecutionStatus,
	IConnections,
	ICredentialType,
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	IRunData,
	IWorkflowBase,
	IWorkflowSettings,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData.mts';
import { CredentialStore } from './credentialStore.mts';
import { toFailure } from './failure.mts';
import type { Failure } from './failure.mts';
import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from './n8nCore.mts';
import { newestVersion, NodeTypeRegistry } from './nodeTypeRegistry.mts';
import type { AnyNodeType } from './nodeTypeRegistry.mts';
import { SourceNode } from './sourceNode.mts';

/** What every call may use. */
export type EngineOptions = {
	/** The credential types that the nodes ask for. */
	credentialTypes: ICredentialType[];
	/** Nodes that a workflow may name besides the one under test. */
	nodeTypes?: AnyNodeType[];
};

/** What the user entered into a credential, by the name of the credential type. */
export type EnteredCredentials = Record<string, IDataObject>;

/** The part of a workflow file that matters to the engine. */
export type WorkflowJson = {
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
};

export type WorkflowOptions = {
	workflow: WorkflowJson;
	/** Name of the node to start with; the first node without an incoming connection if left out. */
	startNode?: string;
	/** What the start node receives; as in n8n, one empty item if left out. */
	items?: INodeExecutionData[];
	/** Given to every node of the workflow that asks for a credential of this type. */
	credentials?: EnteredCredentials;
	mode?: WorkflowExecuteMode;
	/** Aborting it cancels the execution, as the stop button does. */
	cancelSignal?: AbortSignal;
};

export type WorkflowRun = {
	status: ExecutionStatus;
	/** Why the execution ended, if a node stopped it or it was cancelled. */
	error?: Failure;
	runData: IRunData;
	durationMs: number;
};

export type NodeOptions = {
	node: AnyNodeType;
	parameters?: INodeParameters;
	/** The `json` of each input item; one empty item if left out. */
	items?: IDataObject[];
	credentials?: EnteredCredentials;
	/** The node's "On Error" setting, in n8n's words; `stopWorkflow` if left out. */
	onError?: OnError;
	/** The newest version if left out. */
	typeVersion?: number;
	/** Further settings of the node, such as `retryOnFail`. */
	settings?: Partial<INode>;
	mode?: WorkflowExecuteMode;
	cancelSignal?: AbortSignal;
};

export type NodeRun = WorkflowRun & {
	/** What the node under test put out, one array for each output; empty if it failed. */
	outputs: INodeExecutionData[][];
};

export type ListSearchOptions = {
	node: AnyNodeType;
	/** Name of the function in the node's `methods.listSearch`. */
	method: string;
	/** What the user typed into the search box. */
	filter?: string;
	paginationToken?: string;
	parameters?: INodeParameters;
	credentials?: EnteredCredentials;
	typeVersion?: number;
};

// n8n-core declares the name of a workflow as possibly undefined, against n8n-workflow's interface,
// which exactOptionalPropertyTypes does not let pass.
const isLoadOptionsFunctions = (context: object): context is ILoadOptionsFunctions =>
	context instanceof LoadOptionsContext;

const sourceName = 'Source';
/** The name that the node under test has in the workflow of `runNode`. */
export const nodeName = 'Node under test';

/**
 * Executes nodes and workflows through n8n's own engine, n8n-core, without n8n's server.
 *
 * Differences from a running n8n: credentials live in memory, expressions are evaluated by the
 * engine's in-process evaluator, and sub-workflows and task runners (the Code node) are missing.
 */
export class Engine {
	readonly #credentialTypes: ICredentialType[];
	readonly #nodeTypes: AnyNodeType[];

	constructor({ credentialTypes, nodeTypes = [] }: EngineOptions) {
		this.#credentialTypes = credentialTypes;
		this.#nodeTypes = nodeTypes;
	}

	/**
	 * Executes a whole workflow.
	 *
	 * @throws WorkflowHasIssuesError, as n8n does, where a required parameter is not filled in
	 */
	async runWorkflow(options: WorkflowOptions): Promise<WorkflowRun> {
		const { workflow: json, items = [{ json: {} }], mode = 'manual', cancelSignal } = options;
		const store = this.storeOf(options.credentials);
		const workflow = this.workflowOf(json, store);
		const start = startNodeOf(workflow, options.startNode);

		const additionalData = createAdditionalData(store);
		additionalData.hooks = new ExecutionLifecycleHooks(mode, '1', descriptionOf(workflow));
		const stack = [{ node: start, data: { main: [items] }, source: null }];
		const data = createRunExecutionData({ executionData: { nodeExecutionStack: stack } });

		const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
			workflow,
		);
		const cancel = () => execution.cancel();
		if (cancelSignal?.aborted === true) cancel();
		cancelSignal?.addEventListener('abort', cancel, { once: true });
		try {
			const run = await execution;
			const { error, runData } = run.data.resultData;
			return {
				status: run.status,
				...(error === undefined ? {} : { error: toFailure(error) }),
				runData,
				durationMs: (run.stoppedAt ?? new Date()).getTime() - run.startedAt.getTime(),
			};
		} finally {
			cancelSignal?.removeEventListener('abort', cancel);
		}
	}

	/** Executes one node, fed with the items by a source node. `durationMs` is the node's own. */
	async runNode(options: NodeOptions): Promise<NodeRun> {
		const { node, items = [{}], cancelSignal } = options;
		const run = await this.with(node, new SourceNode()).runWorkflow({
			workflow: {
				nodes: [
					createNode(sourceName, 'engineTestSource', { position: [0, 0] }),
					createNode(nodeName, node.description.name, {
						typeVersion: options.typeVersion ?? newestVersion(node),
						parameters: options.parameters ?? {},
						onError: options.onError ?? 'stopWorkflow',
						...options.settings,
					}),
				],
				connections: { [sourceName]: { main: [[{ node: nodeName, type: 'main', index: 0 }]] } },
			},
			startNode: sourceName,
			items: items.map((json) => ({ json })),
			credentials: options.credentials ?? {},
			mode: options.mode ?? 'manual',
			...(cancelSignal === undefined ? {} : { cancelSignal }),
		});
		const task = run.runData[nodeName]?.at(-1);
		return {
			...run,
			durationMs: task?.executionTime ?? 0,
			outputs: (task?.data?.['main'] ?? []).map((output) => output ?? []),
		};
	}

	/** Calls one of the node's searches as the editor does when a user opens the list. */
	async callListSearch(options: ListSearchOptions): Promise<INodeListSearchResult> {
		const { methods, context } = this.#editorCall(options);
		const search = methods?.listSearch?.[options.method];
		if (search === undefined) throw new Error(`The node has no search named ${options.method}`);
		return await search.call(context, options.filter, options.paginationToken);
	}

	/** What the editor does to fill a list of options. */
	async callLoadOptions(options: ListSearchOptions): Promise<INodePropertyOptions[]> {
		const { methods, context } = this.#editorCall(options);
		const load = methods?.loadOptions?.[options.method];
		if (load === undefined) throw new Error(`The node has no options named ${options.method}`);
		return await load.call(context);
	}

	#editorCall(options: ListSearchOptions): { methods: INodeType['methods']; context: ILoadOptionsFunctions } {
		const { node, parameters = {}, typeVersion = newestVersion(node) } = options;
		const store = this.storeOf(options.credentials);
		const { workflow, node: placed } = this.nodeInWorkflow(node, parameters, { typeVersion, store });
		const { methods } = workflow.nodeTypes.getByNameAndVersion(node.description.name, typeVersion);

		const additionalData = createAdditionalData(store);
		additionalData.currentNodeParameters = parameters;
		const context: object = new LoadOptionsContext(workflow, placed, additionalData, 'parameters');
		if (!isLoadOptionsFunctions(context)) throw new Error('Not a context of n8n-core');
		return { methods, context };
	}

	/** A workflow with nothing in it but a node, for what n8n asks of a description. */
	nodeInWorkflow(
		node: AnyNodeType,
		parameters: INodeParameters,
		{ typeVersion = newestVersion(node), store = this.storeOf() } = {},
	): { workflow: Workflow; node: INode } {
		const nodes = [createNode(nodeName, node.description.name, { typeVersion, parameters })];
		const workflow = this.with(node).workflowOf({ nodes, connections: {} }, store);
		return { workflow, node: nodeOf(workflow, nodeName) };
	}

	/** The same engine, knowing these nodes too. */
	with(...nodeTypes: AnyNodeType[]): Engine {
		return new Engine({
			credentialTypes: this.#credentialTypes,
			nodeTypes: [...this.#nodeTypes, ...nodeTypes],
		});
	}

	/** A store for what was entered; for the parts of the runner that call n8n-core themselves. */
	storeOf(credentials: EnteredCredentials = {}): CredentialStore {
		return new CredentialStore(this.#credentialTypes, credentials);
	}

	/** The workflow with the stored credentials chosen on every node. */
	workflowOf({ nodes, connections, settings }: WorkflowJson, store: CredentialStore): Workflow {
		return new Workflow({
			id: 'engine-test',
			name: 'Engine test',
			nodes: nodes.map((node) => ({ ...node, credentials: store.references() })),
			connections,
			active: false,
			nodeTypes: new NodeTypeRegistry(this.#nodeTypes),
			settings: { executionOrder: 'v1', ...settings },
		});
	}
}

/** A node as it stands in a workflow file. */
export const createNode = (name: string, type: string, settings: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [200, 0],
	parameters: {},
	...settings,
});

/** @throws Error where the workflow has no such node */
export const nodeOf = (workflow: Workflow, name: string): INode => {
	const node = workflow.getNode(name);
	if (node === null) throw new Error(`The workflow has no node named ${name}`);
	return node;
};

const startNodeOf = (workflow: Workflow, name: string | undefined): INode => {
	if (name !== undefined) return nodeOf(workflow, name);
	const first = Object.values(workflow.nodes).find(
		(node) => workflow.connectionsByDestinationNode[node.name] === undefined,
	);
	if (first === undefined) throw new Error('Every node of the workflow has an incoming connection');
	return first;
};

const descriptionOf = (workflow: Workflow): IWorkflowBase => ({
	id: workflow.id,
	name: workflow.name ?? '',
	active: false,
	isArchived: false,
	activeVersionId: null,
	createdAt: new Date(0),
	updatedAt: new Date(0),
	nodes: Object.values(workflow.nodes),
	connections: workflow.connectionsBySourceNode,
	settings: workflow.settings,
});
