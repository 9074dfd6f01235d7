import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { watchingWorkflow, WATCHER } from '../../../host/watchingWorkflow.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { switchesSchema } from '../../../sandbox/switches.mts';
import { changeAtRandom, expectedEvents, toldEvents, viewOf } from '../../support/workspaceChanges.mts';
import { EVERY_FIVE_SECONDS } from './pollTimes.mts';

const LIST_ORDERS = switchesSchema.shape.listOrder.removeDefault().options;
/** A failure names it; SEED=… repeats it. */
const SEED = Number(process.env['SEED'] ?? randomInt(1_000_000));
const UNTIL_SOME_MORE_POLLS = 60_000;

const member = z.object({ id: z.string() });
const eventSchema = z.object({
	event: z.string(),
	id: z.string().nullable(),
	changed: z.array(z.string()),
	added: z.array(member),
	removed: z.array(member),
});

/** One workspace, and the workflow that watches it. */
interface Watched {
	sandbox: Sandbox;
	workflowId: string;
}

let folder: string;
let host: N8nHost;
const watched: Watched[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'trigger-'));
	const sandboxes = await Promise.all(
		LIST_ORDERS.map(async (listOrder) => ({
			listOrder,
			sandbox: await startSandbox({ people: 150, switches: { listOrder } }),
		})),
	);
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder)],
		vendors: Object.fromEntries(sandboxes.map(({ listOrder, sandbox }) => [hostName(listOrder), sandbox.url])),
	});
	for (const { listOrder, sandbox } of sandboxes) {
		const data = { token: sandbox.token, access: 'readOnly', baseUrl: `https://${hostName(listOrder)}/scim/v2` };
		const notionScimApi = await host.client.createCredential({ type: 'notionScimApi', name: listOrder, data });
		const { id } = await host.client.importWorkflow(watchingWorkflow(EVERY_FIVE_SECONDS), { credentials: { notionScimApi } });
		watched.push({ sandbox, workflowId: id });
	}
	await publishAll();
}, 180_000);

afterAll(async () => {
	await host?.stop();
	for (const { sandbox } of watched) await sandbox.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

const hostName = (listOrder: string): string => `${listOrder.toLowerCase()}.notion.example`;

/** Publishing polls at once. */
const publishAll = async (): Promise<void> => {
	await Promise.all(watched.map(async ({ workflowId }) => await host.client.publish(workflowId)));
};

const views = () => watched.map(({ sandbox }) => viewOf(sandbox.workspace));

/** 200 changes of each workspace; of each the events that lead there. */
const changeAll = (round: number): string[][] => {
	const before = views();
	watched.forEach(({ sandbox }, at) => changeAtRandom(sandbox.workspace, 200, SEED + watched.length * round + at));
	const after = views();
	return before.map((view, at) => expectedEvents(view, after[at] ?? view));
};

const executions = async (): Promise<string[][]> =>
	await Promise.all(
		watched.map(async ({ workflowId }) => (await host.client.executions(workflowId)).map(({ id, status }) => `${id} ${status}`)),
	);

/**
 * The lines of the executions after so many: as soon as there are as many as expected, or those that came in time.
 * A poll leaves to the next what it cannot prove.
 */
const toldAfter = async (earlier: number, workflowId: string, expected: string[]): Promise<string[]> => {
	const { client } = host;
	const deadline = performance.now() + UNTIL_SOME_MORE_POLLS;
	return await poll(
		async () => {
			const ids = (await client.executions(workflowId)).filter(({ status }) => status === 'success').map(({ id }) => id);
			const own = await Promise.all(ids.slice(0, ids.length - earlier).map(async (id) => await client.execution(id)));
			const lines = toldEvents(own.flatMap((one) => z.array(eventSchema).parse(one.items(WATCHER))));
			return lines.length >= expected.length || performance.now() > deadline ? lines : undefined;
		},
		'the events',
		2 * UNTIL_SOME_MORE_POLLS,
	);
};

const allToldAfter = async (earlier: string[][], expected: string[][]): Promise<string[][]> =>
	await Promise.all(
		watched.map(async ({ workflowId }, at) => await toldAfter(earlier[at]?.length ?? 0, workflowId, expected[at] ?? [])),
	);

it(`tells 200 changes between two polls exactly, in whatever order the lists come (seed ${SEED})`, async () => {
	const none = LIST_ORDERS.map(() => []);
	expect(await executions()).toEqual(none);

	const expected = changeAll(0);

	expect(await allToldAfter(none, expected)).toEqual(expected);
}, 150_000);

it(`tells once what happened while a killed n8n was down (seed ${SEED})`, async () => {
	const before = await executions();
	await host.kill();
	const expected = changeAll(1);
	await host.restart();

	expect(await allToldAfter(before, expected)).toEqual(expected);

	const all = await executions();
	await host.kill();
	for (const { sandbox } of watched) sandbox.requests.clear();
	await host.restart();
	await publishAll();
	expect(watched.map(({ sandbox }) => sandbox.requests.count() > 0)).toEqual(LIST_ORDERS.map(() => true));
	expect(await executions()).toEqual(all);
}, 240_000);
