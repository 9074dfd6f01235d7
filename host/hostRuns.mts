import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from './freePorts.mts';
import { hostEnvironment } from './hostEnvironment.mts';
import { startN8nProcess, startN8nWorker } from './n8nProcess.mts';
import { planWorkers, type WorkerPlan } from './queueMode.mts';
import type { ServerProcess } from './serverProcess.mts';
import type { HostOptions } from './startHost.mts';
import type { VendorProxy } from './vendorProxy.mts';

/** With what n8n and its workers start, each time. */
export interface RunPlan {
	/** Address of the editor. */
	url: string;
	environment: Record<string, string>;
	workers: WorkerPlan[];
}

/** @param shared settings of n8n and its workers, which the options may change */
export async function planRuns(
	folder: string,
	{ packages, queue, port, timeZone = 'UTC', hasEditor = false, environment }: HostOptions,
	proxy: VendorProxy,
	shared: Record<string, string> = {},
): Promise<RunPlan> {
	const caFile = join(folder, 'vendor-ca.pem');
	await writeFile(caFile, proxy.caCertificate);
	const [anyPort = 0, brokerPort = 0] = await freePorts(2);
	const ownPort = port ?? anyPort;
	const common = { folder, timeZone, proxyUrl: proxy.url, caFile, hasEditor };
	const settings = { ...shared, ...environment };
	return {
		url: `http://127.0.0.1:${ownPort}`,
		environment: { ...hostEnvironment({ ...common, port: ownPort, brokerPort }), ...settings },
		workers: await planWorkers(queue?.workers ?? 0, packages, common, settings),
	};
}

/** The processes of n8n and its workers, over all their starts. */
export class HostRuns {
	readonly #plan: RunPlan;
	readonly #all: ServerProcess[] = [];
	#workers: readonly ServerProcess[] = [];

	constructor(plan: RunPlan) {
		this.#plan = plan;
	}

	/** Must end before workers start: n8n creates the tables of the database. */
	async startN8n(): Promise<void> {
		this.#all.push(await startN8nProcess(this.#plan.environment, this.#plan.url));
	}

	async startWorkers(): Promise<void> {
		this.#workers = await Promise.all(
			this.#plan.workers.map(async ({ environment, url }) => {
				const worker = await startN8nWorker(environment, url);
				this.#all.push(worker);
				return worker;
			}),
		);
	}

	/** The workers of the newest start. */
	workers(): readonly ServerProcess[] {
		return this.#workers;
	}

	log(): string {
		return this.#all.map((run) => run.log()).join('');
	}

	async end(how: 'stop' | 'kill'): Promise<void> {
		await Promise.all(this.#all.map(async (run) => await run[how]()));
	}
}
