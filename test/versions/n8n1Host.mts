import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../demo/packPackage.mts';
import type { ExecutionDetail, SavedCredential } from '../../host/n8nClient.mts';
import { type RestCall, signIn } from '../../host/n8nRest.mts';
import { manualRunSchema, storedWorkflowSchema } from '../../host/n8nSchemas.mts';
import { type N8nHost, startHost } from '../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import { type ServedNode, servedNodesSchema } from './servedNodes.mts';

const versionSchema = z.object({ versionCli: z.string() });

/** n8n 1 with both packages, and a sandbox at Notion's true host name. */
export class N8n1Host {
	readonly sandbox: Sandbox;
	readonly #folder: string;
	readonly #host: N8nHost;
	readonly #call: RestCall;

	private constructor(folder: string, sandbox: Sandbox, host: N8nHost, call: RestCall) {
		this.#folder = folder;
		this.sandbox = sandbox;
		this.#host = host;
		this.#call = call;
	}

	static async start(): Promise<N8n1Host> {
		const folder = await mkdtemp(join(tmpdir(), 'n8n1-'));
		const sandbox = await startSandbox();
		const host = await startHost({
			folder: join(folder, 'n8n'),
			packages: [await packPackage(folder), await packPackage(folder, 'hris-trigger')],
			// It serves the descriptions of its nodes only with its editor.
			hasEditor: true,
			vendors: { 'api.notion.com': sandbox.url },
			// It does not start where a module is switched off that it does not know.
			environment: { N8N_DISABLED_MODULES: 'insights' },
		}).catch(async (error: unknown) => {
			await sandbox.close();
			throw error;
		});
		return new N8n1Host(folder, sandbox, host, await signIn(host.url, host.owner));
	}

	async stop(): Promise<void> {
		await this.#host.stop();
		await this.sandbox.close();
		await rm(this.#folder, { recursive: true, force: true });
	}

	/** As n8n itself states it. */
	async version(): Promise<string> {
		return (await this.#call(versionSchema, 'GET', 'rest/settings')).versionCli;
	}

	/** The descriptions that its editor shows: one for each version of a node that differs. */
	async nodes(): Promise<ServedNode[]> {
		return await this.#call(servedNodesSchema, 'GET', 'types/nodes.json');
	}

	async scimCredential(fields: Record<string, unknown> = {}): Promise<SavedCredential> {
		const { token } = this.sandbox;
		const data = { token, baseUrl: 'https://api.notion.com/scim/v2', access: 'full', ...fields };
		return await this.#host.client.createCredential({ type: 'notionScimApi', name: 'Notion SCIM', data });
	}

	async adminCredential(fields: Record<string, unknown> = {}): Promise<SavedCredential> {
		const { adminToken: token, adminUrl: baseUrl } = this.sandbox;
		return await this.#host.client.createCredential({
			type: 'notionAdminApi', name: 'Notion Admin API', data: { token, baseUrl, ...fields },
		});
	}

	async test({ id }: SavedCredential): Promise<{ status: string; message: string }> {
		return await this.#host.client.testCredential(id);
	}

	/** Imports a workflow, picks its credentials, and runs it from its Manual Trigger once or more. */
	async run(workflow: unknown, trigger: string, times = 1): Promise<ExecutionDetail[]> {
		const credentials = { notionScimApi: await this.scimCredential(), notionAdminApi: await this.adminCredential() };
		const { id: workflowId } = await this.#host.client.importWorkflow(workflow, { credentials });
		const path = `rest/workflows/${workflowId}`;
		const runs: ExecutionDetail[] = [];
		while (runs.length < times) {
			// n8n 1 takes the canvas along with the request; n8n 2 runs what it has stored.
			const workflowData = await this.#call(storedWorkflowSchema, 'GET', path);
			const body = { workflowData, triggerToStartFrom: { name: trigger } };
			const { executionId } = await this.#call(manualRunSchema, 'POST', `${path}/run`, body);
			runs.push(await this.#host.client.waitForExecution(({ id }) => id === executionId, { workflowId, within: 90_000 }));
		}
		return runs;
	}
}
