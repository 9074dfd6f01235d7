import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import { z } from 'zod';

import { packPackage } from '../../demo/packPackage.mts';
import { poll } from '../../host/poll.mts';
import { type N8nHost, startHost } from '../../host/startHost.mts';
import { watchingWorkflow, WATCHER } from '../../host/watchingWorkflow.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import type { Measurement } from '../measure.mts';
import { forgetPeaks, peakMegabytes } from '../memory.mts';
import { staticDataBytes, since, stored } from '../storedExecutions.mts';
import { watchByHand } from './byHand.mts';
import { Company } from './company.mts';

const PATH = 'bench-watch';
const PATIENCE = 15 * 60_000;

/** What n8n has to be told before a Code node may hand over the readings of 100,000 people. */
const LARGE_COMPANY = { N8N_RUNNERS_MAX_PAYLOAD: String(2 ** 30), N8N_RUNNERS_TASK_TIMEOUT: '900' };

/** fetch gives up after five minutes otherwise. */
const PATIENT = new Agent({ headersTimeout: PATIENCE, bodyTimeout: PATIENCE });

/** One way to learn what changed. */
export interface Watcher {
	name: string;
	workflowId: string;
	/** Looks once. @returns the people it told of, and when it did, in epoch milliseconds */
	look: (isChanged: boolean) => Promise<{ people: number; at: number }>;
}

/** A workspace in which people come, change and go, and an n8n that watches it. */
export class WatchStage {
	readonly #sandbox: Sandbox;
	readonly #company: Company;
	readonly #host: N8nHost;
	readonly #database: string;

	private constructor(sandbox: Sandbox, company: Company, host: N8nHost, database: string) {
		this.#sandbox = sandbox;
		this.#company = company;
		this.#host = host;
		this.#database = database;
	}

	/** @param folder everything that is written goes in here */
	static async start(folder: string, people: number): Promise<WatchStage> {
		await mkdir(folder, { recursive: true });
		const sandbox = await startSandbox();
		const company = new Company(sandbox, people);
		const packages = [await packPackage(join(folder, 'package'))];
		const host = await startHost({ folder: join(folder, 'n8n'), packages, vendors: {}, environment: LARGE_COMPANY });
		return new WatchStage(sandbox, company, host, join(folder, 'n8n', '.n8n', 'database.sqlite'));
	}

	/** A schedule's reading and comparing, begun by a webhook. It has looked once. */
	async byHand(): Promise<Watcher> {
		const { client } = this.#host;
		const httpBearerAuth = await client.createCredential({ type: 'httpBearerAuth', name: 'SCIM token', data: { token: this.#sandbox.token } });
		const { id } = await client.importWorkflow(watchByHand(PATH, this.#sandbox.scimUrl), { credentials: { httpBearerAuth } });
		await client.publish(id);
		const look: Watcher['look'] = async () => {
			const answer = await fetch(this.#host.webhookUrl(PATH), { method: 'POST', dispatcher: PATIENT });
			const events = z.array(z.object({ kind: z.string().optional() })).parse(await answer.json());
			return { people: events.filter(({ kind }) => kind === 'people').length, at: Date.now() };
		};
		await look(false);
		return { name: 'by hand', workflowId: id, look };
	}

	/** The trigger, which polls when it is published. It has looked once. */
	async trigger(): Promise<Watcher> {
		const { client } = this.#host;
		const data = { token: this.#sandbox.token, access: 'readOnly', baseUrl: this.#sandbox.scimUrl };
		const notionScimApi = await client.createCredential({ type: 'notionScimApi', name: 'Notion SCIM', data });
		const { id } = await client.importWorkflow(watchingWorkflow(ONCE_A_YEAR), { credentials: { notionScimApi } });
		await client.publish(id, PATIENCE);
		return { name: WATCHER, workflowId: id, look: async (isChanged) => await this.#polled(id, isChanged) };
	}

	/** As many people join, are changed and leave. */
	change(share: number): void {
		this.#company.change(share);
	}

	/**
	 * The time from the first request until the changes are told.
	 * @throws Error where the watcher told of more or fewer people
	 */
	async measure(watcher: Watcher, changed: number): Promise<Measurement> {
		const { people, milliseconds, requests } = await this.#look(watcher, true);
		if (people !== changed) throw new Error(`${watcher.name} told of ${people} people, and ${changed} changed`);
		return { milliseconds, requests };
	}

	/** What n8n keeps of it between two polls, and what a poll costs that finds nothing. */
	async cost(watcher: Watcher): Promise<Record<string, string | number>> {
		const { started, bytes, milliseconds } = await this.#look(watcher, false);
		return {
			contender: watcher.name,
			'kept MB': megabytes(staticDataBytes(this.#database, watcher.workflowId)),
			'quiet poll ms': Math.round(milliseconds),
			'quiet poll executions': started,
			'quiet poll stored MB': megabytes(bytes),
			'peak MB': peakMegabytes(),
		};
	}

	async stop(): Promise<void> {
		await this.#host.stop();
		await this.#sandbox.close();
	}

	async #look(watcher: Watcher, isChanged: boolean) {
		this.#sandbox.requests.clear();
		forgetPeaks();
		const before = stored(this.#database);
		const { people, at } = await watcher.look(isChanged);
		const { started, bytes } = since(before, stored(this.#database));
		const requests = this.#sandbox.requests.all();
		return { people, started, bytes, requests: requests.length, milliseconds: at - Math.min(...requests.map(({ time }) => time)) };
	}

	/** Publishing polls at once, and ends with that poll. */
	async #polled(id: string, isChanged: boolean): Promise<{ people: number; at: number }> {
		const { client } = this.#host;
		await client.unpublish(id);
		const earlier = new Set((await client.executions(id)).map((execution) => execution.id));
		await client.publish(id, PATIENCE);
		if (!isChanged) return { people: 0, at: Date.now() };
		const execution = await poll(
			async () => (await client.executions(id)).find((one) => !earlier.has(one.id) && one.status === 'success'),
			'the events of the trigger',
			PATIENCE,
		);
		const { items } = await client.execution(execution.id);
		const people = items(WATCHER).filter(({ event }) => String(event).startsWith('person'));
		return { people: people.length, at: Date.parse(execution.startedAt ?? '') };
	}
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(2);
}

/** Once a year: publishing polls when the bench wants it. */
const ONCE_A_YEAR = { item: [{ mode: 'custom', cronExpression: '0 0 0 1 1 *' }] };
