import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import type { CredentialReference } from '../../../host/importedWorkflow.mts';
import type { ExecutionDetail } from '../../../host/n8nClient.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { alertPicks, publishErrorNotification } from '../errorNotification/publish.mts';

export const FALLBACK = 'fall@example.com';
export const SECURITY = 'security@example.com';
export const AUDITOR = 'auditor@example.com';

const TABLE = 'notion_scim_reviews';
const JOURNAL = 'notion_scim_changes';

/** The kinds of rows that the table of reviews holds. */
const KINDS = { reviews: 'review', rows: 'row', letters: 'letter', chain: 'link' };

/** The workflows of the access review, each after those that it calls. */
const WORKFLOWS = ['revocations', 'reminders', 'evidence', 'answers', 'start'] as const;

export type ReviewWorkflow = (typeof WORKFLOWS)[number];

const folderOf = (name: ReviewWorkflow): string => (name === 'start' ? 'access-review' : `access-review-${name}`);

export type Row = Record<string, unknown>;

/** A person in the list that is the directory. */
export type Listed = { sourceId: string; email: string; managerEmail: string; status: string };

/** Notion, a mail server and an n8n with the review and a list as its directory, published. */
export interface ReviewWorld {
	sandbox: Sandbox;
	mail: MailServer;
	host: N8nHost;
	/** Starts a review, to the end of everything that it calls. */
	start(workflowId?: string): Promise<ExecutionDetail>;
	/** One day: the daily runs in their order, to the end. */
	day(): Promise<Record<'revocations' | 'reminders' | 'evidence', ExecutionDetail>>;
	/** The daily run that closes a review which is over, to the end. */
	close(): Promise<ExecutionDetail>;
	/** Waits until everything that has begun has ended, and gives the newest run of a workflow that is kept. */
	settled(workflow?: ReviewWorkflow): Promise<ExecutionDetail | undefined>;
	/** Waits for the run of revocations that an answer starts, and gives it; each run is given once. */
	revoked(): Promise<ExecutionDetail>;
	/** Imports the start once more, not published, with another list and settings of its source. */
	importWith(people: Listed[], sourceSettings?: Row): Promise<string>;
	/** Rows of one kind. */
	rows(kind: keyof typeof KINDS): Promise<Row[]>;
	/** Revocations in the journal. */
	revocations(): Promise<Row[]>;
	/** Every row of every Data Table, for comparing. */
	everything(): Promise<Record<string, Row[]>>;
	/** Changes rows as time would have done. */
	change(kind: keyof typeof KINDS, column: string, value: string, data: Row): Promise<void>;
	/** Stores an intention of another execution. */
	intend(row: Row): Promise<void>;
	/** Stores a review as a second start at the same moment would. */
	startAgain(row: Row): Promise<void>;
	/** The list of the published review's source is another one from now on. */
	relist(people: Listed[]): Promise<void>;
	/** As if all rows of a table had been stored long ago. */
	age(kind: 'rows' | 'letters' | 'revocations'): Promise<void>;
	/** As if a day had passed since anything was removed. */
	forgetImpact(): Promise<void>;
	/** Requests to Notion that were meant to change something. */
	writes(): string[];
	stop(): Promise<void>;
}

/** @param environment further settings for n8n */
export async function startReviewWorld(
	people: Listed[],
	environment: Record<string, string> = {},
): Promise<ReviewWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'review-'));
	const [sandbox, mail] = await Promise.all([startSandbox({ empty: true }), startMailServer()]);
	const host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder)],
		vendors: { 'api.notion.com': sandbox.url },
		environment,
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
	const from = { fromEmail: 'reviews@example.com' };
	const files = join(folder, 'n8n', '.n8n-files');
	await mkdir(files, { recursive: true });
	const source = await importedSource(client, files, credentials);
	const directory = await source(people);
	const ids: Partial<Record<ReviewWorkflow, string>> = {};
	const imported = async (name: ReviewWorkflow, sourceId: string): Promise<string> => {
		const path = join('workflows', folderOf(name), `${folderOf(name)}.json`);
		const file: unknown = JSON.parse(await readFile(path, 'utf8'));
		const { id } = await client.importWorkflow(filledIn(file, VALUES[name](from)), {
			credentials,
			subWorkflows: {
				...alertPicks(file, errorNotification),
				'Directory source': sourceId,
				'Directory today': sourceId,
				'Ask the reviewers': ids.reminders ?? '',
				'Carry out revocations': ids.revocations ?? '',
			},
			settings: 'keep',
		});
		return id;
	};
	for (const name of WORKFLOWS) {
		const id = await imported(name, directory);
		await client.publish(id);
		ids[name] = id;
	}
	const idOf = (name: ReviewWorkflow): string => ids[name] ?? '';
	const rest = await signIn(host.url, host.owner);
	const tableOf = async (name: string) => (await client.dataTables()).find((table) => table.name === name);
	const insert = async (name: string, row: Row) => {
		const table = await tableOf(name);
		const path = `rest/projects/${table?.projectId}/data-tables/${table?.id}/insert`;
		await rest(z.unknown(), 'POST', path, { data: [row] });
	};
	let lastRevocation = 0;
	const ended = async () =>
		await poll(
			async () => {
				const executions = await client.executions();
				return executions.some(({ status }) => ['new', 'running'].includes(status)) ? undefined : executions;
			},
			'the executions to end',
			300_000,
		);
	const run = async (workflowId: string, trigger: string): Promise<ExecutionDetail> => {
		const id = await client.runManually(workflowId, trigger);
		const execution = await client.waitForExecution(
			(one) => one.id === id && one.status !== 'waiting',
			{ workflowId, within: 600_000 },
		);
		await ended();
		return execution;
	};

	return {
		sandbox,
		mail,
		host,
		importWith: async (listed, sourceSettings) => await imported('start', await source(listed, sourceSettings)),
		start: async (workflowId = idOf('start')) => await run(workflowId, 'StartReview'),
		async day() {
			const revocations = await run(idOf('revocations'), 'EveryDay');
			lastRevocation = Number(revocations.id);
			const reminders = await run(idOf('reminders'), 'EveryDay');
			return { revocations, reminders, evidence: await run(idOf('evidence'), 'EveryDay') };
		},
		close: async () => await run(idOf('evidence'), 'EveryDay'),
		async settled(name = 'revocations') {
			const newest = (await ended()).find(({ workflowId }) => workflowId === idOf(name));
			return newest && (await client.execution(newest.id));
		},
		async revoked() {
			// A run that fails starts the workflow once more, at its Error Trigger: that one is another run.
			const one = await client.waitForExecution(
				({ id, mode }) => Number(id) > lastRevocation && mode !== 'error',
				{ workflowId: idOf('revocations'), within: 300_000 },
			);
			await ended();
			lastRevocation = Number(one.id);
			return one;
		},
		rows: async (kind) => (await client.rows(TABLE)).filter((row) => row['kind'] === KINDS[kind]),
		revocations: async () => (await client.rows(JOURNAL)).filter((row) => row['kind'] === 'revoke'),
		async everything() {
			const names = (await client.dataTables()).map(({ name }) => name);
			return Object.fromEntries(
				await Promise.all(names.map(async (name) => [name, await client.rows(name)])),
			);
		},
		async change(kind, columnName, value, data) {
			const table = await tableOf(TABLE);
			const filters = [
				{ columnName, condition: 'eq', value },
				{ columnName: 'kind', condition: 'eq', value: KINDS[kind] },
			];
			const path = `rest/projects/${table?.projectId}/data-tables/${table?.id}/rows`;
			await rest(z.unknown(), 'PATCH', path, { filter: { type: 'and', filters }, data });
		},
		intend: async (row) => await insert(JOURNAL, { state: 'intended', impact: 1, ...row }),
		startAgain: async (row) => await insert(TABLE, { kind: 'review', ...row }),
		relist: async (listed) => await writeFile(join(files, 'people1.csv'), csvOf(listed)),
		async age(kind) {
			const table = await tableOf(kind === 'revocations' ? JOURNAL : TABLE);
			const column = kind === 'revocations' ? 'updatedAt' : 'createdAt';
			const word = { rows: 'row', letters: 'letter', revocations: 'revoke' }[kind];
			const at = kind === 'revocations' ? new Date(Date.now() - 3_600_000).toISOString() : '2026-01-01T00:00:00.000Z';
			const db = new DatabaseSync(join(folder, 'n8n', '.n8n', 'database.sqlite'), { timeout: 5_000 });
			try {
				db.exec(
					`UPDATE "data_table_user_${table?.id}" SET "${column}" = '${at.replace('T', ' ').replace('Z', '')}' WHERE "kind" = '${word}'`,
				);
			} finally {
				db.close();
			}
		},
		async forgetImpact() {
			const table = await tableOf(JOURNAL);
			const path = `rest/projects/${table?.projectId}/data-tables/${table?.id}/rows`;
			const filter = { type: 'and', filters: [{ columnName: 'state', condition: 'eq', value: 'done' }] };
			await rest(z.unknown(), 'PATCH', path, { filter, data: { removedAt: new Date(Date.now() - 90_000_000).toISOString() } });
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

/** What an admin enters into each workflow. */
const VALUES: Record<ReviewWorkflow, (from: Row) => Record<string, Row>> = {
	revocations: () => ({}),
	reminders: (from) => ({ 'Send letter': from }),
	evidence: (from) => ({ 'Send report': { ...from, toEmail: AUDITOR } }),
	answers: (from) => ({ 'Send receipt': from }),
	start: () => ({
		'Start the review': {
			fallbackReviewer: FALLBACK,
			securityReviewer: SECURITY,
			groupMeanings: JSON.stringify([{ group: 'Finance', teamspace: 'Money', sensitivity: 'confidential' }]),
		},
	}),
};

/** Publishes a list as a directory, as often as it is asked. */
async function importedSource(
	client: N8nHost['client'],
	files: string,
	credentials: Record<string, CredentialReference>,
): Promise<(listed: Listed[], settings?: Row) => Promise<string>> {
	const list: unknown = JSON.parse(await readFile(join('workflows', 'sources', 'list', 'list.json'), 'utf8'));
	let lists = 0;
	return async (listed, settings = {}) => {
		const csv = join(files, `people${(lists += 1)}.csv`);
		await writeFile(csv, csvOf(listed));
		const { id } = await client.importWorkflow(
			filledIn(list, { Settings: { from: 'csvFile', file: csv, ...settings } }),
			{ credentials },
		);
		await client.publish(id);
		return id;
	};
}

/** People as a CSV file. */
function csvOf(people: Listed[]): string {
	const columns = ['sourceId', 'email', 'managerEmail', 'status'] as const;
	const lines = people.map((person) => columns.map((column) => person[column]).join(','));
	return `${[columns.join(','), ...lines].join('\n')}\n`;
}
