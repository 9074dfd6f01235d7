import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { startHost, type N8nHost } from '../../../host/startHost.mts';
import { CHANGE_COLUMNS } from '../../../lib/lifecycle/journal.ts';
import { RUN_COLUMNS } from '../../../lib/lifecycle/tables.ts';
import { chain, helper, node, type Row } from '../offboarding/releaseWorld.mts';

const JOURNAL = 'notion_scim_changes';
const RUNS = 'notion_scim_runs';

/** n8n with the form, and a workflow in the place of directory-sync. */
export interface ApprovalWorld {
	host: N8nHost;
	formUrl: string;
	/** Stores rows of the journal; those with an `id` change. */
	put(...rows: Row[]): Promise<void>;
	putRuns(...rows: Row[]): Promise<void>;
	journal(): Promise<Row[]>;
	runs(): Promise<Row[]>;
	/** How often directory-sync was called. */
	calls(): Promise<number>;
	stop(): Promise<void>;
}

export async function startApprovalWorld(): Promise<ApprovalWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'approval-'));
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

async function published(host: N8nHost): Promise<Omit<ApprovalWorld, 'host' | 'stop'>> {
	const { client } = host;
	await makeDataTables(host);
	const publish = async (file: unknown, picks: Parameters<typeof client.importWorkflow>[1] = {}) => {
		const { id } = await client.importWorkflow(file, picks);
		await client.publish(id);
		return id;
	};
	await publish(helper('put-rows', JOURNAL, CHANGE_COLUMNS));
	await publish(helper('put-runs', RUNS, RUN_COLUMNS));
	const sync = await publish(standIn);
	const text = await readFile('workflows/directory-sync-approval/directory-sync-approval.json', 'utf8');
	await publish(JSON.parse(text), {
		credentials: {
			notionScimApi: await client.createCredential({
				type: 'notionScimApi',
				name: 'Notion SCIM',
				data: { token: 'secret_none', access: 'readOnly', ownedDomains: 'example.com' },
			}),
		},
		subWorkflows: { 'Carry them out': sync, 'Run the sync': sync },
	});
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
		formUrl: `${host.url}/form/notion-directory-sync-approval`,
		put: async (...rows) => await post('put-rows', rows),
		putRuns: async (...rows) => await post('put-runs', rows),
		journal: async () => await client.rows(JOURNAL),
		runs: async () => await client.rows(RUNS),
		calls: async () => (await client.executions(sync)).length,
	};
}

/** In the place of directory-sync: everything that was released is done; a run says who has asked for it. */
const standIn = {
	name: 'sync',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		node('Store', 'dataTable', 1, {
			resource: 'row',
			operation: 'update',
			dataTableId: { __rl: true, mode: 'name', value: JOURNAL },
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id ?? 0 }}' }] },
			columns: {
				mappingMode: 'defineBelow',
				value: { state: 'done', outcome: 'done' },
				matchingColumns: [],
				schema: ['state', 'outcome'].map((id) => ({ id, displayName: id, type: 'string', display: true })),
			},
			options: {},
		}),
		node('Answer', 'set', 3.4, {
			assignments: {
				assignments: [
					{ id: 'title', name: 'title', type: 'string', value: 'Directory sync' },
					{ id: 'sentence', name: 'sentence', type: 'string', value: "={{ $('WhenCalled').first().json.ask }} of {{ $('WhenCalled').first().json.requestedBy }}" },
				],
			},
			options: {},
		}),
	].map((one) => (one.name === 'Store' ? { ...one, alwaysOutputData: true } : one)),
	connections: chain('WhenCalled', 'Store', 'Answer'),
};
