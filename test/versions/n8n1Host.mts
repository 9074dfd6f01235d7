import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../demo/packPackage.mts';
import type { SavedCredential } from '../../host/n8nClient.mts';
import { type RestCall, signIn } from '../../host/n8nRest.mts';
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
}
