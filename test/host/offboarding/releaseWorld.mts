import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import { startHost, type N8nHost } from '../../../host/startHost.mts';
import { CHANGE_COLUMNS } from '../../../lib/lifecycle/journal.ts';
import { RUN_COLUMNS } from '../../../lib/lifecycle/tables.ts';

const JOURNAL = 'notion_scim_changes';
const RUNS = 'notion_scim_runs';

export type Row = Record<string, unknown>;

/** n8n with the workflow, and a workflow in the place of offboarding-lockdown. */
export interface ReleaseWorld {
	host: N8nHost;
	/** The address of the form with n8n sign-in, as the file has it. */
	formUrl: string;
	/** The same with a password, as the README describes it. */
	passwordFormUrl: string;
	password: { user: string; password: string };
	/** The same, with a lockdown that fails. */
	failingFormUrl: string;
	/** Stores rows of the journal; those with an `id` change. */
	put(...rows: Row[]): Promise<void>;
	/** Changes stored lists. */
	putLists(...rows: Row[]): Promise<void>;
	journal(): Promise<Row[]>;
	lists(): Promise<Row[]>;
	/** How often the workflow that locks out was called. */
	calls(): Promise<number>;
	stop(): Promise<void>;
}

export async function startReleaseWorld(): Promise<ReleaseWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'release-'));
	const host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package'))],
		vendors: {},
		// By default n8n makes a sandbox for the expressions of every execution, which takes it 60 ms.
		environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
	});
	const stop = async () => {
		await host.stop();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		return { ...(await published(host)), host, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function published(host: N8nHost): Promise<Omit<ReleaseWorld, 'host' | 'stop'>> {
	const { client } = host;
	await makeDataTables(host);
	const publish = async (file: unknown, picks: Parameters<typeof client.importWorkflow>[1] = {}) => {
		const { id } = await client.importWorkflow(file, picks);
		await client.publish(id);
		return id;
	};
	await publish(helper('put-rows', JOURNAL, CHANGE_COLUMNS));
	await publish(helper('put-lists', RUNS, RUN_COLUMNS));
	const lockdown = await publish(standIn);
	const password = { user: 'hr', password: randomUUID() };
	const picks = {
		credentials: {
			notionScimApi: await client.createCredential({
				type: 'notionScimApi',
				name: 'Notion SCIM',
				data: { token: 'secret_none', access: 'readOnly', ownedDomains: 'example.com' },
			}),
			httpBasicAuth: await client.createCredential({ type: 'httpBasicAuth', name: 'Form', data: password }),
		},
		subWorkflows: { 'Lock out': lockdown },
	};
	const file: unknown = JSON.parse(await readFile('workflows/offboarding-release/offboarding-release.json', 'utf8'));
	await publish(file, picks);
	await publish(withPassword(file), picks);
	const failing = filledIn(file, { ReleaseForm: { options: { path: 'failing' } } });
	await publish(failing, { ...picks, subWorkflows: { 'Lock out': await publish(broken) } });

	const post = async (path: string, rows: Row[]) => {
		const response = await fetch(host.webhookUrl(path), {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ rows }),
		});
		if (response.status !== 200) throw new Error(`The rows were not stored: ${await response.text()}`);
		await response.text();
	};
	return {
		formUrl: `${host.url}/form/notion-offboarding-release`,
		passwordFormUrl: `${host.url}/form/with-password`,
		password,
		failingFormUrl: `${host.url}/form/failing`,
		put: async (...rows) => await post('put-rows', rows),
		putLists: async (...rows) => await post('put-lists', rows),
		journal: async () => await client.rows(JOURNAL),
		lists: async () => await client.rows(RUNS),
		calls: async () => (await client.executions(lockdown)).length,
	};
}

/** As the README says it for people without an account in n8n. */
function withPassword(file: unknown): unknown {
	const typed = { fieldType: 'email', fieldName: 'email', fieldLabel: 'Your email address', requiredField: true };
	const person = { decider: "={{ $('ReleaseForm').first().json.email }}", assurance: 'typedAddress', deciders: 'boss@example.com' };
	const options = { path: 'with-password' };
	return filledIn(file, {
		ReleaseForm: { authentication: 'basicAuth', formFields: { values: [typed] }, options },
		'Show the list': person,
		Decide: person,
	});
}

export const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters,
});

export const chain = (...names: string[]) =>
	Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1] ?? '', type: 'main', index: 0 }]] }]),
	);

/** Stores rows that a test gives. */
export const helper = (path: string, table: string, columns: Record<string, string>) => ({
	name: path,
	nodes: [
		node('Webhook', 'webhook', 2.1, { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} }),
		node('Rows', 'splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
		node('Store', 'dataTable', 1, {
			resource: 'row',
			operation: 'upsert',
			dataTableId: { __rl: true, mode: 'name', value: table },
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id ?? 0 }}' }] },
			columns: {
				mappingMode: 'autoMapInputData',
				value: {},
				matchingColumns: [],
				schema: Object.entries(columns).map(([id, type]) => ({ id, displayName: id, type, display: true })),
			},
			options: {},
		}),
	],
	connections: chain('Webhook', 'Rows', 'Store'),
});

/** In the place of offboarding-lockdown: everyone is removed, but for the person who has come back. */
const standIn = {
	name: 'lockdown',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		node('Store', 'dataTable', 1, {
			resource: 'row',
			operation: 'update',
			dataTableId: { __rl: true, mode: 'name', value: JOURNAL },
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' }] },
			columns: {
				mappingMode: 'defineBelow',
				value: {
					state: 'done',
					outcome: "={{ $json.displayName === 'Back' ? 'stays' : 'removed' }}",
				},
				matchingColumns: [],
				schema: ['state', 'outcome'].map((id) => ({ id, displayName: id, type: 'string', display: true })),
			},
			options: {},
		}),
	],
	connections: chain('WhenCalled', 'Store'),
};

const broken = {
	name: 'broken lockdown',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		node('Fail', 'stopAndError', 1, { errorMessage: 'Broken' }),
	],
	connections: chain('WhenCalled', 'Fail'),
};
