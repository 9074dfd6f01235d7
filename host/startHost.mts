import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { copyDatabaseTemplate, saveDatabaseTemplate } from './databaseTemplate.mts';
import { freePorts } from './freePorts.mts';
import { hostEnvironment } from './hostEnvironment.mts';
import { installPackage } from './installPackage.mts';
import { keptSecret } from './keptSecret.mts';
import { N8nClient, type Owner } from './n8nClient.mts';
import { startN8nProcess, startN8nWorker } from './n8nProcess.mts';
import { planWorkers, startQueueServices } from './queueMode.mts';
import type { ServerProcess } from './serverProcess.mts';
import { startVendorProxy, type VendorProxy } from './vendorProxy.mts';

const OWNER_EMAIL = 'admin@company.example';

export interface HostOptions {
	/**
	 * The folder for all files of this n8n; created if it is missing. A start on the same folder finds the
	 * same database, encryption key and owner again.
	 */
	folder: string;
	/** Tarballs made by `npm pack`, installed before n8n starts. */
	packages: string[];
	/** True host name to the address of its emulator. Every other host answers 418. */
	vendors: Record<string, string>;
	/** Default: UTC. */
	timeZone?: string;
	/** Further settings for n8n; they take precedence over the host's own. */
	environment?: Record<string, string>;
	/** Default: a free one. */
	port?: number;
	/**
	 * Queue mode: workers run the executions, on PostgreSQL and Redis. Default: n8n runs them itself, on
	 * SQLite.
	 */
	queue?: { workers: number };
}

export interface N8nHost {
	/** Address of the editor. */
	url: string;
	owner: Owner;
	client: N8nClient;
	proxy: VendorProxy;
	/** In queue mode the workers of the newest start, each of which can be stopped separately. */
	workers(): readonly ServerProcess[];
	/** Address of a published workflow's webhook. */
	webhookUrl(path: string): string;
	/** What n8n and its workers printed since the first start. */
	log(): string;
	/** Stops n8n and all that was started for it. */
	stop(): Promise<void>;
	/** Kills n8n and its workers, like a crash. Other services keep running, for a restart. */
	kill(): Promise<void>;
	/** Stops n8n and its workers if they run, and starts them again at the same address. */
	restart(): Promise<void>;
}

/**
 * Starts the pinned n8n with our packages installed and vendors emulated, and signs in.
 * @throws Error with the end of n8n's log if it does not start
 */
export async function startHost(options: HostOptions): Promise<N8nHost> {
	const folder = resolve(options.folder);
	await mkdir(folder, { recursive: true });
	const { packages, queue } = options;
	const isNew = !queue && !existsSync(join(folder, '.n8n'));
	if (isNew) await copyDatabaseTemplate(folder);
	for (const tarball of packages) await installPackage(tarball, folder);
	const owner = { email: OWNER_EMAIL, password: await keptSecret(folder, 'owner-password') };

	const services = queue ? await startQueueServices(folder) : undefined;
	const proxy = await startVendorProxy(options.vendors);
	const caFile = join(folder, 'vendor-ca.pem');
	await writeFile(caFile, proxy.caCertificate);

	const [anyPort = 0, brokerPort = 0] = await freePorts(2);
	const port = options.port ?? anyPort;
	const { timeZone = 'UTC' } = options;
	const common = { folder, timeZone, proxyUrl: proxy.url, caFile };
	const settings = { ...services?.environment, ...options.environment };
	const environment = { ...hostEnvironment({ ...common, port, brokerPort }), ...settings };
	const workerPlans = await planWorkers(queue?.workers ?? 0, packages, common, settings);
	const url = `http://127.0.0.1:${port}`;
	const client = new N8nClient(url, owner);

	const runs: ServerProcess[] = [];
	let workers: ServerProcess[] = [];
	const start = async () => {
		// n8n starts alone first: it creates the tables of the database.
		runs.push(await startN8nProcess(environment, url));
		if (isNew) await saveDatabaseTemplate(folder);
		workers = await Promise.all(
			workerPlans.map(async (plan) => {
				const worker = await startN8nWorker(plan.environment, plan.url);
				runs.push(worker);
				return worker;
			}),
		);
		await client.signIn();
	};
	const endRuns = async (how: 'stop' | 'kill') => {
		await Promise.all(runs.map(async (run) => await run[how]()));
	};
	const host: N8nHost = {
		url,
		owner,
		client,
		proxy,
		workers: () => workers,
		webhookUrl: (path) => `${url}/webhook/${path}`,
		log: () => runs.map((run) => run.log()).join(''),
		stop: async () => {
			await endRuns('stop');
			await services?.stop();
			await proxy.stop();
		},
		kill: async () => await endRuns('kill'),
		restart: async () => {
			await endRuns('stop');
			await start();
		},
	};
	try {
		await start();
	} catch (error) {
		await host.stop();
		throw error;
	}
	return host;
}
