import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { changeAtRandom, expectedEvents, toldEvents, viewOf } from '../../support/workspaceChanges.mts';

const TRIGGER = 'Notion SCIM Trigger';
/** n8n polls once a minute. */
const UNTIL_TWO_MORE_POLLS = 150_000;

const member = z.object({ id: z.string() });
const eventSchema = z.object({
	event: z.string(),
	id: z.string().nullable(),
	changed: z.array(z.string()),
	added: z.array(member),
	removed: z.array(member),
});

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;
let workflowId: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'trigger-'));
	sandbox = await startSandbox({ people: 150 });
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder)],
		vendors: { 'api.notion.com': sandbox.url },
	});
	const { client } = host;
	const data = { token: sandbox.token, access: 'readOnly' };
	const notionScimApi = await client.createCredential({ type: 'notionScimApi', name: 'Notion', data });
	({ id: workflowId } = await client.importWorkflow(watchingWorkflow, { credentials: { notionScimApi } }));
	await client.publish(workflowId);
}, 180_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

const watchingWorkflow = {
	name: 'Watch',
	nodes: [
		{
			id: 'trigger',
			name: TRIGGER,
			type: 'n8n-nodes-notion-scim.notionScimTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] } },
		},
		{ id: 'end', name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
	],
	connections: { [TRIGGER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};

/** The lines of all executions after so many, once there are as many lines as expected. A poll leaves to the next what it cannot prove. */
const toldAfter = async (executions: number, expected: string[]): Promise<string[]> => {
	const { client } = host;
	return await poll(
		async () => {
			const ids = (await client.executions(workflowId)).filter(({ status }) => status === 'success').map(({ id }) => id);
			const own = await Promise.all(ids.slice(0, ids.length - executions).map(async (id) => await client.execution(id)));
			const lines = toldEvents(own.flatMap((one) => z.array(eventSchema).parse(one.items(TRIGGER))));
			return lines.length >= expected.length ? lines : undefined;
		},
		'the events',
		UNTIL_TWO_MORE_POLLS,
	);
};

it('tells 200 changes between two polls exactly, and starts nothing before', async () => {
	expect(await host.client.executions(workflowId)).toEqual([]);
	const before = viewOf(sandbox.workspace);
	changeAtRandom(sandbox.workspace, 200, 4);

	const expected = expectedEvents(before, viewOf(sandbox.workspace));

	expect(await toldAfter(0, expected)).toEqual(expected);
}, 180_000);

it('tells once what happened while a killed n8n was down, in whatever order the lists come', async () => {
	sandbox.setSwitches({ listOrder: 'shuffledPerRequest' });
	const before = viewOf(sandbox.workspace);
	const told = (await host.client.executions(workflowId)).length;
	await host.kill();
	changeAtRandom(sandbox.workspace, 200, 5);
	await host.restart();
	const expected = expectedEvents(before, viewOf(sandbox.workspace));

	expect(await toldAfter(told, expected)).toEqual(expected);

	const all = await host.client.executions(workflowId);
	sandbox.requests.clear();
	await host.kill();
	await host.restart();
	await poll(async () => sandbox.requests.count() > 0 || undefined, 'the next poll', UNTIL_TWO_MORE_POLLS);
	await host.client.publish(workflowId);
	expect(await host.client.executions(workflowId)).toEqual(all);
}, 180_000);
