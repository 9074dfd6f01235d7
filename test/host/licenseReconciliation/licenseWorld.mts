import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import type { ExecutionDetail } from '../../../host/n8nClient.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { alertPicks, publishErrorNotification } from '../errorNotification/publish.mts';
import { browserWithPassword, type FormPage } from '../formBrowser.mts';

export const FORM_USER = { user: 'license', password: 'form-password-0123' };
export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const DIRECTORY_HOST = 'directory.example.net';
export const JOURNAL = 'notion_scim_changes';

export type Person = Record<string, unknown>;

export type Row = Record<string, unknown>;

/** Notion, a directory that the test fills, a mail server, and an n8n with the three workflows published. */
export interface LicenseWorld {
	sandbox: Sandbox;
	mail: MailServer;
	host: N8nHost;
	/** What the directory source gives: persons, how its manifest differs from a complete one, and its age. */
	directory: { persons: Person[]; manifest: Record<string, unknown>; hoursAgo: number };
	report(): Promise<ExecutionDetail>;
	/** What runs once a day. */
	day(): Promise<ExecutionDetail>;
	/** Changes rows of a table as nothing in n8n could. @param sql what stands behind SET */
	alter(table: string, sql: string): Promise<void>;
	/** Adds a row to the journal, as of another workflow or of an execution that died. */
	intend(row: Row): Promise<void>;
	rows(table: string): Promise<Row[]>;
	/** The rows of the journal about seats. */
	seats(): Promise<Row[]>;
	/** The newest record that a report has left. */
	record(name: 'page' | 'memory' | 'pickable' | 'list'): Promise<string>;
	/** Opens the form for picking. @returns the choices of its second page */
	openPicks(asker: string): Promise<{ page: FormPage; choices: string[] }>;
	/** Ticks choices and sends the page. @returns the last page */
	pick(page: FormPage, choices: string[]): Promise<string>;
	/** Opens the form for approval. @returns the page with the list, or the one that says why there is none */
	openList(decider: string): Promise<FormPage>;
	/** Sends the page with the list. @returns the last page */
	decide(page: FormPage, answer?: string): Promise<string>;
	/** Opens the list and answers. @returns the last page */
	approve(decider: string, answer?: string): Promise<string>;
	/** Waits until no execution of an approval or of an end runs any more. */
	settled(): Promise<void>;
	/** Requests to Notion that were meant to change something. */
	writes(): string[];
	stop(): Promise<void>;
}

/** @param people in the sandbox, besides the usual ones */
export async function startLicenseWorld(people: number): Promise<LicenseWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'license-'));
	const directory: LicenseWorld['directory'] = { persons: [], manifest: {}, hoursAgo: 0 };
	const [sandbox, mail, server] = await Promise.all([startSandbox({ people }), startMailServer(), serve(directory)]);
	let host: N8nHost | undefined;
	const stop = async () => {
		await host?.stop();
		await Promise.all([sandbox.close(), mail.close(), server.close()]);
		await rm(folder, { recursive: true, force: true });
	};
	try {
		host = await startHost({
			folder: join(folder, 'n8n'),
			packages: [await packPackage(folder)],
			vendors: { 'api.notion.com': sandbox.url, [DIRECTORY_HOST]: server.url },
		});
		return { ...(await published(host, sandbox, mail, folder)), sandbox, mail, host, directory, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A server that gives the directory's items as JSON. */
async function serve(directory: LicenseWorld['directory']) {
	const server = createServer((_request, response) => {
		const { persons, manifest, hoursAgo } = directory;
		const readAt = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
		const last = {
			manifest: true, source: 'entra', readAt, pages: 1, count: persons.length,
			complete: true, groupsComplete: true, attributesRead: ['email', 'department'], ...manifest,
		};
		response.setHeader('Content-Type', 'application/json');
		response.end(JSON.stringify([...persons, last]));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** As every directory source, but that it asks the test. */
const standIn = {
	name: 'Directory of the test',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { workflowInputs: { values: [{ name: 'ask', type: 'string' }] } }),
		node('Everyone', 'httpRequest', 4.2, { url: `https://${DIRECTORY_HOST}/everybody`, options: {} }),
	],
	connections: { WhenCalled: { main: [[{ node: 'Everyone', type: 'main', index: 0 }]] } },
};

function node(name: string, type: string, typeVersion: number, parameters: object) {
	return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion, position: [0, 0], parameters };
}

async function workflowFile(folder: string): Promise<unknown> {
	return JSON.parse(await readFile(join('workflows', folder, `${folder}.json`), 'utf8'));
}

/** The forms as the README says it for people without an account in n8n. */
function withPassword(file: unknown): unknown {
	const formFields = { values: [{ fieldType: 'email', fieldName: 'email', fieldLabel: 'Your email address', requiredField: true }] };
	const form = (path: string) => ({ authentication: 'basicAuth', formFields, options: { path } });
	const picker = { picker: "={{ $('PickForm').first().json.email }}" };
	const decider = { decider: "={{ $('ApproveForm').first().json.email }}", assurance: 'typedAddress', deciders: APPROVERS };
	return filledIn(file, {
		PickForm: form('typed-pick'),
		ApproveForm: form('typed-approve'),
		'List the seats': picker,
		'Make the request': { ...picker, approvers: APPROVERS },
		'Show the list': decider,
		Decide: decider,
	});
}

const APPROVERS = 'boss@example.com, asker@example.com, left1@example.com';
const SENDER = { fromEmail: 'n8n@example.com' };

async function published(host: N8nHost, sandbox: Sandbox, mail: MailServer, folder: string) {
	const { client } = host;
	const rest = await signIn(host.url, host.owner);
	await makeDataTables(host);
	const errorNotification = await publishErrorNotification(host);
	const source = await client.importWorkflow(standIn);
	await client.publish(source.id);
	const credential = async (type: string, data: Record<string, unknown>) => ({
		[type]: await client.createCredential({ type, name: type, data }),
	});
	const credentials = {
		...(await credential('httpBasicAuth', FORM_USER)),
		...(await credential('smtp', mail.credential)),
		...(await credential('notionScimApi', {
			token: sandbox.token, access: 'full', ownedDomains: 'example.com', tokenCreatorEmail: 'owner@example.com',
		})),
	};
	const publish = async (file: unknown, subWorkflows: Record<string, string> = {}) => {
		const { id } = await client.importWorkflow(file, {
			credentials,
			subWorkflows: { ...alertPicks(file, errorNotification), 'Directory source': source.id, ...subWorkflows },
		});
		await client.publish(id);
		return id;
	};
	const reportId = await publish(
		filledIn(await workflowFile('license-reconciliation'), {
			Reconcile: { costPerSeat: 24, currency: 'EUR', contractedSeats: 60, renewalDate: '2031-02-01' },
			'Mail report': { ...SENDER, toEmail: 'it@example.com' },
		}),
	);
	const endId = await publish(
		filledIn(await workflowFile('end-seats'), {
			'Plan the removals': { leavers: { confirmAfter: 12, onUnlisted: 'remove' } },
			'End the seats': { options: { removalLimit: 5 } },
			'Mail what became of each': { ...SENDER, toEmail: '=it@example.com, {{ $json.people }}' },
		}),
	);
	const removal = filledIn(await workflowFile('license-removal'), {
		'Make the request': { approvers: APPROVERS },
		'Tell the approvers': SENDER,
	});
	const picks = { 'End the seats': endId };
	const removalIds = [await publish(removal, picks), await publish(withPassword(removal), picks)];

	const browser = browserWithPassword(host, FORM_USER);
	const tableOf = async (name: string) => {
		const table = (await client.dataTables()).find((one) => one.name === name);
		if (!table) throw new Error(`There is no table ${name}`);
		return table;
	};
	const run = async (id: string, trigger: string): Promise<ExecutionDetail> => {
		const execution = await client.runManually(id, trigger);
		return await client.waitForExecution((one) => one.id === execution, { workflowId: id, within: 60_000 });
	};
	const openList = async (decider: string) =>
		await browser.send(await browser.open(`${host.url}/form/typed-approve`), { 'field-0': decider });
	const decide = async (page: FormPage, answer = 'Yes, end these seats') => {
		const last = await browser.send(page, { 'field-1': answer });
		return last.answer;
	};
	return {
		report: async () => await run(reportId, 'MakeReport'),
		day: async () => await run(endId, 'Daily'),
		async alter(name: string, sql: string) {
			const { id: table } = await tableOf(name);
			const database = new DatabaseSync(join(folder, 'n8n', '.n8n', 'database.sqlite'), { timeout: 5_000 });
			try {
				database.exec(`UPDATE "data_table_user_${table}" SET ${sql}`);
			} finally {
				database.close();
			}
		},
		async intend(row: Row) {
			const table = await tableOf(JOURNAL);
			const path = `rest/projects/${table.projectId}/data-tables/${table.id}/insert`;
			await rest(z.unknown(), 'POST', path, { data: [row] });
		},
		rows: async (table: string) => await client.rows(table),
		seats: async () => (await client.rows(JOURNAL)).filter(({ kind }) => kind === 'seat'),
		async record(name: string) {
			const found = (await client.rows('notion_scim_evidence')).filter(({ key }) => String(key).startsWith(`licenseReport:${name}`));
			return String(found.at(-1)?.['record'] ?? '');
		},
		async openPicks(asker: string) {
			const page = await browser.send(await browser.open(`${host.url}/form/typed-pick`), { 'field-0': asker });
			const choices = [...page.html.matchAll(/type='checkbox'[^>]* value='([^']*)'/g)].map(([, value = '']) => unescaped(value));
			return { page, choices };
		},
		pick: async (page: FormPage, choices: string[]) => (await browser.send(page, { 'field-1': JSON.stringify(choices) })).html,
		openList,
		decide,
		async approve(decider: string, answer?: string) {
			const page = await openList(decider);
			return page.answer === '' ? await decide(page, answer) : page.answer;
		},
		async settled() {
			await poll(
				async () => {
					const all = await Promise.all([endId, ...removalIds].map(async (id) => await client.executions(id)));
					const open = all.flat().filter(({ status }) => ['new', 'running'].includes(status));
					return open.length === 0 ? true : undefined;
				},
				'the executions to end',
				60_000,
			);
		},
		writes: () =>
			sandbox.requests
				.all()
				.filter(({ method }) => method !== 'GET')
				.map(({ method, path }) => `${method} ${path}`),
	};
}

function unescaped(text: string): string {
	const names: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
	return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
		if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
		return decimal ? String.fromCodePoint(Number(decimal)) : (names[name ?? ''] ?? whole);
	});
}
