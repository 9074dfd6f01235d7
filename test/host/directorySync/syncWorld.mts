import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import type { ExecutionDetail } from '../../../host/n8nClient.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { LIST_COLUMNS } from '../../../lib/directory/importMembers/listColumns.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { alertPicks, publishErrorNotification } from '../errorNotification/publish.mts';
import { DIRECTORY_HOST, type DirectoryServer, startDirectory } from './directoryServer.mts';

export const FORM_USER = { user: 'admin', password: 'form-password-0123' };
const SOURCE = 'Directory source: list';
const BASIC = `Basic ${Buffer.from(`${FORM_USER.user}:${FORM_USER.password}`).toString('base64')}`;
export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SENDER = { fromEmail: 'n8n@example.com' };
/** Addresses that an admin enters in the Send Email nodes of directory-sync and provision-now. */
const MAILS: Record<string, Record<string, string>> = {
	'Tell the admins': { ...SENDER, toEmail: 'it@example.com' },
	'Ask for approval': { ...SENDER, toEmail: 'boss@example.com, hr@example.com, person9@example.com' },
	'Send mail': { ...SENDER, toEmail: 'it@example.com' },
};
const SCANNER = 'Mozilla/5.0 (compatible; BarracudaCentral/2.0; link scanner)';

export interface SyncWorld {
	sandbox: Sandbox;
	directory: DirectoryServer;
	mail: MailServer;
	host: N8nHost;
	/**
	 * Imports and publishes a workflow in place of the one of the same folder before.
	 *
	 * @param source id of another directory source than the one that gives out {@link directory}
	 * @returns its id
	 */
	publish(
		folder: string,
		settings?: Record<string, unknown>,
		nodes?: Record<string, Record<string, unknown>>,
		source?: string,
	): Promise<string>;
	/** The delivered source that reads a Data Table, with these people in it. @returns its id */
	publishList(people: Record<string, string>[]): Promise<string>;
	/** Runs it from one of its triggers, to the end. */
	run(workflowId: string, trigger?: string): Promise<ExecutionDetail>;
	rows(table: string): Promise<Record<string, unknown>[]>;
	/** Changes columns of rows, which n8n lets no one do. */
	sql(table: string, change: string, ...values: (string | number)[]): Promise<void>;
	/** Requests to Notion that change something, since the last call. */
	writes(): string[];
	/** The mails since the last call. */
	mails(): { to: string[]; subject: string; text: string }[];
	/** Fetches every link of a text by GET and HEAD, as a browser and as a mail scanner. @returns how many */
	fetchLinks(text: string): Promise<number>;
	/** The page behind basic authentication. */
	statusPage(path: string, query?: string): Promise<string>;
	/** Fills in the two pages of a form. @returns the last page */
	decide(
		path: string,
		answers: { email: string; wish: string; answer?: string },
	): Promise<{ shown: string; end: string }>;
	stop(): Promise<void>;
}

export async function startSyncWorld(): Promise<SyncWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'cycles-'));
	const [sandbox, directory, mail] = await Promise.all([
		startSandbox({ empty: true }),
		startDirectory(),
		startMailServer(),
	]);
	let host: N8nHost | undefined;
	const stop = async () => {
		await host?.stop();
		await Promise.all([sandbox.close(), directory.close(), mail.close()]);
		await rm(folder, { recursive: true, force: true });
	};
	try {
		host = await startHost({
			folder: join(folder, 'n8n'),
			packages: [await packPackage(folder), await packPackage(folder, 'hris-trigger')],
			vendors: { 'api.notion.com': sandbox.url, ...directory.hosts },
		});
		const database = join(folder, 'n8n', '.n8n', 'database.sqlite');
		return { ...(await prepared({ sandbox, directory, mail, host, database })), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

interface Parts {
	sandbox: Sandbox;
	directory: DirectoryServer;
	mail: MailServer;
	host: N8nHost;
	database: string;
}

async function prepared({
	sandbox,
	directory,
	mail,
	host,
	database,
}: Parts): Promise<Omit<SyncWorld, 'stop'>> {
	const { client } = host;
	const credential = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential({ type, name: type, data });
	const credentials = {
		httpBasicAuth: await credential('httpBasicAuth', FORM_USER),
		httpHeaderAuth: await credential('httpHeaderAuth', {
			name: 'X-HRIS-Key',
			value: FORM_USER.password,
		}),
		hrisWebhookApi: await credential('hrisWebhookApi', {
			scheme: 'bamboohr',
			secret: FORM_USER.password,
		}),
		smtp: await credential('smtp', mail.credential),
		notionScimApi: await credential('notionScimApi', {
			token: sandbox.token,
			access: 'full',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		}),
	};
	await makeDataTables(host);
	const errorNotification = await publishErrorNotification(host);
	const source = await client.importWorkflow(sourceStandIn());
	await client.publish(source.id);
	const published = new Map<string, string>();
	let seenMails = 0;

	const statusOf = async (path: string, query = '') => {
		const response = await fetch(`${host.webhookUrl(path)}${query}`, {
			headers: { Authorization: BASIC, 'User-Agent': BROWSER },
		});
		return await response.text();
	};

	const run = async (workflowId: string, trigger = 'EveryHour') => {
		const id = await client.runManually(workflowId, trigger);
		return await client.waitForExecution(
			(execution) => execution.id === id && execution.status !== 'waiting',
			{ workflowId, within: 120_000 },
		);
	};

	return {
		sandbox,
		directory,
		mail,
		host,
		publish: async (name, settings = {}, nodes = {}, ownSource = source.id) => {
			const old = published.get(name);
			if (old) await client.unpublish(old);
			const text = await readFile(join('workflows', name, `${name}.json`), 'utf8');
			const file: unknown = JSON.parse(text);
			// Run by hand only, so that its own clock does not come between.
			const hour = (new Date().getUTCHours() + 12) % 24;
			const clock = text.includes('"EveryHour"')
				? { EveryHour: { rule: { interval: [{ triggerAtHour: hour }] } } }
				: {};
			const zone = text.includes('"HrisEvents"') ? { HrisEvents: { timeZone: 'UTC' } } : {};
			const mails = Object.fromEntries(Object.entries(MAILS).filter(([node]) => text.includes(`"${node}"`)));
			const own = Object.keys(settings).length > 0 ? { [text.includes('"Settings"') ? 'Settings' : 'Plan changes']: settings } : {};
			const workflow = filledIn(file, { ...own, ...clock, ...zone, ...mails, ...nodes });
			const { id } = await client.importWorkflow(workflow, {
				credentials,
				subWorkflows: { ...alertPicks(file, errorNotification), [SOURCE]: ownSource, 'Read the directory': ownSource },
			});
			await client.publish(id);
			published.set(name, id);
			return id;
		},
		publishList: async (people) => {
			const writer = await client.importWorkflow(listWriter(people));
			await run(writer.id, 'RunNow');
			const text = await readFile(join('workflows', 'sources', 'list', 'list.json'), 'utf8');
			const { id } = await client.importWorkflow(JSON.parse(text), { credentials });
			await client.publish(id);
			return id;
		},
		run,
		rows: async (table) => await client.rows(table),
		sql: async (name, change, ...values) => {
			const table = (await client.dataTables()).find((one) => one.name === name);
			if (!table) throw new Error(`There is no table ${name}`);
			const db = new DatabaseSync(database, { timeout: 5_000 });
			try {
				db.prepare(change.replace('TABLE', `"data_table_user_${table.id}"`)).run(...values);
			} finally {
				db.close();
			}
		},
		writes: () => {
			const writes = sandbox.requests.all().filter(({ method }) => method !== 'GET');
			sandbox.requests.clear();
			return writes.map(({ method, path }) => `${method} ${path}`);
		},
		mails: () => {
			const fresh = mail.mails().slice(seenMails);
			seenMails = mail.mails().length;
			return fresh.map(({ to, subject, text }) => ({ to, subject, text }));
		},
		fetchLinks: async (text) => {
			const links = [...new Set(text.match(/https?:\/\/[^\s<>")]+/g) ?? [])];
			for (const link of links) {
				for (const method of ['GET', 'HEAD']) {
					for (const agent of [BROWSER, SCANNER]) {
						for (const authorization of [undefined, BASIC]) {
							const headers = {
								'User-Agent': agent,
								...(authorization ? { Authorization: authorization } : {}),
							};
							const response = await fetch(link, { method, headers, redirect: 'manual' });
							await response.arrayBuffer();
						}
					}
				}
			}
			return links.length;
		},
		statusPage: statusOf,
		decide: async (path, { email, wish: choice, answer }) => {
			const body = new FormData();
			body.set('field-0', email);
			body.set('field-1', choice);
			const response = await fetch(`${host.url}/form/${path}`, {
				method: 'POST',
				headers: { Authorization: BASIC, 'User-Agent': BROWSER },
				body,
			});
			const { formWaitingUrl: url } = z
				.object({ formWaitingUrl: z.string() })
				.parse(await response.json());
			const shown = await nextPage(url);
			if (answer === undefined) return { shown, end: shown };
			const second = new FormData();
			second.set('field-1', answer);
			await (await fetch(url, { method: 'POST', body: second })).arrayBuffer();
			return { shown, end: await nextPage(url, shown) };
		},
	};
}

/** What a browser does: it asks whether the next page is there, and only then opens it. */
async function nextPage(url: string, before?: string): Promise<string> {
	const status = new URL(url);
	status.pathname += '/n8n-execution-status';
	return await poll(
		async () => {
			const state = (await (await fetch(status)).text()).trim();
			if (!['form-waiting', 'success', 'error'].includes(state)) return undefined;
			const html = await (await fetch(url, { headers: { 'User-Agent': BROWSER } })).text();
			return html === before || html === '' ? undefined : html;
		},
		'the next page of the form',
		60_000,
	);
}

function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>) {
	return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion, position: [0, 0], parameters };
}

/** A source that gives out whatever the test's directory answers. */
function sourceStandIn(): Record<string, unknown> {
	return {
		name: SOURCE,
		nodes: [
			node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			node('Read', 'httpRequest', 4.2, { url: `https://${DIRECTORY_HOST}/people`, options: {} }),
		],
		connections: { WhenCalled: { main: [[{ node: 'Read', type: 'main', index: 0 }]] } },
	};
}

/** Stores people in the Data Table of the delivered list. */
function listWriter(people: Record<string, string>[]): Record<string, unknown> {
	const rows = people.map((row) => Object.fromEntries(LIST_COLUMNS.map((name) => [name, row[name] ?? ''])));
	return {
		name: 'Store people',
		nodes: [
			node('RunNow', 'manualTrigger', 1, {}),
			node('People', 'code', 2, { jsCode: `return ${JSON.stringify(rows)}.map((json) => ({ json }));` }),
			node('Store', 'dataTable', 1, {
				resource: 'row',
				operation: 'insert',
				dataTableId: { __rl: true, mode: 'name', value: 'directory_people' },
				columns: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [], schema: [] },
				options: {},
			}),
		],
		connections: {
			RunNow: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
			People: { main: [[{ node: 'Store', type: 'main', index: 0 }]] },
		},
	};
}

/** So many people of a company, in two departments with a group each. */
export function company(directory: DirectoryServer, count: number): void {
	for (let number = 1; number <= count; number += 1) {
		const isSales = number % 2 === 0;
		const name = `${isSales ? 'Sam' : 'Eve'} Number${number}`;
		directory.add({
			sourceId: `id-${number}`,
			email: `person${number}@example.com`,
			displayName: name,
			givenName: isSales ? 'Sam' : 'Eve',
			familyName: `Number${number}`,
			title: isSales ? 'Account Executive' : 'Engineer',
			department: isSales ? 'Sales' : 'Engineering',
			employeeNumber: `E${number}`,
			groups: [isSales ? 'Sales' : 'Engineering'],
		});
	}
}
