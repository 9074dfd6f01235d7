import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { CredentialReference } from '../host/importedWorkflow.mts';
import { startHost, type N8nHost } from '../host/startHost.mts';
import { startSandbox, type Sandbox } from '../sandbox/server.mts';
import { startBambooHr, type BambooHr } from '../vendors/bambooHr.mts';
import { bambooHrDelivery, type BambooHrEvent } from '../vendors/bambooHrDelivery.mts';
import { enabled, filledIn, withWebhookId } from '../host/filledIn.mts';
import { makeDataTables } from '../host/dataTables.mts';
import { importAlerts } from './alerts.mts';
import { READABLE_CANVASES } from './checklist.mts';
import { packPackage } from './packPackage.mts';

/** The header with which a system that cannot sign authenticates itself at the workflows' second trigger. */
export const HRIS_HEADER = 'X-HRIS-Key';

/** The zone of the company in the demo. */
export const COMPANY_ZONE = 'Europe/Berlin';

const COMPANY = 'acme';

/** Name of the HRIS source, which the workflows show until a source is picked. */
export const SOURCE = 'HRIS source: BambooHR';

/** By type: the names that a person would give them in n8n. */
const CREDENTIAL_NAMES: Record<string, string> = {
	hrisWebhookApi: 'BambooHR webhook',
	httpBasicAuth: 'BambooHR API key',
	httpHeaderAuth: 'HRIS webhook key',
	notionScimApi: 'Notion SCIM',
};

/** A Notion workspace, an HRIS and an n8n with the packages and credentials, all running. */
export interface Stage {
	sandbox: Sandbox;
	hris: BambooHr;
	host: N8nHost;
	/** The value that a system that cannot sign has to send in {@link HRIS_HEADER}. */
	hrisSecret: string;
	/** BambooHR's signing key. */
	signingSecret: string;
	/** By type. */
	credentials: Record<string, CredentialReference>;
	stop(): Promise<void>;
}

/** An environment with the published workflow for hires. */
export interface World extends Stage {
	onboarding: {
		id: string;
		/** Address for signed events. */
		eventsUrl: string;
		/** Address for a system that cannot sign. */
		webhookUrl: string;
	};
	/** By the name of a node, or what it shows until a workflow is picked, likewise. */
	subWorkflows: Record<string, string>;
	/** Lets BambooHR report something. @returns the status of the answer */
	report(event: BambooHrEvent): Promise<number>;
}

export interface WorldOptions {
	/** The folder for everything that this environment writes. */
	folder: string;
	sandboxPort?: number;
	n8nPort?: number;
	/** Queue mode, as for the host. */
	queue?: { workers: number };
	/** The HRIS's date; default: the date in UTC. */
	today?: () => string;
	/** Imports the workflow that raises alerts, by the name of its caller. Default: no alerts. */
	alerts?: (host: N8nHost) => Promise<Record<string, string>>;
	/** Called before each step. */
	progress?: (step: string) => void;
}

/** Starts everything; if a later step fails, it stops what was started. */
export async function startWorld(options: WorldOptions): Promise<World> {
	const stage = await startStage(options);
	const { host, credentials, signingSecret } = stage;
	try {
		options.progress?.('Importing the workflows and publishing them');
		await makeDataTables(host);
		const source = await importSource(host, credentials);
		const alerts = await (options.alerts ?? importAlerts)(host);
		const subWorkflows = { [SOURCE]: source, 'Read the employee': source, ...alerts };
		const onboarding = await importOnboarding(host, credentials, subWorkflows);
		const report = async (event: BambooHrEvent) => {
			const delivery = bambooHrDelivery(event, signingSecret);
			return (await fetch(onboarding.eventsUrl, { method: 'POST', ...delivery })).status;
		};
		return { ...stage, onboarding, subWorkflows, report };
	} catch (error) {
		await stage.stop();
		throw error;
	}
}

/** Starts everything that workflows need; if a later step fails, it stops what was started. */
export async function startStage(options: WorldOptions): Promise<Stage> {
	const { folder, progress = () => {} } = options;
	progress('Starting the sandbox, a Notion workspace on this machine, and an HRIS');
	const sandbox = await startSandbox({ port: options.sandboxPort ?? 0 });
	const apiKey = randomBytes(20).toString('hex');
	const hris = await startBambooHr({
		company: COMPANY,
		apiKey,
		...(options.today ? { today: options.today } : {}),
	});
	let host: N8nHost | undefined;
	const stop = async () => {
		await host?.stop();
		await hris.close();
		await sandbox.close();
	};
	try {
		progress('Packing the packages and starting n8n with them');
		host = await startHost({
			folder: join(folder, 'n8n'),
			hasEditor: true,
			environment: READABLE_CANVASES,
			packages: [
				await packPackage(join(folder, 'package')),
				await packPackage(join(folder, 'package'), 'hris-trigger'),
			],
			vendors: { 'api.notion.com': sandbox.url, ...hris.hosts },
			...(options.n8nPort === undefined ? {} : { port: options.n8nPort }),
			...(options.queue ? { queue: options.queue } : {}),
		});
		progress('Making the credentials');
		const hrisSecret = randomBytes(24).toString('base64url');
		const signingSecret = randomBytes(24).toString('base64url');
		const credentials = await makeCredentials(host, {
			httpHeaderAuth: { name: HRIS_HEADER, value: hrisSecret },
			hrisWebhookApi: { scheme: 'bamboohr', secret: signingSecret },
			httpBasicAuth: { user: apiKey, password: 'x' },
			// The base URL stays Notion's own: the proxy redirects it to the sandbox.
			notionScimApi: {
				token: sandbox.token,
				access: 'noRemovals',
				ownedDomains: 'example.com',
				tokenCreatorEmail: 'owner@example.com',
			},
		});
		return { sandbox, hris, host, hrisSecret, signingSecret, credentials, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function makeCredentials(host: N8nHost, data: Record<string, Record<string, unknown>>) {
	const made: Record<string, CredentialReference> = {};
	for (const [type, values] of Object.entries(data)) {
		made[type] = await host.client.createCredential({ type, name: CREDENTIAL_NAMES[type] ?? type, data: values });
	}
	return made;
}

export async function importSource(
	{ client }: N8nHost,
	credentials: Record<string, CredentialReference>,
): Promise<string> {
	const file = await workflowFile('sources', 'bamboohr');
	const workflow = filledIn(file, { Settings: { company: COMPANY } });
	const { id } = await client.importWorkflow(workflow, { credentials });
	await client.publish(id);
	return id;
}

async function importOnboarding(
	host: N8nHost,
	credentials: Record<string, CredentialReference>,
	subWorkflows: Record<string, string>,
): Promise<World['onboarding']> {
	const webhookId = randomUUID();
	const workflow = filledIn(await workflowFile('onboarding'), {
		'Plan changes': { timeZone: { __rl: true, mode: 'name', value: COMPANY_ZONE } },
		HrisEvents: { timeZone: COMPANY_ZONE },
	});
	const withTriggers = enabled(withWebhookId(workflow, 'HrisEvents', webhookId), 'HrisWebhook');
	const { id } = await host.client.importWorkflow(withTriggers, { credentials, subWorkflows });
	await host.client.publish(id);
	return {
		id,
		eventsUrl: host.webhookUrl(`${webhookId}/hris`),
		webhookUrl: host.webhookUrl('notion-onboarding'),
	};
}

/** @returns the parsed file of workflows/…/job/job.json */
export async function workflowFile(...path: [string, ...string[]]): Promise<unknown> {
	const folder = join('workflows', ...path);
	return JSON.parse(await readFile(join(folder, `${path.at(-1)}.json`), 'utf8'));
}

/** Tells the user where everything is and how to report a hire. */
export function showAddresses({ host, sandbox, onboarding, hrisSecret }: World): void {
	console.log(`
Everything is running. It starts afresh each time, and nothing leaves this machine.

  n8n editor        ${host.url}/workflow/${onboarding.id}
    sign in with    ${host.owner.email}
    password        ${host.owner.password}
  Notion workspace  ${sandbox.url}
  signed events     ${onboarding.eventsUrl}
  HRIS webhook      ${onboarding.webhookUrl}
    with header     ${HRIS_HEADER}: ${hrisSecret}

Keep the workspace's page open and report a hire of your own. The HRIS is asked about each report,
and it knows employee 1207, Katherine Johnson of Engineering:

  curl -X POST ${onboarding.webhookUrl} \\
    -H 'Content-Type: application/json' -H '${HRIS_HEADER}: ${hrisSecret}' \\
    -d '{"kind":"hired","employeeId":"1207"}'`);
}
