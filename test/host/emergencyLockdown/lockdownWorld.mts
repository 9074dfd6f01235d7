import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { atPath, filledIn, withWebhookId } from '../../../host/filledIn.mts';
import type { Execution, ExecutionDetail } from '../../../host/n8nClient.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { standardWebhooksDelivery } from '../../../vendors/standardWebhooksDelivery.mts';
import { alertStub, appStub, clockStub } from './stubs.mts';

export const APPS = ['notion', 'entra', 'okta', 'google'];
const JOURNAL = 'notion_scim_changes';
const KEY_HEADER = 'X-Security-Key';
const RUNNING = ['new', 'running', 'waiting'];

export type Row = Record<string, unknown>;

/** A published copy of the workflow, with addresses of its own. */
export interface Lockdown {
	workflowId: string;
	signedUrl: string;
	headerUrl: string;
}

export interface LockdownOptions {
	/** Parameters of Plan changes. */
	plan?: Record<string, unknown>;
	/** Seconds that the apps have. */
	patience?: number;
	/** Workflows to pick, by the node that calls them. */
	subWorkflows?: Record<string, string>;
	/** Nodes that are deactivated. */
	deactivated?: string[];
	/** Of Notion, instead of the usual one. */
	credential?: Record<string, unknown>;
}

/** What the workflows of the apps do here: the app's own work is tested with its own workflow. */
export interface AppStubs {
	/** Locks everyone out. */
	works: string;
	/** Takes some seconds. */
	hangs: string;
	/** Ends without a result. */
	dies: string;
}

/** An n8n with both packages, a Notion workspace, and stubs for the apps and for error-notification. */
export class World {
	readonly host: N8nHost;
	readonly sandbox: Sandbox;
	readonly apps: AppStubs;
	readonly #secrets: { secret: string; key: string };
	/** By type. */
	readonly credentials: Record<string, { id: string; name: string }>;
	readonly #alertStub: string;

	private constructor(
		{ host, sandbox }: { host: N8nHost; sandbox: Sandbox },
		made: { apps: AppStubs; alertStub: string; credentials: Record<string, { id: string; name: string }> },
		secrets: { secret: string; key: string },
	) {
		this.host = host;
		this.sandbox = sandbox;
		this.apps = made.apps;
		this.credentials = made.credentials;
		this.#alertStub = made.alertStub;
		this.#secrets = secrets;
	}

	static async start(folder: string): Promise<World> {
		const sandbox = await startSandbox();
		const host = await startHost({
			folder: join(folder, 'n8n'),
			packages: [await packPackage(folder), await packPackage(folder, 'hris-trigger')],
			vendors: { 'api.notion.com': sandbox.url },
			// By default n8n makes a sandbox for the expressions of every execution, which takes it 60 ms.
			environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
		});
		await makeDataTables(host);
		const secrets = {
			secret: `whsec_${randomBytes(24).toString('base64')}`,
			key: randomBytes(24).toString('base64url'),
		};
		const { client } = host;
		const credential = async (type: string, data: Record<string, unknown>) =>
			await client.createCredential({ type, name: type, data });
		const credentials = {
			hrisWebhookApi: await credential('hrisWebhookApi', { scheme: 'standardWebhooks', secret: secrets.secret }),
			httpHeaderAuth: await credential('httpHeaderAuth', { name: KEY_HEADER, value: secrets.key }),
			notionScimApi: await credential('notionScimApi', {
				token: sandbox.token,
				access: 'full',
				tokenCreatorEmail: 'owner@example.com',
			}),
		};
		const published = async (file: unknown): Promise<string> => {
			const { id } = await client.importWorkflow(file);
			await client.publish(id);
			return id;
		};
		const apps = {
			works: await published(appStub('An app')),
			hangs: await published(appStub('An app that hangs', { seconds: 6 })),
			dies: await published(appStub('An app that dies', { stores: false })),
		};
		const made = { apps, alertStub: await published(alertStub), credentials };
		return new World({ host, sandbox }, made, secrets);
	}

	hire(...emails: string[]): void {
		for (const email of emails) this.sandbox.workspace.addUser({ email });
	}

	isMember(email: string): boolean {
		return this.sandbox.workspace.userByEmail(email)?.membership === 'member';
	}

	async publish(options: LockdownOptions = {}): Promise<Lockdown> {
		const { plan = {}, patience = 1, subWorkflows = {}, deactivated = [], credential } = options;
		const copy = randomUUID();
		const set = filledIn(await workflowFile('emergency-lockdown'), {
			'Plan changes': { limitPeople: 1_000, ...plan },
			'Give the apps time': { amount: patience },
		});
		const placed = withWebhookId(atPath(set, 'HrisWebhook', `emergency-${copy}`), 'HrisEvents', copy);
		const nodes = placed.nodes.map((node) => ({ ...node, disabled: deactivated.includes(node.name) }));
		const { client } = this.host;
		const { id } = await client.importWorkflow(
			{ ...placed, nodes },
			{
				credentials: { ...this.credentials, ...(credential ? { notionScimApi: await this.#notion(credential) } : {}) },
				name: `Emergency ${copy}`,
				subWorkflows: {
					'Raise alert': this.#alertStub,
					'Raise failure alert': this.#alertStub,
					'Lock out of Entra': this.apps.works,
					'Lock out of Okta': this.apps.works,
					'Lock out of Google': this.apps.works,
					...subWorkflows,
				},
			},
		);
		await client.publish(id);
		return {
			workflowId: id,
			signedUrl: this.host.webhookUrl(`${copy}/hris`),
			headerUrl: this.host.webhookUrl(`emergency-${copy}`),
		};
	}

	async #notion(data: Record<string, unknown>): Promise<{ id: string; name: string }> {
		return await this.host.client.createCredential({ type: 'notionScimApi', name: 'Another one', data });
	}

	/** Publishes emergency-confirm. @returns the address of its form */
	async publishConfirmation({ workflowId }: Lockdown): Promise<string> {
		const path = `confirm-${randomUUID()}`;
		const text = JSON.stringify(await workflowFile('emergency-confirm'));
		const file: unknown = JSON.parse(text.replace('"notion-emergency-confirm"', `"${path}"`));
		const { client } = this.host;
		const { id } = await client.importWorkflow(file, {
			credentials: this.credentials,
			name: path,
			subWorkflows: { 'Lock out': workflowId },
		});
		await client.publish(id);
		return `${this.host.url}/form/${path}`;
	}

	/** Stores a row in the journal, as a workflow does in any process of n8n. */
	async store(row: Row): Promise<void> {
		await this.#journal('POST', '/insert', { data: [row] });
	}

	/** Hands rows to the workflow, as due-changes does. */
	async handOver({ workflowId }: Lockdown, rows: Row[]): Promise<void> {
		const path = `clock-${randomUUID()}`;
		const { client } = this.host;
		const { id } = await client.importWorkflow(clockStub(path), { subWorkflows: { 'Hand over': workflowId } });
		await client.publish(id);
		const status = await post(this.host.webhookUrl(path), { body: JSON.stringify({ rows }), headers: {} });
		if (status !== 200) throw new Error(`The rows were not handed over: ${status}`);
	}

	/** Changes rows of the journal. */
	async change(where: { columnName: string; condition: string; value: string }, data: Row): Promise<void> {
		await this.#journal('PATCH', '/rows', { filter: { type: 'and', filters: [where] }, data });
	}

	async #journal(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<void> {
		const { client, url, owner } = this.host;
		const table = (await client.dataTables()).find(({ name }) => name === JOURNAL);
		const rest = await signIn(url, owner);
		await rest(z.unknown(), method, `rest/projects/${table?.projectId}/data-tables/${table?.id}${path}`, body);
	}

	/** What a security tool does: a signed call. */
	async call({ signedUrl }: Lockdown, body: unknown, { id, secret = this.#secrets.secret }: { id?: string; secret?: string } = {}): Promise<number> {
		return await post(signedUrl, standardWebhooksDelivery(body, secret, id));
	}

	async callWithHeader({ headerUrl }: Lockdown, body: unknown, key = this.#secrets.key): Promise<number> {
		return await post(headerUrl, { body: JSON.stringify(body), headers: { [KEY_HEADER]: key } });
	}

	/** Rows of emergencies about these people, oldest first. */
	async rows(...people: string[]): Promise<Row[]> {
		const rows = await this.host.client.rows(JOURNAL);
		return rows.filter(({ kind, email }) => kind === 'emergency' && people.includes(String(email)));
	}

	/** As {@link rows}, when everyone has some, and none of them is under way any more. */
	async results(people: string[], within = 60_000): Promise<Row[]> {
		return await poll(
			async () => {
				const rows = await this.rows(...people);
				const named = new Set(rows.map(({ email }) => email));
				const isOver = rows.every(({ state }) => state !== 'received' && state !== 'intended');
				return named.size === new Set(people).size && isOver ? rows : undefined;
			},
			`results of ${people.join(', ')}`,
			within,
		);
	}

	/** Rows that look whether a person has come back, the earliest first. */
	async watches(email: string): Promise<Row[]> {
		const rows = (await this.host.client.rows(JOURNAL)).filter((row) => row['kind'] === 'watch' && row['email'] === email);
		return rows.sort((one, other) => String(one['dueAt']).localeCompare(String(other['dueAt'])));
	}

	/** Texts of the alerts that say this, when there is one. */
	async alerts(text: string): Promise<string[]> {
		return await poll(
			async () => {
				const told = (await this.host.client.rows('notion_scim_alerts')).map((row) => String(row['text']));
				const found = told.filter((one) => one.includes(text));
				return found.length > 0 ? found : undefined;
			},
			`an alert that says "${text}"`,
			20_000,
		);
	}

	/** Executions that a call has started, newest first. */
	async calls({ workflowId }: Lockdown): Promise<Execution[]> {
		return (await this.host.client.executions(workflowId)).filter(({ mode }) => mode === 'webhook');
	}

	/** The newest execution of a call, when it has ended. */
	async ended(lockdown: Lockdown): Promise<ExecutionDetail> {
		return await poll(
			async () => {
				const [newest] = await this.calls(lockdown);
				if (!newest || RUNNING.includes(newest.status)) return undefined;
				return await this.host.client.execution(newest.id);
			},
			'the execution to end',
			60_000,
		);
	}

	async stop(): Promise<void> {
		await this.host.stop();
		await this.sandbox.close();
	}
}

async function workflowFile(job: string): Promise<unknown> {
	return JSON.parse(await readFile(join('workflows', job, `${job}.json`), 'utf8'));
}

async function post(url: string, { body, headers }: { body: string; headers: Record<string, string> }): Promise<number> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body,
	});
	await response.text();
	return response.status;
}

/** The form in which a security tool names people. */
export function revoked(...emails: string[]) {
	return { events: emails.map((email) => ({ kind: 'accessRevoked', person: { email } })) };
}
