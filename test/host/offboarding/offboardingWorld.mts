import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { importAlerts } from '../../../demo/alerts.mts';
import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import type { CredentialReference } from '../../../host/importedWorkflow.mts';
import type { Execution } from '../../../host/n8nClient.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { poll } from '../../../host/poll.mts';
import { atPath, enabled, filledIn, withWebhookId } from '../../../host/filledIn.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type BambooHr, startBambooHr } from '../../../vendors/bambooHr.mts';
import { signed as signedAsBambooHr } from '../../../vendors/bambooHrDelivery.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { handOver } from './handOver.mts';

const SECRET = 'offboarding-secret-0123456789';
const WEBHOOK_ID = randomUUID();

export const CHANGES = 'notion_scim_changes';
export const LINKS = 'notion_scim_links';
export const EVIDENCE = 'notion_scim_evidence';
export const ALERTS = 'notion_scim_alerts';
export const COMPANY_ID = '12345';
/** Name and webhook of {@link OffboardingWorld.publishBroken}. */
export const BROKEN = 'broken-offboarding';
const WEBHOOK_HEADER = 'X-HRIS-Key';

export type Row = Record<string, unknown>;

/** Notion, BambooHR, a mail server and an n8n with the workflow published, all running. */
export interface OffboardingWorld {
	sandbox: Sandbox;
	hris: BambooHr;
	mail: MailServer;
	host: N8nHost;
	workflowId: string;
	/** By type, for workflows that are imported besides. */
	credentials: Record<string, CredentialReference>;
	/** By the name of the node that calls it, likewise. */
	subWorkflows: Record<string, string>;
	/** Sends signed events of BambooHR, and waits until their executions have ended. */
	tell(...deliveries: object[]): Promise<void>;
	/** The bytes of a delivery with its genuine signature. */
	signed(payload: object): { body: string; headers: Record<string, string> };
	send(delivery: { body: string; headers: Record<string, string> }): Promise<number>;
	/** Waits until so many executions of the workflow have ended since the last call. */
	settled(count: number, within?: number): Promise<void>;
	/** The newest executions without those of the Error Trigger, newest first. */
	executions(): Promise<Execution[]>;
	/** Hands events or rows over as another workflow does, all in one call, and waits until it has ended. */
	call(...items: object[]): Promise<void>;
	/** Publishes the workflow with a node that fails, at the webhook {@link BROKEN}. @returns its id */
	publishBroken(nodeName: string): Promise<string>;
	/** Posts to a webhook with the header that proves the sender. @returns the status */
	post(path: string, body: unknown, secret?: string): Promise<number>;
	/** Links an employee to an account, as the onboarding does. */
	link(row: Record<string, string>): Promise<void>;
	/** Adds a row to a Data Table, as another workflow or an admin does. */
	store(table: string, row: Row): Promise<void>;
	rows(table: string, employeeId?: string): Promise<Row[]>;
	stop(): Promise<void>;
}

export interface WorldSettings {
	/** Members of the workspace beside the usual ones. */
	people?: number;
	/** Parameters of Apply changes. */
	settings?: Record<string, unknown>;
	environment?: Record<string, string>;
}

/** Starts everything; what was started is stopped again where a later step fails. */
export async function startOffboarding(options: WorldSettings = {}): Promise<OffboardingWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'offboarding-'));
	const sandbox = await startSandbox({ people: options.people ?? 0 });
	const apiKey = randomBytes(16).toString('hex');
	const hris = await startBambooHr({ company: 'acme', apiKey });
	const mail = await startMailServer();
	let host: N8nHost | undefined;
	const stop = async () => {
		await host?.stop();
		await Promise.all([sandbox.close(), hris.close(), mail.close()]);
		await rm(folder, { recursive: true, force: true });
	};
	try {
		host = await startHost({
			folder: join(folder, 'n8n'),
			packages: [await packPackage(folder), await packPackage(folder, 'hris-trigger')],
			vendors: { 'api.notion.com': sandbox.url, ...hris.hosts },
			...(options.environment ? { environment: options.environment } : {}),
		});
		await makeDataTables(host);
		const parts = { sandbox, hris, mail, host, apiKey };
		return { ...(await published(parts, options.settings ?? {})), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

interface Parts {
	sandbox: Sandbox;
	hris: BambooHr;
	mail: MailServer;
	host: N8nHost;
	apiKey: string;
}

async function published(parts: Parts, settings: Record<string, unknown>): Promise<Omit<OffboardingWorld, 'stop'>> {
	const { sandbox, hris, mail, host } = parts;
	const { client } = host;
	const credentials = await makeCredentials(parts);
	const subWorkflows = {
		'Read the employee': await importSource(parts),
		...(await importAlerts(host)),
	};
	const picks = { credentials, subWorkflows };
	const from = { fromEmail: 'offboarding@example.com' };
	const file = filledIn(await workflowFile(join('workflows', 'offboarding-lockdown', 'offboarding-lockdown.json')), {
		HrisEvents: { timeZone: 'UTC' },
		'Receive events': { source: 'bamboohr' },
		'Plan changes': { timeZone: { __rl: true, mode: 'name', value: 'UTC' } },
		'Apply changes': { fallbackEmail: 'it@example.com', ...settings },
		'Tell the manager': from,
		'Remind the manager': from,
	});
	// The file names no webhook, so that each import gets an address of its own; here it must be known.
	const known = withWebhookId(enabled(file, 'HrisWebhook'), 'HrisEvents', WEBHOOK_ID);
	const { id: workflowId } = await client.importWorkflow(known, picks);
	await client.publish(workflowId);
	const url = host.webhookUrl(`${WEBHOOK_ID}/hris`);
	const rest = await signIn(host.url, host.owner);
	const callPath = await handOver(client, workflowId);

	/** Without those of the Error Trigger, newest first. */
	const worked = async () => (await client.executions(workflowId)).filter(({ mode }) => mode !== 'error');
	let seen = new Set<string>();
	const settled = async (count: number, within = 60_000) => {
		const ended = await poll(
			async () => {
				const executions = await worked();
				const fresh = executions.filter(({ id }) => !seen.has(id));
				const isOver = fresh.every(({ status }) => !['new', 'running', 'waiting'].includes(status));
				return fresh.length >= count && isOver ? executions : undefined;
			},
			`${count} executions to end`,
			within,
		);
		seen = new Set([...seen, ...ended.map(({ id }) => id)]);
	};
	const signed = (payload: object) => signedAsBambooHr(JSON.stringify(payload), SECRET);
	const postJson = async (to: string, body: string, headers: Record<string, string> = {}) => {
		const response = await fetch(to, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
		await response.text();
		return response.status;
	};
	const send: OffboardingWorld['send'] = async ({ body, headers }) => await postJson(url, body, headers);
	const store = async (table: string, row: Row) => {
		const found = (await client.dataTables()).find(({ name }) => name === table);
		if (!found) throw new Error(`There is no table ${table}`);
		await rest(z.unknown(), 'POST', `rest/projects/${found.projectId}/data-tables/${found.id}/insert`, { data: [row] });
	};

	return {
		sandbox,
		hris,
		mail,
		host,
		workflowId,
		credentials,
		subWorkflows,
		signed,
		send,
		settled,
		executions: worked,
		tell: async (...deliveries) => {
			const statuses = await Promise.all(deliveries.map(async (payload) => await send(signed(payload))));
			expect(new Set(statuses)).toEqual(new Set([200]));
			await settled(deliveries.length);
		},
		call: async (...items) => {
			await postJson(host.webhookUrl(callPath), JSON.stringify({ items }));
			await settled(1);
		},
		publishBroken: async (nodeName) => {
			const broken = filledIn(atPath(enabled(file, 'HrisWebhook'), 'HrisWebhook', BROKEN), {
				[nodeName]: { dataTableId: { __rl: true, mode: 'name', value: 'a table that is not there' } },
			});
			const { id } = await client.importWorkflow(broken, { ...picks, name: BROKEN });
			await client.publish(id);
			return id;
		},
		post: async (path, body, secret = SECRET) =>
			await postJson(host.webhookUrl(path), JSON.stringify(body), { [WEBHOOK_HEADER]: secret }),
		link: async (row) => await store(LINKS, row),
		store,
		rows: async (table, employeeId) =>
			(await client.rows(table)).filter((row) => employeeId === undefined || row['employeeId'] === employeeId),
	};
}

async function makeCredentials({ host, sandbox, mail }: Parts): Promise<Record<string, CredentialReference>> {
	const data: Record<string, Record<string, unknown>> = {
		hrisWebhookApi: { scheme: 'bamboohr', secret: SECRET },
		httpHeaderAuth: { name: WEBHOOK_HEADER, value: SECRET },
		smtp: { ...mail.credential },
		notionScimApi: {
			token: sandbox.token,
			access: 'full',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		},
	};
	const made: Record<string, CredentialReference> = {};
	for (const [type, values] of Object.entries(data)) {
		made[type] = await host.client.createCredential({ type, name: type, data: values });
	}
	return made;
}

async function importSource({ host: { client }, apiKey }: Parts): Promise<string> {
	const file = filledIn(await workflowFile(join('workflows', 'sources', 'bamboohr', 'bamboohr.json')), {
		Settings: { company: 'acme' },
	});
	const bambooHrApi = await client.createCredential({
		type: 'bambooHrApi',
		name: 'BambooHR',
		data: { subdomain: 'acme', apiKey },
	});
	const httpBasicAuth = await client.createCredential({
		type: 'httpBasicAuth',
		name: 'BambooHR API key',
		data: { user: apiKey, password: 'x' },
	});
	const { id } = await client.importWorkflow(file, { credentials: { bambooHrApi, httpBasicAuth } });
	await client.publish(id);
	return id;
}

async function workflowFile(path: string): Promise<unknown> {
	return JSON.parse(await readFile(path, 'utf8'));
}
