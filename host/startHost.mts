import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { copyDatabaseTemplate, saveDatabaseTemplate } from './databaseTemplate.mts';
import { EventLog } from './eventLog.mts';
import { HostRuns, planRuns } from './hostRuns.mts';
import { installPackage } from './installPackage.mts';
import { keptSecret } from './keptSecret.mts';
import { N8nClient, type Owner } from './n8nClient.mts';
import { startQueueServices } from './queueMode.mts';
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
	/**
	 * Whether a person can open the editor. Default: no; each start is then a third quicker, because n8n prepares no
	 * pages and leaves out modules that no workflow uses. Forms and webhooks are as ever.
	 */
	hasEditor?: boolean;
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
	eventLog: EventLog;
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
	const isNew = !options.queue && !existsSync(join(folder, '.n8n'));
	if (isNew) await copyDatabaseTemplate(folder);
	for (const tarball of options.packages) await installPackage(tarball, folder);
	const owner = { email: OWNER_EMAIL, password: await keptSecret(folder, 'owner-password') };

	const services = options.queue ? await startQueueServices(folder) : undefined;
	const proxy = await startVendorProxy(options.vendors);
	const plan = await planRuns(folder, options, proxy, services?.environment);
	const { url } = plan;
	const client = new N8nClient(url, owner);
	const runs = new HostRuns(plan);
	const start = async () => {
		await runs.startN8n();
		if (isNew) await saveDatabaseTemplate(folder);
		await runs.startWorkers();
		await client.signIn();
	};
	const host: N8nHost = {
		url,
		owner,
		client,
		proxy,
		eventLog: new EventLog(folder),
		workers: () => runs.workers(),
		webhookUrl: (path) => `${url}/webhook/${path}`,
		log: () => runs.log(),
		stop: async () => {
			await runs.end('stop');
			await services?.stop();
			await proxy.stop();
		},
		kill: async () => await runs.end('kill'),
		restart: async () => {
			await runs.end('stop');
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
