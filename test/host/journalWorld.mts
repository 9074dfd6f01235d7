import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../demo/packPackage.mts';
import { makeDataTables } from '../../host/dataTables.mts';
import type { CredentialReference } from '../../host/importedWorkflow.mts';
import type { N8nClient } from '../../host/n8nClient.mts';
import { startHost, type N8nHost } from '../../host/startHost.mts';
import { CHANGE_COLUMNS } from '../../lib/lifecycle/journal.ts';
import { RUN_COLUMNS } from '../../lib/lifecycle/tables.ts';
import { chain, node } from './workflowNodes.mts';

const JOURNAL = 'notion_scim_changes';
const RUNS = 'notion_scim_runs';

export type Row = Record<string, unknown>;

/** n8n with the package and the data tables, whose rows a test reads and writes. */
export interface JournalWorld {
	host: N8nHost;
	/** Stores rows of the journal; those with an `id` change. */
	put(...rows: Row[]): Promise<void>;
	/** Stores runs and shown lists, likewise. */
	putRuns(...rows: Row[]): Promise<void>;
	journal(): Promise<Row[]>;
	runs(): Promise<Row[]>;
	stop(): Promise<void>;
}

/**
 * Starts n8n, and stops it again if a later step fails.
 *
 * @param name begins the name of its folder
 * @param publishOwn publishes the workflows of the test, and returns what the test knows of them
 */
export async function startJournalWorld<Own>(
	name: string,
	publishOwn: (host: N8nHost) => Promise<Own>,
): Promise<JournalWorld & Own> {
	const folder = await mkdtemp(join(tmpdir(), `${name}-`));
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
		await makeDataTables(host);
		const tables = await tablesOf(host);
		return { ...(await publishOwn(host)), ...tables, host, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** @returns the workflow's ID */
export async function publish(
	client: N8nClient,
	file: unknown,
	picks: Parameters<N8nClient['importWorkflow']>[1] = {},
): Promise<string> {
	const { id } = await client.importWorkflow(file, picks);
	await client.publish(id);
	return id;
}

/** For workflows that ask nothing of Notion. */
export async function unusedToken(client: N8nClient): Promise<CredentialReference> {
	return await client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: { token: 'secret_none', access: 'readOnly', ownedDomains: 'example.com' },
	});
}

/** A node that gives these values to the row of the journal that an item has the `id` of. */
export function updateOfJournal(values: Record<string, string>) {
	return storeNode('update', JOURNAL, {
		mappingMode: 'defineBelow',
		value: values,
		matchingColumns: [],
		schema: schemaOf(Object.keys(values).map((column) => [column, 'string'])),
	});
}

async function tablesOf(host: N8nHost): Promise<Omit<JournalWorld, 'host' | 'stop'>> {
	const { client } = host;
	await publish(client, storing('put-rows', JOURNAL, CHANGE_COLUMNS));
	await publish(client, storing('put-runs', RUNS, RUN_COLUMNS));
	return {
		put: async (...rows) => await post(host.webhookUrl('put-rows'), rows),
		putRuns: async (...rows) => await post(host.webhookUrl('put-runs'), rows),
		journal: async () => await client.rows(JOURNAL),
		runs: async () => await client.rows(RUNS),
	};
}

async function post(url: string, rows: Row[]): Promise<void> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ rows }),
	});
	if (response.status !== 200) throw new Error(`The rows were not stored: ${await response.text()}`);
	await response.text();
}

/** A workflow that stores the rows that a test posts to it. */
const storing = (path: string, table: string, columns: Record<string, string>) => ({
	name: path,
	nodes: [
		node('Webhook', 'webhook', 2.1, { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} }),
		node('Rows', 'splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
		storeNode('upsert', table, {
			mappingMode: 'autoMapInputData',
			value: {},
			matchingColumns: [],
			schema: schemaOf(Object.entries(columns)),
		}),
	],
	connections: chain('Webhook', 'Rows', 'Store'),
});

const storeNode = (operation: 'update' | 'upsert', table: string, columns: object) =>
	node('Store', 'dataTable', 1, {
		resource: 'row',
		operation,
		dataTableId: { __rl: true, mode: 'name', value: table },
		matchType: 'allConditions',
		// No row has the number 0.
		filters: { conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id ?? 0 }}' }] },
		columns,
		options: {},
	});

const schemaOf = (columns: [string, string][]) =>
	columns.map(([id, type]) => ({ id, displayName: id, type, display: true }));
