import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { startHost, type N8nHost } from '../host/startHost.mts';
import { startSandbox, type Sandbox } from '../sandbox/server.mts';
import { packPackage } from './packPackage.mts';

/** Header with which an HRIS proves itself to the onboarding workflow. */
export const HRIS_HEADER = 'X-HRIS-Key';

/** A Notion workspace, an n8n with the package, the credentials and the workflow, all running. */
export interface World {
	sandbox: Sandbox;
	host: N8nHost;
	/** What the HRIS has to send in {@link HRIS_HEADER}. */
	hrisSecret: string;
	onboarding: { id: string; webhookUrl: string };
	stop(): Promise<void>;
}

export interface WorldOptions {
	/** Everything that this world writes goes in here. */
	folder: string;
	sandboxPort?: number;
	n8nPort?: number;
	/** Told before each step. */
	progress?: (step: string) => void;
}

/** Starts everything; what was started is stopped again where a later step fails. */
export async function startWorld(options: WorldOptions): Promise<World> {
	const { folder, progress = () => {} } = options;
	progress('Starting the sandbox, a Notion workspace on this machine');
	const sandbox = await startSandbox({ port: options.sandboxPort ?? 0 });
	let host: N8nHost | undefined;
	const stop = async () => {
		await host?.stop();
		await sandbox.close();
	};
	try {
		progress('Packing the packages and starting n8n with them');
		host = await startHost({
			folder: join(folder, 'n8n'),
			packages: [
				await packPackage(join(folder, 'package')),
				await packPackage(join(folder, 'package'), 'hris-trigger'),
			],
			vendors: { 'api.notion.com': sandbox.url },
			...(options.n8nPort === undefined ? {} : { port: options.n8nPort }),
		});
		progress('Importing the workflow, making its credentials and publishing it');
		const hrisSecret = randomBytes(24).toString('base64url');
		const id = await importOnboarding(host, sandbox, hrisSecret);
		const webhookUrl = host.webhookUrl('notion-onboarding');
		return { sandbox, host, hrisSecret, onboarding: { id, webhookUrl }, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function importOnboarding(host: N8nHost, sandbox: Sandbox, secret: string): Promise<string> {
	const httpHeaderAuth = await host.client.createCredential({
		type: 'httpHeaderAuth',
		name: 'HRIS webhook',
		data: { name: HRIS_HEADER, value: secret },
	});
	// The base URL stays Notion's own: the proxy leads it to the sandbox.
	const notionScimApi = await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: {
			token: sandbox.token,
			access: 'noRemovals',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		},
	});
	const file = join('workflows', 'onboarding', 'onboarding.json');
	const { id } = await host.client.importWorkflow(JSON.parse(await readFile(file, 'utf8')), {
		credentials: { httpHeaderAuth, notionScimApi },
	});
	await host.client.publish(id);
	return id;
}

/** Tells the person where everything is and how to send a hire. */
export function showAddresses({ host, sandbox, onboarding, hrisSecret }: World): void {
	console.log(`
Everything is running. It starts afresh each time, and nothing leaves this machine.

  n8n editor        ${host.url}/workflow/${onboarding.id}
    sign in with    ${host.owner.email}
    password        ${host.owner.password}
  Notion workspace  ${sandbox.url}
  HRIS webhook      ${onboarding.webhookUrl}
    with header     ${HRIS_HEADER}: ${hrisSecret}

Keep the workspace's page open and send a hire of your own:

  curl -X POST ${onboarding.webhookUrl} \\
    -H 'Content-Type: application/json' -H '${HRIS_HEADER}: ${hrisSecret}' \\
    -d '{"person":{"email":"katherine@example.com","displayName":"Katherine Johnson","department":"Engineering"}}'

Ctrl-C stops it.`);
}
