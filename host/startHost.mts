import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { freePorts } from './freePorts.mts';
import { hostEnvironment } from './hostEnvironment.mts';
import { installPackage } from './installPackage.mts';
import { N8nClient, type Owner } from './n8nClient.mts';
import { startN8nProcess } from './n8nProcess.mts';
import { startVendorProxy, type VendorProxy } from './vendorProxy.mts';

const OWNER_EMAIL = 'admin@company.example';

export interface HostOptions {
	/**
	 * Where this n8n keeps everything; made if it is missing. A start on the same folder finds the
	 * same database, encryption key and owner again.
	 */
	folder: string;
	/** Tarballs made by `npm pack`, installed before n8n starts. */
	packages: string[];
	/** True host name to the address of its emulator. Every other host answers 418. */
	vendors: Record<string, string>;
	/** Default: UTC. */
	timeZone?: string;
	/** Further settings for n8n; they win over the host's own. */
	environment?: Record<string, string>;
	/** Default: a free one. */
	port?: number;
}

export interface N8nHost {
	/** Address of the editor. */
	url: string;
	owner: Owner;
	client: N8nClient;
	proxy: VendorProxy;
	/** Address of a published workflow's webhook. */
	webhookUrl(path: string): string;
	/** What n8n printed since the first start. */
	log(): string;
	/** Ends n8n and the proxy. */
	stop(): Promise<void>;
	/** Ends n8n as a crash would. The proxy stays, for a restart. */
	kill(): Promise<void>;
	/** Ends n8n if it runs, and starts it again at the same address. */
	restart(): Promise<void>;
}

/**
 * Starts the pinned n8n with packages of ours installed and vendors emulated, and signs in.
 *
 * @throws Error with the end of n8n's log if it does not come up
 */
export async function startHost(options: HostOptions): Promise<N8nHost> {
	const folder = resolve(options.folder);
	await mkdir(folder, { recursive: true });
	for (const tarball of options.packages) await installPackage(tarball, folder);

	const proxy = await startVendorProxy(options.vendors);
	const caFile = join(folder, 'vendor-ca.pem');
	await writeFile(caFile, proxy.caCertificate);

	const [anyPort = 0, brokerPort = 0] = await freePorts(2);
	const port = options.port ?? anyPort;
	const { timeZone = 'UTC' } = options;
	const environment = {
		...hostEnvironment({ folder, port, brokerPort, timeZone, proxyUrl: proxy.url, caFile }),
		...options.environment,
	};
	const url = `http://127.0.0.1:${port}`;
	const owner = { email: OWNER_EMAIL, password: await ownerPassword(folder) };
	const client = new N8nClient(url, owner);

	const runs: Awaited<ReturnType<typeof startN8nProcess>>[] = [];
	const start = async () => {
		runs.push(await startN8nProcess(environment, url));
		await client.signIn();
	};
	const host: N8nHost = {
		url,
		owner,
		client,
		proxy,
		webhookUrl: (path) => `${url}/webhook/${path}`,
		log: () => runs.map((run) => run.log()).join(''),
		stop: async () => {
			await runs.at(-1)?.stop();
			await proxy.stop();
		},
		kill: async () => await runs.at(-1)?.kill(),
		restart: async () => {
			await runs.at(-1)?.stop();
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

/** Kept in the folder, because the account is kept there too. n8n asks for a capital and a digit. */
async function ownerPassword(folder: string): Promise<string> {
	const file = join(folder, 'owner-password');
	try {
		return await readFile(file, 'utf8');
	} catch {
		const password = `A1-${randomBytes(12).toString('base64url')}`;
		await writeFile(file, password, { mode: 0o600 });
		return password;
	}
}
