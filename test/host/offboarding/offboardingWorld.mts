import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import type { Execution } from '../../../host/n8nClient.mts';
import { poll } from '../../../host/poll.mts';
import { filledIn, withWebhookId } from '../../../host/filledIn.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type BambooHr, startBambooHr } from '../../../vendors/bambooHr.mts';
import { signed as signedAsBambooHr } from '../../../vendors/bambooHrDelivery.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';

const SECRET = 'offboarding-secret-0123456789';
const WEBHOOK_ID = randomUUID();
const FOLDER = join('workflows', 'offboarding-lockdown');

export const AUDIT = 'notion_leaver_audit';
export const CHANGES = 'scheduled_changes';
export const ALARMS = 'notion_alarms';
export const COMPANY_ID = '12345';
export const FORM_USER = { user: 'approver', password: 'form-password-0123' };
/** Name and webhook of {@link OffboardingWorld.publishBroken}. */
export const BROKEN = 'broken-offboarding';
const WEBHOOK_HEADER = 'X-HRIS-Key';

/** Notion, BambooHR, a mail server and an n8n with the workflow published, all running. */
export interface OffboardingWorld {
	sandbox: Sandbox;
	hris: BambooHr;
	mail: MailServer;
	host: N8nHost;
	workflowId: string;
	/** Sends signed events of BambooHR, and waits until their executions have ended. */
	tell(...deliveries: object[]): Promise<void>;
	/** The bytes of a delivery with its genuine signature. */
	signed(payload: object): { body: string; headers: Record<string, string> };
	send(delivery: { body: string; headers: Record<string, string> }): Promise<number>;
	/** Waits until so many executions of the workflow have ended since the last call. */
	settled(count: number, within?: number): Promise<void>;
	/** The newest executions without those of the Error Trigger, newest first. */
	executions(): Promise<Execution[]>;
	/** Calls the workflow as the sweep does, each at once, and waits until all have ended. */
	call(...calls: Record<string, string>[]): Promise<void>;
	/**
	 * Publishes the workflow without its first door, as those do who cannot install that package, and
	 * with a Code node that fails, at the webhook {@link BROKEN}. @returns its id
	 */
	publishBroken(nodeName: string): Promise<string>;
	/** Posts to a webhook with the header that proves the sender. @returns the status */
	post(path: string, body: unknown, secret?: string): Promise<number>;
	/** Links an employee to an account, as the onboarding does. */
	link(row: Record<string, string>): Promise<void>;
	rows(table: string, employeeId?: string): Promise<Record<string, unknown>[]>;
	stop(): Promise<void>;
}

export interface WorldSettings {
	/** Members of the workspace beside the usual ones. */
	people?: number;
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
		return {
			...(await published(host, { sandbox, hris, mail, apiKey }, options.settings ?? {})),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

interface Parts {
	sandbox: Sandbox;
	hris: BambooHr;
	mail: MailServer;
	apiKey: string;
}

async function published(
	host: N8nHost,
	{ sandbox, hris, mail, apiKey }: Parts,
	settings: Record<string, unknown>,
): Promise<Omit<OffboardingWorld, 'stop'>> {
	const { client } = host;
	const credential = async (type: string, data: Record<string, unknown>) => ({
		[type]: await client.createCredential({ type, name: `${type} ${randomUUID()}`, data }),
	});
	const source = await client.importWorkflow(
		filledIn(await workflowFile(join('workflows', 'sources', 'bamboohr', 'bamboohr.json')), {
			Settings: { company: 'acme' },
		}),
		{
			credentials: {
				...(await credential('bambooHrApi', { subdomain: 'acme', apiKey })),
				...(await credential('httpBasicAuth', { user: apiKey, password: 'x' })),
			},
		},
	);
	await client.publish(source.id);

	const picks = {
		credentials: {
			...(await credential('hrisWebhookApi', { scheme: 'bamboohr', secret: SECRET })),
			...(await credential('httpHeaderAuth', { name: WEBHOOK_HEADER, value: SECRET })),
			...(await credential('httpBasicAuth', FORM_USER)),
			...(await credential('smtp', mail.credential)),
			...(await credential('notionScimApi', {
				token: sandbox.token,
				access: 'full',
				ownedDomains: 'example.com',
				tokenCreatorEmail: 'owner@example.com',
			})),
		},
		subWorkflows: { 'HRIS source: BambooHR': source.id },
	};
	const file = filledIn(await workflowFile(join(FOLDER, 'offboarding-lockdown.json')), {
		Settings: { timeZone: 'UTC', ...settings },
		HrisEvents: { timeZone: 'UTC' },
	});
	// The file names no webhook, so that each import gets an address of its own; here it must be known.
	const known = withWebhookId(file, 'HrisEvents', WEBHOOK_ID);
	const { id: workflowId } = await client.importWorkflow(known, picks);
	await client.publish(workflowId);
	const url = host.webhookUrl(`${WEBHOOK_ID}/hris`);
	const helper = await client.importWorkflow(helperWorkflow(workflowId));
	await client.publish(helper.id);

	/** Without those of the Error Trigger, newest first. */
	const worked = async () =>
		(await client.executions(workflowId)).filter(({ mode }) => mode !== 'error');
	let seen = new Set<string>();
	const settled = async (count: number, within = 60_000) => {
		const ended = await poll(
			async () => {
				const executions = await worked();
				const fresh = executions.filter(({ id }) => !seen.has(id));
				// The page that a form shows in the end waits to be closed.
				const isOver = fresh.every(({ status }) => !['new', 'running'].includes(status));
				return fresh.length >= count && isOver ? executions : undefined;
			},
			`${count} executions to end`,
			within,
		);
		seen = new Set(ended.map(({ id }) => id));
	};
	const signed = (payload: object) => signedAsBambooHr(JSON.stringify(payload), SECRET);
	const send = async ({ body, headers }: { body: string; headers: Record<string, string> }) =>
		(
			await fetch(url, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json', ...headers },
				body,
			})
		).status;
	const ask = async (path: string, body: unknown) => {
		const response = await fetch(host.webhookUrl(path), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
		await response.text();
	};

	return {
		sandbox,
		hris,
		mail,
		host,
		workflowId,
		signed,
		send,
		settled,
		executions: worked,
		tell: async (...deliveries) => {
			const statuses = await Promise.all(
				deliveries.map(async (payload) => await send(signed(payload))),
			);
			expect(new Set(statuses)).toEqual(new Set([200]));
			await settled(deliveries.length);
		},
		call: async (...calls) => {
			await Promise.all(calls.map(async (inputs) => await ask('call-offboarding', inputs)));
			await settled(calls.length);
		},
		publishBroken: async (nodeName) => {
			const { HrisEvents: _left, ...connections } = file.connections;
			const nodes = file.nodes
				.filter(({ name }) => name !== 'HrisEvents')
				.map((node) => ({
					...node,
					parameters: {
						...node.parameters,
						...(node.name === nodeName ? { jsCode: 'throw new Error("The node is broken");' } : {}),
						...(node.name === 'HrisWebhook' ? { path: BROKEN } : {}),
						...(node.name === 'ReleaseForm' ? { options: { path: `${BROKEN}-form` } } : {}),
					},
				}));
			const { id } = await client.importWorkflow(
				{ ...file, nodes, connections, name: BROKEN },
				picks,
			);
			await client.publish(id);
			return id;
		},
		post: async (path, body, secret = SECRET) => {
			const headers = { 'Content-Type': 'application/json', [WEBHOOK_HEADER]: secret };
			return (
				await fetch(host.webhookUrl(path), { method: 'POST', headers, body: JSON.stringify(body) })
			).status;
		},
		link: async (row) => await ask('add-link', row),
		rows: async (table, employeeId) =>
			(await client.rows(table)).filter(
				(row) => employeeId === undefined || row['employeeId'] === employeeId,
			),
	};
}

async function workflowFile(path: string): Promise<unknown> {
	return JSON.parse(await readFile(path, 'utf8'));
}

/** Two webhooks: one calls the workflow as the sweep does, one stores a link as the onboarding does. */
function helperWorkflow(workflowId: string) {
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: Record<string, unknown>,
	) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		parameters,
		position: [0, 0],
	});
	const inputs = [
		'kind',
		'source',
		'employeeId',
		'companyId',
		'email',
		'eventId',
		'timeZone',
		'requestedBy',
		'reference',
	];
	const columns = ['source', 'employeeId', 'companyId', 'email', 'userId'];
	const defined = (names: string[]) => ({
		mappingMode: 'defineBelow',
		value: Object.fromEntries(
			names.map((name) => [
				name,
				`={{ $('Call').isExecuted ? $('Call').first().json.body.${name} ?? '' : $('Link').first().json.body.${name} ?? '' }}`,
			]),
		),
		matchingColumns: [],
		schema: names.map((id) => ({
			id,
			displayName: id,
			required: false,
			defaultMatch: false,
			display: true,
			canBeUsedToMatch: true,
			type: 'string',
		})),
	});
	return {
		name: 'Helper',
		nodes: [
			node('Call', 'webhook', 2, {
				path: 'call-offboarding',
				httpMethod: 'POST',
				responseMode: 'lastNode',
				options: {},
			}),
			node('Lockdown', 'executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: workflowId },
				workflowInputs: {
					...defined(inputs),
					attemptToConvertTypes: false,
					convertFieldsToString: false,
				},
				mode: 'once',
				options: {},
			}),
			node('Link', 'webhook', 2, {
				path: 'add-link',
				httpMethod: 'POST',
				responseMode: 'lastNode',
				options: {},
			}),
			node('Links', 'dataTable', 1, {
				resource: 'table',
				operation: 'create',
				tableName: 'people_links',
				columns: { column: columns.map((name) => ({ name, type: 'string' })) },
				options: { createIfNotExists: true },
			}),
			node('Store', 'dataTable', 1, {
				resource: 'row',
				operation: 'insert',
				dataTableId: { __rl: true, mode: 'id', value: "={{ $('Links').first().json.id }}" },
				columns: defined(columns),
				options: {},
			}),
		],
		connections: {
			Call: { main: [[{ node: 'Lockdown', type: 'main', index: 0 }]] },
			Link: { main: [[{ node: 'Links', type: 'main', index: 0 }]] },
			Links: { main: [[{ node: 'Store', type: 'main', index: 0 }]] },
		},
	};
}
