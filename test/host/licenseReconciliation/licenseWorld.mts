import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

import { Workflow } from '../../../canvas/workflow.mts';
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

export const FORM_USER = { user: 'license', password: 'form-password-0123' };
export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const DIRECTORY_HOST = 'directory.example.net';

export type Person = Record<string, unknown>;

/** Notion, a directory that the test fills, a mail server, and an n8n with the workflow published. */
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
	/** Adds a row to directory_changes, as of another workflow or of an execution that died. */
	intend(row: Record<string, unknown>): Promise<void>;
	rows(table: string): Promise<Record<string, unknown>[]>;
	/** Opens the form for picking. @returns the choices of its second page, or what the page says instead */
	openPicks(asker: string): Promise<{ url: string; choices: string[]; html: string }>;
	/** Ticks choices and sends the page. @returns the last page */
	pick(url: string, choices: string[]): Promise<string>;
	/** Sends the form for approval. @returns the last page */
	approve(decider: string, code: string, answer?: string): Promise<string>;
	/** Waits until no execution runs any more. One that waits is a form that somebody has open. */
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
function standIn(): Workflow {
	const workflow = new Workflow('Directory of the test');
	workflow.add({
		name: 'WhenCalled',
		type: 'executeWorkflowTrigger',
		version: 1.1,
		parameters: { workflowInputs: { values: [{ name: 'ask', type: 'string' }] } },
		at: [0, 0],
	});
	workflow.add({
		name: 'Everybody',
		type: 'httpRequest',
		version: 4.2,
		parameters: { url: `https://${DIRECTORY_HOST}/everybody`, options: {} },
		at: [1, 0],
	});
	workflow.chain('WhenCalled', 'Everybody');
	return workflow;
}

async function published(host: N8nHost, sandbox: Sandbox, mail: MailServer, folder: string) {
	const { client } = host;
	const rest = await signIn(host.url, host.owner);
	await makeDataTables(host);
	const errorNotification = await publishErrorNotification(host);
	const source = await client.importWorkflow(standIn().file());
	await client.publish(source.id);
	const credential = async (type: string, data: Record<string, unknown>) => ({
		[type]: await client.createCredential({ type, name: type, data }),
	});
	const file = filledIn(
		JSON.parse(await readFile(join('workflows', 'license-reconciliation', 'license-reconciliation.json'), 'utf8')),
		{
			Settings: {
				costPerSeat: 24,
				currency: 'EUR',
				contractedSeats: 60,
				renewalDate: '2031-02-01',
				approvers: ['boss@example.com', 'asker@example.com', 'left1@example.com'],
				removalLimit: 5,
				confirmAfterHours: 12,
			},
		},
	);
	const { id } = await client.importWorkflow(file, {
		credentials: {
			...(await credential('httpBasicAuth', FORM_USER)),
			...(await credential('smtp', mail.credential)),
			...(await credential('notionScimApi', {
				token: sandbox.token,
				access: 'full',
				ownedDomains: 'example.com',
				tokenCreatorEmail: 'owner@example.com',
			})),
		},
		subWorkflows: { ...alertPicks(file, errorNotification), 'Directory source: list': source.id },
	});
	await client.publish(id);

	const headers = {
		'User-Agent': FIREFOX,
		Authorization: `Basic ${Buffer.from(`${FORM_USER.user}:${FORM_USER.password}`).toString('base64')}`,
	};
	const post = async (path: string, fields: string[]): Promise<string> => {
		const body = new FormData();
		fields.forEach((field, index) => body.set(`field-${index}`, field));
		const response = await fetch(`${host.url}/form/${path}`, { method: 'POST', headers, body });
		const text = await response.text();
		if (!text.includes('formWaitingUrl')) throw new Error(`The form answered ${response.status}: ${text.slice(0, 300)}`);
		return z.object({ formWaitingUrl: z.string() }).parse(JSON.parse(text)).formWaitingUrl;
	};
	const textOf = async (url: string): Promise<string> => await (await fetch(url, { headers })).text();
	/** What a browser does: it asks whether the next page is there, and only then opens it. */
	const shown = async (url: string, before = ''): Promise<string> => {
		const status = new URL(url);
		status.pathname += '/n8n-execution-status';
		return await poll(
			async () => {
				const word = (await textOf(status.href)).trim();
				if (!['form-waiting', 'success', 'error'].includes(word)) return undefined;
				const html = await textOf(url);
				return before !== '' && html.includes(before) ? undefined : html;
			},
			'the next page of the form',
			60_000,
		);
	};
	const run = async (trigger: string): Promise<ExecutionDetail> => {
		const execution = await client.runManually(id, trigger);
		return await client.waitForExecution((one) => one.id === execution, { workflowId: id, within: 60_000 });
	};
	const tableOf = async (name: string) => {
		const table = (await client.dataTables()).find((one) => one.name === name);
		if (!table) throw new Error(`There is no table ${name}`);
		return table;
	};
	return {
		report: async () => await run('MakeReport'),
		day: async () => await run('Daily'),
		async alter(name: string, sql: string) {
			const { id: table } = await tableOf(name);
			const database = new DatabaseSync(join(folder, 'n8n', '.n8n', 'database.sqlite'), { timeout: 5_000 });
			try {
				database.exec(`UPDATE "data_table_user_${table}" SET ${sql}`);
			} finally {
				database.close();
			}
		},
		async intend(row: Record<string, unknown>) {
			const table = await tableOf('directory_changes');
			const path = `rest/projects/${table.projectId}/data-tables/${table.id}/insert`;
			await rest(z.unknown(), 'POST', path, { data: [{ outcome: 'intended', impact: 1, ...row }] });
		},
		rows: async (table: string) => await client.rows(table),
		async openPicks(asker: string) {
			const url = await post('notion-license-pick', [asker]);
			const html = await shown(url);
			const choices = [...html.matchAll(/type='checkbox'[^>]* value='([^']*)'/g)].map(([, value = '']) => unescaped(value));
			return { url, html, choices };
		},
		async pick(url: string, choices: string[]) {
			const body = new FormData();
			body.set('field-1', JSON.stringify(choices));
			await (await fetch(url, { method: 'POST', headers, body })).text();
			return await shown(url, "type='checkbox'");
		},
		async approve(decider: string, code: string, answer = 'Yes, end these seats') {
			return await shown(await post('notion-license-approve', [decider, code, answer]));
		},
		async settled() {
			await poll(
				async () => {
					const open = (await client.executions(id)).filter(({ status }) => ['new', 'running'].includes(status));
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
