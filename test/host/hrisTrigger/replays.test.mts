import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { workflowFile } from '../../../demo/world.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn, withWebhookId } from '../../../host/filledIn.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { genuineDeliveries } from './genuineDeliveries.mts';
import { send } from './triggerWorkflows.mts';

const COPIES = 20;

/** The part of a workflow that stores what comes. */
const STORING = ['HrisEvents', 'Receive events', 'Store events'];

let folder: string;
let host: N8nHost;
let notionScimApi: { id: string; name: string };

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'replays-'));
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder), await packPackage(folder, 'hris-trigger')],
		vendors: {},
		// By default n8n makes a sandbox for expressions for every request, which takes it 60 ms.
		environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
	});
	await makeDataTables(host);
	notionScimApi = await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: { token: 'never-used' },
	});
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

it.each(genuineDeliveries.map((one) => [one.scheme, one] as const))(
	'twenty copies at once of what %s sends are twenty executions and one event of the journal',
	async (provider, { secret, payload, headers, expected }) => {
		const webhookId = randomUUID();
		const hrisWebhookApi = await host.client.createCredential({
			type: 'hrisWebhookApi',
			name: provider,
			data: { scheme: provider, secret },
		});
		const { id } = await host.client.importWorkflow(withWebhookId(await storing(), 'HrisEvents', webhookId), {
			name: provider,
			credentials: { hrisWebhookApi, notionScimApi },
		});
		await host.client.publish(id);
		const body = JSON.stringify(payload);
		const signed = headers(body);

		const answers = await Promise.all(
			Array.from({ length: COPIES }, async () => await send(host.webhookUrl(`${webhookId}/hris`), body, signed)),
		);

		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		const executions = await poll(
			async () => {
				const all = await host.client.executions(id);
				const isOver = all.every(({ status }) => !['new', 'running', 'waiting'].includes(status));
				return all.length >= COPIES && isOver ? all : undefined;
			},
			'all copies to be worked on',
			60_000,
		);
		expect(executions.map(({ status }) => status)).toEqual(answers.map(() => 'success'));
		const ids = new Set(executions.map((one) => one.id));
		const rows = (await host.client.rows('notion_scim_changes')).filter((row) => ids.has(String(row['execution'])));
		expect(rows).toHaveLength(COPIES);
		expect(new Set(rows.map(({ key }) => key)).size).toBe(1);
		expect(rows[0]).toMatchObject({ state: 'received', event: expected['kind'], employeeId: expected['employeeId'] });
	},
	120_000,
);

/** The beginning of the onboarding, for events of every kind: for leavers, each is a hint. */
async function storing() {
	const file = filledIn(await workflowFile('onboarding'), {
		HrisEvents: { timeZone: 'Europe/Berlin', kinds: [] },
		'Receive events': { job: 'leavers' },
	});
	const kept = STORING.slice(0, -1);
	return {
		...file,
		nodes: file.nodes.filter(({ name }) => STORING.includes(name)),
		connections: Object.fromEntries(Object.entries(file.connections).filter(([name]) => kept.includes(name))),
	};
}
