import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { settings } from '../../../canvas/nodes.mts';
import { claim } from '../../../canvas/parts/claim.mts';
import { ADDRESSES, code, Workflow } from '../../../canvas/workflow.mts';
import { packPackage } from '../../../demo/packPackage.mts';
import { filledIn, withWebhookId } from '../../../host/filledIn.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { genuineDeliveries } from './genuineDeliveries.mts';
import { send } from './triggerWorkflows.mts';

const COPIES = 20;

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;
let notionScimApi: { id: string; name: string };

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'replays-'));
	sandbox = await startSandbox();
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder), await packPackage(folder, 'hris-trigger')],
		vendors: { 'api.notion.com': sandbox.url },
		// By default n8n makes a sandbox for expressions for every request, which takes it 60 ms.
		environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
	});
	notionScimApi = await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: { token: sandbox.token },
	});
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

it.each(genuineDeliveries.map((one) => [one.scheme, one] as const))(
	'twenty copies at once of what %s sends are twenty executions and one effect',
	async (scheme, { secret, payload, headers }) => {
		const webhookId = randomUUID();
		const hrisWebhookApi = await host.client.createCredential({
			type: 'hrisWebhookApi',
			name: scheme,
			data: { scheme, secret },
		});
		const { id } = await host.client.importWorkflow(
			withWebhookId(filledIn(actsOnce(scheme).file(), {}), 'HrisEvents', webhookId),
			{ credentials: { hrisWebhookApi, notionScimApi } },
		);
		await host.client.publish(id);
		sandbox.requests.clear();
		const body = JSON.stringify(payload);
		const signed = headers(body);

		const answers = await Promise.all(
			Array.from(
				{ length: COPIES },
				async () => await send(host.webhookUrl(`${webhookId}/hris`), body, signed),
			),
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
		const runs = await Promise.all(executions.map(async (one) => await host.client.execution(one.id)));
		expect(runs.filter(({ nodesRun }) => nodesRun.includes('Add member'))).toHaveLength(1);
		expect(sandbox.requests.count({ method: 'POST' })).toBe(1);
	},
	120_000,
);

/** The shared parts of the workflows, in front of one deed. */
function actsOnce(scheme: string): Workflow {
	const workflow = new Workflow(`Replays of ${scheme}`);
	workflow.add({
		name: 'HrisEvents',
		type: 'n8n-nodes-hris-trigger.hrisTrigger',
		version: 1,
		parameters: { timeZone: 'Europe/Berlin' },
		at: [0, 0],
	});
	workflow.add({
		name: 'Settings',
		type: 'set',
		version: 3.4,
		parameters: settings([{ name: 'source', type: 'string', value: scheme }]),
		at: [1, 0],
		once: true,
	});
	workflow.add({
		name: 'Events',
		type: 'code',
		version: 2,
		parameters: code(...ADDRESSES, 'canvas/code/readEvents.js'),
		at: [2, 0],
	});
	const { first, last } = claim(workflow, [3, 0]);
	workflow.add({
		name: 'Add member',
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		parameters: { resource: 'user', operation: 'create', email: `hired-by-${scheme}@example.com`.toLowerCase() },
		at: [9, 0],
	});
	workflow.chain('HrisEvents', 'Settings', 'Events', first);
	workflow.chain(last, 'Add member');
	return workflow;
}
