import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

import { filledIn } from '../../../host/filledIn.mts';

import {
	createTable,
	DATA_TABLE_VERSION,
	insertRow,
	type Table,
} from '../../../canvas/dataTable.mts';
import {
	alarms,
	claims,
	leaverAudit,
	peopleLinks,
	scheduledChanges,
} from '../../../canvas/tables.mts';
import { Workflow } from '../../../canvas/workflow.mts';
import { packPackage } from '../../../demo/packPackage.mts';
import type { ExecutionDetail } from '../../../host/n8nClient.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type BambooHr, startBambooHr } from '../../../vendors/bambooHr.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';

export const SOURCE = 'HRIS source: BambooHR';
export const ONBOARDING = 'Notion onboarding';
export const OFFBOARDING = 'Offboarding: lockdown';

const TABLES = { alarms, claims, leaverAudit, peopleLinks, scheduledChanges };
const HEADER = 'X-HRIS-Key';
const SECRET = randomBytes(16).toString('hex');

/** Notion, BambooHR, a mail server and an n8n with the sweep and all that it calls, published. */
export interface SweepWorld {
	sandbox: Sandbox;
	hris: BambooHr;
	mail: MailServer;
	host: N8nHost;
	sweepId: string;
	/** By the name of a workflow: its id. */
	ids: Record<string, string>;
	/** Runs it from one of its triggers, to the end. */
	run(trigger: string, workflowId?: string): Promise<ExecutionDetail>;
	/** Imports the sweep once more, with other workflows to call or other settings. */
	importSweep(options?: SweepOptions): Promise<string>;
	/** Imports and publishes a workflow that was drawn for a test. */
	publishDrawn(workflow: Workflow): Promise<string>;
	/** Stores a row. The columns that are not given stay empty. */
	store(
		table: keyof typeof TABLES,
		row: Record<string, string | number | boolean>,
	): Promise<number>;
	rows(table: keyof typeof TABLES): Promise<Record<string, unknown>[]>;
	/** Makes rows older; n8n lets nobody set when a row was stored or changed. */
	age(
		table: keyof typeof TABLES,
		id: number,
		times: { createdAt?: Date; updatedAt?: Date },
	): Promise<void>;
	/** Deletes every row of every table, and makes everything else as it was at the start. */
	forget(): Promise<void>;
	/** Sends a delivery to the plain door of the offboarding workflow. @returns the status */
	tellOffboarding(event: object): Promise<number>;
	/** Requests to Notion that change something. */
	writes(): string[];
	stop(): Promise<void>;
}

export interface SweepOptions {
	settings?: Record<string, unknown>;
	subWorkflows?: Record<string, string>;
	name?: string;
	/** Changes the text of the file. */
	replace?: [string, string][];
	/** Default: no. */
	publish?: boolean;
}

export async function startSweepWorld(): Promise<SweepWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'sweep-'));
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
		const database = join(folder, 'n8n', '.n8n', 'database.sqlite');
		return { ...(await published({ sandbox, hris, mail, host, apiKey, database })), stop };
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
	database: string;
}

async function published({
	sandbox,
	hris,
	mail,
	host,
	apiKey,
	database,
}: Parts): Promise<Omit<SweepWorld, 'stop'>> {
	const { client } = host;
	const credential = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential({ type, name: type, data });
	const credentials = {
		bambooHrApi: await credential('bambooHrApi', { subdomain: 'acme', apiKey }),
		httpBasicAuth: await credential('httpBasicAuth', { user: apiKey, password: 'x' }),
		httpHeaderAuth: await credential('httpHeaderAuth', { name: HEADER, value: SECRET }),
		hrisWebhookApi: await credential('hrisWebhookApi', { scheme: 'bamboohr', secret: SECRET }),
		smtp: await credential('smtp', mail.credential),
		notionScimApi: await credential('notionScimApi', {
			token: sandbox.token,
			access: 'full',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		}),
	};
	const ids: Record<string, string> = {};
	const importFile = async (
		folder: string,
		{ settings = {}, subWorkflows = ids, name, replace = [], publish = true }: SweepOptions,
	) => {
		const file = join('workflows', folder, `${folder.split('/').at(-1)}.json`);
		let text = await readFile(file, 'utf8');
		for (const [from, to] of replace) {
			if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
			text = text.replaceAll(from, to);
		}
		const workflow = filledIn(JSON.parse(text), { Settings: settings });
		const { id } = await client.importWorkflow(workflow, {
			credentials,
			subWorkflows,
			...(name ? { name } : {}),
		});
		if (publish) await client.publish(id);
		return id;
	};
	const publishDrawn = async (workflow: Workflow) => {
		const { id } = await client.importWorkflow(workflow.file());
		await client.publish(id);
		return id;
	};
	ids[SOURCE] = await importFile('sources/bamboohr', { settings: { company: 'acme' } });
	ids[OFFBOARDING] = await importFile('offboarding-lockdown', {
		settings: { timeZone: 'UTC' },
		replace: [['"timeZone": ""', '"timeZone": "UTC"']],
	});
	ids[ONBOARDING] = await importFile('onboarding', {
		settings: { timeZone: 'UTC' },
		replace: [['"timeZone": ""', '"timeZone": "UTC"']],
	});
	const importSweep = async (options: SweepOptions = {}) =>
		await importFile('offboarding-sweep', {
			publish: false,
			...options,
			settings: { timeZone: 'UTC', ...options.settings },
		});
	// Run by hand only, so that its own clock does not come between.
	const sweepId = await importSweep();

	for (const [name, table] of Object.entries(TABLES)) await publishDrawn(writer(name, table));
	const inDatabase = async <Result,>(
		name: keyof typeof TABLES,
		work: (database: DatabaseSync, table: string) => Result,
	) => {
		const table = (await client.dataTables()).find((one) => one.name === TABLES[name].name);
		const db = new DatabaseSync(database, { timeout: 5_000 });
		try {
			return work(db, `data_table_user_${table?.id}`);
		} finally {
			db.close();
		}
	};
	const asText = (date: Date) => date.toISOString().replace('T', ' ').replace('Z', '');

	return {
		sandbox,
		hris,
		mail,
		host,
		sweepId,
		ids,
		importSweep,
		publishDrawn,
		async run(trigger, workflowId = sweepId) {
			const id = await client.runManually(workflowId, trigger);
			return await client.waitForExecution(
				(execution) => execution.id === id && execution.status !== 'waiting',
				{
					workflowId,
					within: 120_000,
				},
			);
		},
		async store(name, row) {
			const response = await fetch(host.webhookUrl(`store-${name}`), {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify(row),
			});
			return z.object({ id: z.number() }).parse(await response.json()).id;
		},
		rows: async (name) => await client.rows(TABLES[name].name),
		async age(name, id, times) {
			await inDatabase(name, (db, table) => {
				for (const [column, time] of Object.entries(times)) {
					db.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE id = ?`).run(asText(time), id);
				}
			});
		},
		async forget() {
			for (const { name } of await client.dataTables()) {
				const key = Object.entries(TABLES).find(([, table]) => table.name === name)?.[0];
				if (isTable(key)) await inDatabase(key, (db, table) => db.exec(`DELETE FROM "${table}"`));
			}
			hris.heal();
			hris.staff.clear();
			mail.clear();
			mail.heal();
			sandbox.reset();
			sandbox.faults.clear();
			sandbox.requests.clear();
		},
		async tellOffboarding(event) {
			const response = await fetch(host.webhookUrl('notion-offboarding'), {
				method: 'POST',
				headers: { 'Content-Type': 'application/json', [HEADER]: SECRET },
				body: JSON.stringify({ events: [event] }),
			});
			return response.status;
		},
		writes: () =>
			sandbox.requests
				.all()
				.filter(({ method }) => method !== 'GET')
				.map(({ method, path }) => `${method} ${path}`),
	};
}

function isTable(name: string | undefined): name is keyof typeof TABLES {
	return name !== undefined && name in TABLES;
}

/** A webhook that stores what it gets. */
function writer(name: string, table: Table): Workflow {
	const workflow = new Workflow(`Store ${name}`);
	workflow.add({
		name: 'Row',
		type: 'webhook',
		version: 2,
		parameters: {
			path: `store-${name}`,
			httpMethod: 'POST',
			responseMode: 'lastNode',
			options: {},
		},
		at: [0, 0],
	});
	const made = workflow.add({
		name: 'Table',
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: createTable(table),
		at: [1, 0],
	});
	const empty = { string: "''", number: '0', boolean: 'false', date: 'null' };
	const values = Object.fromEntries(
		Object.entries(table.columns).map(([column, type]) => [
			column,
			`={{ $('Row').first().json.body.${column} ?? ${empty[type]} }}`,
		]),
	);
	workflow.add({
		name: 'Store',
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: insertRow(table, made, values),
		at: [2, 0],
	});
	workflow.chain('Row', made, 'Store');
	return workflow;
}

/** The date so many days from now, in UTC. */
export function daysFromNow(days: number): string {
	return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
