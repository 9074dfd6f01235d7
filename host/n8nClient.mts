import { z } from 'zod';
import {
	type CredentialReference,
	importedWorkflow,
	type ImportOptions,
	nodeTypesIn,
	type NodeVersion,
} from './importedWorkflow.mts';
import { type Owner, type RestCall, RestError, signIn } from './n8nRest.mts';
import {
	credentialTestSchema,
	credentialWithDataSchema,
	dataTablesSchema,
	executionDetailSchema,
	executionListSchema,
	type dataTableSchema,
	type executionSchema,
	manualRunSchema,
	nodeTypesSchema,
	publicationSchema,
	rowsSchema,
	savedCredentialSchema,
	savedWorkflowSchema,
	storedWorkflowSchema,
	workflowListSchema,
} from './n8nSchemas.mts';
import { poll } from './poll.mts';

const PUBLISHED_WITHIN = 60_000;
const ROWS_PER_PAGE = 250;

export type Execution = z.infer<typeof executionSchema>;
export type DataTable = z.infer<typeof dataTableSchema>;
export type SavedWorkflow = z.infer<typeof savedWorkflowSchema>;
/** A workflow as n8n stores it, with its newest changes. */
export type StoredWorkflow = z.infer<typeof storedWorkflowSchema>;
export type SavedCredential = z.infer<typeof savedCredentialSchema>;

export interface ExecutionDetail extends Execution {
	/** Message of the error that ended it. */
	error?: string;
	/** Names of the nodes that ran. */
	nodesRun: string[];
	/** JSON of the items that a node gave out in its last run. */
	items(nodeName: string, output?: number): Record<string, unknown>[];
	/** A hint that a node shows in the execution, besides its items. */
	hints(nodeName: string): string[];
}

/** The actions of a person in n8n's editor, for programs. */
export class N8nClient {
	readonly #url: string;
	readonly #owner: Owner;
	#session: Promise<RestCall> | undefined;

	constructor(url: string, owner: Owner) {
		this.#url = url;
		this.#owner = owner;
	}

	/** Signs in, and creates the owner's account if there is none yet. */
	async signIn(): Promise<void> {
		this.#session = signIn(this.#url, this.#owner);
		await this.#session;
	}

	/** Declarations of those of the nodes that n8n has. */
	async nodeTypes(wanted: NodeVersion[]): Promise<z.infer<typeof nodeTypesSchema>> {
		const found = await Promise.all(wanted.map(async (one) => await this.#nodeType(one)));
		return found.flat();
	}

	/**
	 * n8n leaves the package out of the name, and answers 4xx for a node that it does not have, and for one that it
	 * derives from another: the tool of a node, or the human review step of an AI agent.
	 */
	async #nodeType({ name, version }: NodeVersion): Promise<z.infer<typeof nodeTypesSchema>> {
		const body = { nodeInfos: [{ name, version }] };
		const original = name.replace(/(Hitl)?Tool$/, '');
		try {
			const [found] = await this.#call(nodeTypesSchema, 'POST', 'rest/node-types', body);
			if (found) return [{ ...found, name }];
		} catch (error) {
			if (!(error instanceof RestError) || error.status >= 500) throw error;
		}
		if (original === name) return [];
		return (await this.#nodeType({ name: original, version })).map((found) => ({ ...found, name }));
	}

	async createCredential(credential: {
		type: string;
		name: string;
		data: Record<string, unknown>;
	}): Promise<SavedCredential> {
		return await this.#call(savedCredentialSchema, 'POST', 'rest/credentials', credential);
	}

	/** Runs the credential's own test, as the editor does after saving. `status` is `OK` or `Error`. */
	async testCredential(id: string): Promise<z.infer<typeof credentialTestSchema>> {
		const path = `rest/credentials/${id}?includeData=true`;
		const credentials = await this.#call(credentialWithDataSchema, 'GET', path);
		return await this.#call(credentialTestSchema, 'POST', 'rest/credentials/test', { credentials });
	}

	/** @param workflow parsed content of a workflow file */
	async importWorkflow(workflow: unknown, options: ImportOptions = {}): Promise<SavedWorkflow> {
		const body = importedWorkflow(workflow, await this.nodeTypes(nodeTypesIn(workflow)), options);
		return await this.#call(savedWorkflowSchema, 'POST', 'rest/workflows', body);
	}

	/** All workflows that are not archived, in the order of their names. */
	async workflows(): Promise<StoredWorkflow[]> {
		const list = await this.#call(workflowListSchema, 'GET', 'rest/workflows');
		const stored = await Promise.all(
			list.map(async ({ id }) => await this.#call(storedWorkflowSchema, 'GET', `rest/workflows/${id}`)),
		);
		return stored
			.filter(({ isArchived }) => isArchived !== true)
			.sort((one, other) => one.name.localeCompare(other.name));
	}

	/** Saves changes to a workflow, as the editor does. */
	async saveWorkflow({ id, versionId, name, ...rest }: StoredWorkflow): Promise<void> {
		const { nodes, connections, settings } = rest;
		const body = { versionId, name, nodes, connections, settings };
		await this.#call(savedWorkflowSchema, 'PATCH', `rest/workflows/${id}`, body);
	}

	/**
	 * Publishes the newest version and waits until its triggers are registered. (The answer to the request
	 * reports it as active even if a trigger failed.)
	 * @param within milliseconds until then; a trigger that polls does so at once, which may take minutes
	 * @throws Error with the triggers' messages
	 */
	async publish(workflowId: string, within = PUBLISHED_WITHIN): Promise<void> {
		const path = `rest/workflows/${workflowId}`;
		const { versionId } = await this.#call(savedWorkflowSchema, 'GET', path);
		await this.#call(z.unknown(), 'POST', `${path}/activate`, { versionId });
		const publication = await poll(
			async () => {
				const answer = await this.#call(publicationSchema, 'GET', `${path}/publication-status`);
				// Immediately after the request, the execution may not have begun yet.
				const isRefused = answer.triggers.some(({ errorMessage }) => errorMessage);
				const isOpen = answer.status === 'not_published' && !isRefused;
				return answer.status === 'in_progress' || isOpen ? undefined : answer;
			},
			`workflow ${workflowId} to be published`,
			within,
		);
		if (publication.status === 'published') return;
		const reasons = publication.triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		throw new Error(`Workflow ${workflowId} is ${publication.status}: ${reasons.join('; ')}`);
	}

	async unpublish(workflowId: string): Promise<void> {
		await this.#call(z.unknown(), 'POST', `rest/workflows/${workflowId}/deactivate`, {});
	}

	/**
	 * Starts a workflow by hand.
	 *
	 * @param triggerName name of its Manual or Schedule Trigger; one that waits for a webhook is refused
	 * @returns the execution's id
	 */
	async runManually(workflowId: string, triggerName: string): Promise<string> {
		const body = { triggerToStartFrom: { name: triggerName } };
		const path = `rest/workflows/${workflowId}/run`;
		return (await this.#call(manualRunSchema, 'POST', path, body)).executionId;
	}

	/** The newest 100 executions, newest first; n8n itself lists those that run or wait before the others. */
	async executions(workflowId?: string): Promise<Execution[]> {
		const filter = workflowId === undefined ? {} : { filter: JSON.stringify({ workflowId }) };
		const query = new URLSearchParams({ limit: '100', ...filter });
		const { results } = await this.#call(executionListSchema, 'GET', `rest/executions?${query}`);
		return results.sort((one, other) => Number(other.id) - Number(one.id));
	}

	async execution(id: string): Promise<ExecutionDetail> {
		const answer = await this.#call(executionDetailSchema, 'GET', `rest/executions/${id}`);
		const { data, ...execution } = answer;
		const { runData, error } = data.resultData;
		return {
			...execution,
			...(error ? { error: error.message } : {}),
			nodesRun: Object.keys(runData),
			items: (nodeName, output = 0) =>
				(runData[nodeName]?.at(-1)?.data?.main?.[output] ?? []).map(({ json }) => json),
			hints: (nodeName) => (runData[nodeName]?.at(-1)?.hints ?? []).map(({ message }) => message),
		};
	}

	/**
	 * Waits for an execution that has ended or waits, and that the predicate accepts.
	 * @param within milliseconds
	 */
	async waitForExecution(
		accept: (execution: Execution) => boolean,
		{ workflowId, within = 30_000 }: { workflowId?: string; within?: number } = {},
	): Promise<ExecutionDetail> {
		const found = await poll(
			async () =>
				(await this.executions(workflowId)).find(
					(execution) => !['new', 'running'].includes(execution.status) && accept(execution),
				),
			'an execution',
			within,
		);
		return await this.execution(found.id);
	}

	async dataTables(): Promise<DataTable[]> {
		return (await this.#call(dataTablesSchema, 'GET', 'rest/data-tables-global')).data;
	}

	/** All rows of the Data Table of exactly this name, oldest first; none while it does not exist. */
	async rows(tableName: string): Promise<Record<string, unknown>[]> {
		const table = (await this.dataTables()).find(({ name }) => name === tableName);
		if (!table) return [];
		const path = `rest/projects/${table.projectId}/data-tables/${table.id}/rows`;
		const rows: Record<string, unknown>[] = [];
		for (;;) {
			const page = `skip=${rows.length}&take=${ROWS_PER_PAGE}&sortBy=id:asc`;
			const { count, data } = await this.#call(rowsSchema, 'GET', `${path}?${page}`);
			rows.push(...data);
			if (data.length === 0 || rows.length >= count) return rows;
		}
	}

	readonly #call: RestCall = async (schema, method, path, body) => {
		this.#session ??= signIn(this.#url, this.#owner);
		return await (await this.#session)(schema, method, path, body);
	};
}

export type { CredentialReference, ImportOptions, Owner };
