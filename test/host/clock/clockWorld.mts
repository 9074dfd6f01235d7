import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import type { ExecutionDetail, N8nClient } from '../../../host/n8nClient.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { TABLES } from '../../../lib/lifecycle/tables.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type BambooHr, startBambooHr } from '../../../vendors/bambooHr.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';

export const JOURNAL = 'notion_scim_changes';
export const ALERTS = 'notion_scim_alerts';
export const LINKS = 'notion_scim_links';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE);

/** The date so many days from now, in UTC. */
export const daysFromNow = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** Notion, BambooHR, a mail server and an n8n with the Data Tables and nothing else. */
export interface ClockWorld {
	sandbox: Sandbox;
	hris: BambooHr;
	mail: MailServer;
	host: N8nHost;
	/** Imports `workflows/<job>`, with the credentials of this world. @returns its ID */
	importJob(job: string, given?: Given): Promise<string>;
	/** Imports and publishes a workflow that was made for a test. @returns its ID */
	publishMade(workflow: unknown): Promise<string>;
	/** Runs a workflow from one of its triggers, to the end. */
	run(workflowId: string, trigger: string): Promise<ExecutionDetail>;
	/** Stores a row as if a workflow had done so then. The columns that are not given are empty. @returns its ID */
	store(table: string, row: Record<string, string | number>, times?: { createdAt?: Date; updatedAt?: Date }): number;
	/** Makes rows that stand still look so much older. */
	age(table: string, minutes: number): void;
	rows(table: string): Promise<Record<string, unknown>[]>;
	/** Keys and texts of the alerts, oldest first. */
	alerts(): Promise<string[]>;
	isMember(email: string): boolean;
	/** Requests to Notion that change something. */
	writes(): string[];
	/** Requests to Notion that remove someone. */
	removals(): string[];
	/** Empties every Data Table, and makes everything else as it was at the start. */
	forget(): void;
	stop(): Promise<void>;
}

export interface Given {
	/** Parameters by node. */
	parameters?: Record<string, Record<string, unknown>>;
	/** IDs by the name of the node that calls. */
	subWorkflows?: Record<string, string>;
	/** Changes the text of the file. */
	replace?: [string, string][];
	name?: string;
	/** Default: no. */
	publish?: boolean;
}

export async function startClockWorld(): Promise<ClockWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'clock-'));
	const apiKey = randomBytes(16).toString('hex');
	const [sandbox, hris, mail] = await Promise.all([
		startSandbox({ people: 0 }),
		startBambooHr({ company: 'acme', apiKey }),
		startMailServer(),
	]);
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
		});
		await makeDataTables(host);
		const credentials = await credentialsIn(host.client, { sandbox, mail, apiKey });
		const tables = await tablesIn(host.client, join(folder, 'n8n', '.n8n', 'database.sqlite'));
		return { ...world({ sandbox, hris, mail, host, credentials, tables }), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

type Credentials = Record<string, Awaited<ReturnType<N8nClient['createCredential']>>>;

async function credentialsIn(
	client: N8nClient,
	{ sandbox, mail, apiKey }: { sandbox: Sandbox; mail: MailServer; apiKey: string },
): Promise<Credentials> {
	const data = {
		bambooHrApi: { subdomain: 'acme', apiKey },
		httpBasicAuth: { user: apiKey, password: 'x' },
		httpHeaderAuth: { name: 'X-HRIS-Key', value: apiKey },
		hrisWebhookApi: { scheme: 'bamboohr', secret: apiKey },
		smtp: mail.credential,
		notionScimApi: {
			token: sandbox.token,
			access: 'full',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		},
	};
	const made = Object.entries(data).map(
		async ([type, value]) => [type, await client.createCredential({ type, name: type, data: value })] as const,
	);
	return Object.fromEntries(await Promise.all(made));
}

/** Data Tables in n8n's own database: n8n lets no one set when a row was stored. */
interface Tables {
	insert(table: string, row: Record<string, string | number>): number;
	change(sql: (table: string) => string, table: string): void;
}

async function tablesIn(client: N8nClient, file: string): Promise<Tables> {
	const ids = new Map((await client.dataTables()).map(({ name, id }) => [name, `data_table_user_${id}`]));
	const withDatabase = <Result,>(work: (database: DatabaseSync) => Result): Result => {
		const database = new DatabaseSync(file, { timeout: 5_000 });
		try {
			return work(database);
		} finally {
			database.close();
		}
	};
	const nameOf = (table: string) => `"${ids.get(table) ?? table}"`;
	return {
		insert: (table, row) =>
			withDatabase((database) => {
				const columns = Object.keys(row);
				const names = columns.map((column) => `"${column}"`).join(', ');
				const sql = `INSERT INTO ${nameOf(table)} (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
				return Number(database.prepare(sql).run(...Object.values(row)).lastInsertRowid);
			}),
		change: (sql, table) => withDatabase((database) => database.exec(sql(nameOf(table)))),
	};
}

const asStored = (date: Date) => date.toISOString().replace('T', ' ').replace('Z', '');

interface Parts {
	sandbox: Sandbox;
	hris: BambooHr;
	mail: MailServer;
	host: N8nHost;
	credentials: Credentials;
	tables: Tables;
}

function world({ sandbox, hris, mail, host, credentials, tables }: Parts): Omit<ClockWorld, 'stop'> {
	const { client } = host;
	const writes = () =>
		sandbox.requests
			.all()
			.filter(({ method }) => method !== 'GET')
			.map(({ method, path }) => `${method} ${path}`);
	return {
		sandbox,
		hris,
		mail,
		host,
		async importJob(job, { parameters = {}, subWorkflows = {}, replace = [], name, publish = false } = {}) {
			const file = join('workflows', job, `${job.split('/').at(-1) ?? ''}.json`);
			let text = await readFile(file, 'utf8');
			for (const [from, to] of replace) {
				if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
				text = text.replaceAll(from, to);
			}
			const workflow = filledIn(JSON.parse(text), parameters);
			const options = { credentials, subWorkflows, ...(name === undefined ? {} : { name }) };
			const { id } = await client.importWorkflow(workflow, options);
			if (publish) await client.publish(id);
			return id;
		},
		async publishMade(workflow) {
			const { id } = await client.importWorkflow(workflow, { credentials });
			await client.publish(id);
			return id;
		},
		async run(workflowId, trigger) {
			const id = await client.runManually(workflowId, trigger);
			const isOver = (execution: { id: string; status: string }) => execution.id === id && execution.status !== 'waiting';
			return await client.waitForExecution(isOver, { workflowId, within: 60_000 });
		},
		store(table, row, { createdAt = new Date(), updatedAt = createdAt } = {}) {
			const empty = Object.entries(TABLES[table] ?? {}).map(([column, type]) => [column, type === 'number' ? 0 : '']);
			const times = { createdAt: asStored(createdAt), updatedAt: asStored(updatedAt) };
			return tables.insert(table, { ...Object.fromEntries(empty), ...row, ...times });
		},
		age(table, minutes) {
			tables.change((name) => `UPDATE ${name} SET "updatedAt" = '${asStored(ago(minutes))}'`, table);
		},
		rows: async (table) => await client.rows(table),
		alerts: async () => (await client.rows(ALERTS)).map(({ key, text }) => `${String(key)}: ${String(text)}`),
		isMember: (email) => sandbox.workspace.userByEmail(email)?.membership === 'member',
		writes,
		removals: () => writes().filter((write) => /^(DELETE|PATCH) .*\/Users\//.test(write)),
		forget() {
			for (const table of Object.keys(TABLES)) tables.change((name) => `DELETE FROM ${name}`, table);
			hris.heal();
			hris.staff.clear();
			mail.clear();
			mail.heal();
			sandbox.reset();
			sandbox.faults.clear();
			sandbox.requests.clear();
		},
	};
}
