import { join } from 'node:path';

import { packPackage } from '../demo/packPackage.mts';
import type { CredentialReference } from '../host/n8nClient.mts';
import { type RestCall, signIn } from '../host/n8nRest.mts';
import { type N8nHost, startHost } from '../host/startHost.mts';
import { type Sandbox, startSandbox } from '../sandbox/server.mts';
import { type ExecutionRecord, recordOf } from './executionRecord.mts';
import type { Measurement } from './measure.mts';
import { type BenchNode, START, workflowOf } from './workflow.mts';

/** By type of credential. */
type Credentials = Record<string, CredentialReference>;

export interface StageOptions {
	/** Everything that is written goes in here. */
	folder: string;
	/** People in the workspace. */
	people: number;
	/** Milliseconds that the workspace takes to answer, on top of its own work. */
	delay: number;
}

/** A Notion workspace and an n8n with the package, on which the contenders run one after another. */
export class Stage {
	readonly sandbox: Sandbox;
	/** For the HTTP Request node. */
	readonly bearer: Credentials;
	readonly #host: N8nHost;
	readonly #call: RestCall;

	private constructor(sandbox: Sandbox, host: N8nHost, call: RestCall, bearer: Credentials) {
		this.sandbox = sandbox;
		this.bearer = bearer;
		this.#host = host;
		this.#call = call;
	}

	static async start({ folder, people, delay }: StageOptions): Promise<Stage> {
		const sandbox = await startSandbox();
		let host: N8nHost | undefined;
		try {
			while (sandbox.workspace.members().length < people) {
				sandbox.seedPeople(people - sandbox.workspace.members().length);
			}
			sandbox.faults.add({ fault: { delayMs: delay } });
			host = await startHost({
				folder: join(folder, 'n8n'),
				hasEditor: true,
				packages: [await packPackage(join(folder, 'package'))],
				vendors: {},
			});
			const httpBearerAuth = await host.client.createCredential({
				type: 'httpBearerAuth',
				name: 'SCIM token',
				data: { token: sandbox.token },
			});
			const call = await signIn(host.url, host.owner);
			return new Stage(sandbox, host, call, { httpBearerAuth });
		} catch (error) {
			await host?.stop();
			await sandbox.close();
			throw error;
		}
	}

	/**
	 * A credential of our node with a token that this n8n has never used, so that nothing is known
	 * about the pace and the capabilities of the server.
	 */
	async newToken(): Promise<Credentials> {
		const notionScimApi = await this.#host.client.createCredential({
			type: 'notionScimApi',
			name: 'Notion SCIM',
			data: {
				token: this.sandbox.workspace.addToken('owner@example.com'),
				baseUrl: this.sandbox.scimUrl,
				access: 'noRemovals',
				ownedDomains: 'example.com',
				tokenCreatorEmail: 'owner@example.com',
			},
		});
		return { notionScimApi };
	}

	/**
	 * Runs a workflow of these nodes once and measures it.
	 *
	 * @param check is given what the last node gave out, and throws where the job was not done
	 */
	async run(
		{ items = [{}], nodes, credentials }: Job,
		check: (items: Record<string, unknown>[]) => void,
	): Promise<Measurement> {
		const { client } = this.#host;
		const workflow = workflowOf('Bench', items, nodes);
		const { id } = await client.importWorkflow(workflow, { credentials });
		this.sandbox.requests.clear();
		await client.runManually(id, START);
		const record = await recordOf(this.#call, id);
		const requests = this.sandbox.requests.count({ path: /^\/scim\/v2\// });
		check(record.items[nodes.at(-1)?.name ?? ''] ?? []);
		return { milliseconds: timeOf(record, nodes), requests };
	}

	async stop(): Promise<void> {
		await this.#host.stop();
		await this.sandbox.close();
	}
}

export interface Job {
	/** What the first node gets. Default: one empty item. */
	items?: Record<string, unknown>[];
	nodes: BenchNode[];
	credentials: Credentials;
}

function timeOf({ times }: ExecutionRecord, nodes: BenchNode[]): number {
	return nodes.reduce((sum, { name }) => sum + (times[name] ?? NaN), 0);
}
