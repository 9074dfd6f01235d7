import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import { z } from 'zod';

import { directoryChanges } from '../../../canvas/tables.mts';
import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import type { ExecutionDetail } from '../../../host/n8nClient.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { alertPicks, publishErrorNotification } from '../errorNotification/publish.mts';
import { chain, letters, reviewRows, reviews } from '../../../workflows/access-review/tables.mts';

export const FALLBACK = 'fall@example.com';
export const SECURITY = 'security@example.com';
export const AUDITOR = 'auditor@example.com';

const SOURCE = 'Directory source: list';
const TABLES = { reviews: reviews.name, rows: reviewRows.name, letters: letters.name, chain: chain.name };

export type Row = Record<string, unknown>;

/** Somebody in the list that is the directory. */
export type Listed = { sourceId: string; email: string; managerEmail: string; status: string };

/** Notion, a mail server and an n8n with the review and a list as its directory, published. */
export interface ReviewWorld {
	sandbox: Sandbox;
	mail: MailServer;
	host: N8nHost;
	/** Runs the published review from one of its triggers, to the end. */
	run(trigger: string, workflowId?: string): Promise<ExecutionDetail>;
	/** Imports the review once more, not published, with another list and settings of its source. */
	importWith(people: Listed[], sourceSettings?: Row): Promise<string>;
	rows(table: keyof typeof TABLES): Promise<Row[]>;
	/** Every row of every Data Table, for comparing. */
	everything(): Promise<Record<string, Row[]>>;
	/** Changes rows as time would have done. */
	change(table: keyof typeof TABLES, column: string, value: string, data: Row): Promise<void>;
	/** Stores an intention of another execution. */
	intend(row: Row): Promise<void>;
	/** Stores a review as a second start at the same moment would. */
	startAgain(row: Row): Promise<void>;
	/** The list of the published review's source is another one from now on. */
	relist(people: Listed[]): Promise<void>;
	/** As if all rows of a table had been stored long ago. */
	age(table: keyof typeof TABLES | 'changes'): Promise<void>;
	/** Requests to Notion that were meant to change something. */
	writes(): string[];
	stop(): Promise<void>;
}

export async function startReviewWorld(people: Listed[]): Promise<ReviewWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'review-'));
	const [sandbox, mail] = await Promise.all([startSandbox({ empty: true }), startMailServer()]);
	const host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder)],
		vendors: { 'api.notion.com': sandbox.url },
	});
	const { client } = host;
	const credential = async (type: string, data: Row) =>
		await client.createCredential({ type, name: type, data });
	const credentials = {
		smtp: await credential('smtp', mail.credential),
		notionScimApi: await credential('notionScimApi', {
			token: sandbox.token,
			access: 'full',
			tokenCreatorEmail: 'owner@example.com',
		}),
		httpHeaderAuth: await credential('httpHeaderAuth', { name: 'Authorization', value: 'none' }),
	};
	await makeDataTables(host);
	const errorNotification = await publishErrorNotification(host);
	const file: unknown = JSON.parse(
		await readFile(join('workflows', 'access-review', 'access-review.json'), 'utf8'),
	);
	const workflow = filledIn(file, {
		Settings: {
			fallbackReviewer: FALLBACK,
			securityReviewer: SECURITY,
			auditorEmail: AUDITOR,
			mailFrom: 'reviews@example.com',
			groupMeanings: [{ group: 'Finance', teamspace: 'Money', sensitivity: 'confidential' }],
		},
	});
	const list: unknown = JSON.parse(
		await readFile(join('workflows', 'sources', 'list', 'list.json'), 'utf8'),
	);
	const files = join(folder, 'n8n', '.n8n-files');
	let lists = 0;
	const importWith = async (listed: Listed[], sourceSettings: Row = {}) => {
		const csv = join(files, `people${(lists += 1)}.csv`);
		await mkdir(files, { recursive: true });
		await writeFile(csv, csvOf(listed));
		const source = await client.importWorkflow(
			filledIn(list, { Settings: { from: 'csvFile', file: csv, ...sourceSettings } }),
			{ credentials },
		);
		await client.publish(source.id);
		const { id } = await client.importWorkflow(workflow, {
			credentials,
			subWorkflows: { ...alertPicks(file, errorNotification), [SOURCE]: source.id },
		});
		return id;
	};
	const reviewId = await importWith(people);
	await client.publish(reviewId);
	const rest = await signIn(host.url, host.owner);
	const tableOf = async (name: string) => (await client.dataTables()).find((table) => table.name === name);

	const insert = async (name: string, row: Row) => {
		const table = await tableOf(name);
		const path = `rest/projects/${table?.projectId}/data-tables/${table?.id}/insert`;
		await rest(z.unknown(), 'POST', path, { data: [row] });
	};

	return {
		sandbox,
		mail,
		host,
		importWith,
		async run(trigger, workflowId = reviewId) {
			const id = await client.runManually(workflowId, trigger);
			return await client.waitForExecution(
				(execution) => execution.id === id && execution.status !== 'waiting',
				{ workflowId, within: 120_000 },
			);
		},
		rows: async (name) => await client.rows(TABLES[name]),
		async everything() {
			const names = (await client.dataTables()).map(({ name }) => name);
			return Object.fromEntries(
				await Promise.all(names.map(async (name) => [name, await client.rows(name)])),
			);
		},
		async change(name, columnName, value, data) {
			const table = await tableOf(TABLES[name]);
			const filter = { type: 'and', filters: [{ columnName, condition: 'eq', value }] };
			const path = `rest/projects/${table?.projectId}/data-tables/${table?.id}/rows`;
			await rest(z.unknown(), 'PATCH', path, { filter, data });
		},
		intend: async (row) => await insert(directoryChanges.name, { outcome: 'intended', impact: 1, ...row }),
		startAgain: async (row) => await insert(reviews.name, row),
		relist: async (listed) => await writeFile(join(files, 'people1.csv'), csvOf(listed)),
		async age(name) {
			const table = await tableOf(name === 'changes' ? directoryChanges.name : TABLES[name]);
			const db = new DatabaseSync(join(folder, 'n8n', '.n8n', 'database.sqlite'), { timeout: 5_000 });
			try {
				db.exec(`UPDATE "data_table_user_${table?.id}" SET "createdAt" = '2026-01-01 00:00:00.000'`);
			} finally {
				db.close();
			}
		},
		writes: () =>
			sandbox.requests
				.all()
				.filter(({ method }) => method !== 'GET')
				.map(({ method, path }) => `${method} ${path}`),
		async stop() {
			await host.stop();
			await Promise.all([sandbox.close(), mail.close()]);
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The texts in a ZIP file, by name (APPNOTE 6.3.10, sections 4.3.7 and 4.3.12). */
export function unzipped(zip: Buffer): Record<string, string> {
	const texts: Record<string, string> = {};
	let at = zip.readUInt32LE(zip.lastIndexOf('PK\u0005\u0006') + 16);
	while (zip.readUInt32LE(at) === 0x02014b50) {
		const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
		const local = zip.readUInt32LE(at + 42);
		const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
		const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
		const isDeflated = zip.readUInt16LE(at + 10) === 8;
		texts[zip.toString('utf8', at + 46, at + 46 + (name ?? 0))] = (
			isDeflated ? inflateRawSync(data) : data
		).toString('utf8');
		at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
	}
	return texts;
}

/** People as a CSV file. */
function csvOf(people: Listed[]): string {
	const columns = ['sourceId', 'email', 'managerEmail', 'status'] as const;
	const lines = people.map((person) => columns.map((column) => person[column]).join(','));
	return `${[columns.join(','), ...lines].join('\n')}\n`;
}
