import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { claims } from '../../canvas/tables.mts';
import { packPackage } from '../../demo/packPackage.mts';
import type { Execution } from '../../host/n8nClient.mts';
import { poll } from '../../host/poll.mts';
import { startHost, type N8nHost } from '../../host/startHost.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { CREATE_ONCE_PATH, createOnce } from './createOnce.mts';

const COPIES = 20;

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;
let workflowId: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'queue-'));
	sandbox = await startSandbox({ port: 0 });
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package'))],
		vendors: { 'api.notion.com': sandbox.url },
		queue: { workers: 2 },
	});
	const notionScimApi = await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: { token: sandbox.token, access: 'noRemovals', ownedDomains: 'example.com' },
	});
	const file = createOnce().file();
	({ id: workflowId } = await host.client.importWorkflow(file, { credentials: { notionScimApi } }));
	await host.client.publish(workflowId);
}, 180_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => sandbox.requests.clear());

describe('n8n in queue mode', () => {
	// First of all tests, because it needs an n8n in which the table of claims does not exist yet.
	it.each([1, 2, 3])(
		'acts once in Notion on an event of which twenty copies arrive at once (round %i)',
		async (round) => {
			const event = { eventId: `copies-${round}`, email: `copies${round}@example.com` };

			const answers = await Promise.all(Array.from({ length: COPIES }, async () => await send(event)));

			expect(answers).toEqual(answers.map(() => 200));
			const executions = await ended(COPIES * round);
			expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
			expect(writes()).toEqual(['POST /scim/v2/Users']);
			expect(sandbox.workspace.userByEmail(event.email)).toMatchObject({ standing: 'member' });
			// Else one worker did all the work, and nothing was shown about two.
			expect(new Set(executions.flatMap(workersThatRan))).toEqual(new Set([0, 1]));
			const ofEvent = (await host.client.rows(claims.name)).filter(({ key }) => key === event.eventId);
			expect(ofEvent).toHaveLength(COPIES);
			expect(ofEvent.filter(({ state }) => state === 'done')).toEqual([ofEvent[0]]);
		},
		60_000,
	);

	it('goes on with one worker where the other has died', async () => {
		const before = (await host.client.executions(workflowId)).length;
		await host.workers()[0]?.kill();

		for (const name of ['first', 'second', 'third']) {
			expect(await send({ eventId: name, email: `${name}@example.com` })).toBe(200);
		}

		const executions = await ended(before + 3);
		expect(executions.slice(0, 3).flatMap(workersThatRan)).toEqual([1, 1, 1]);
		expect(executions.slice(0, 3).map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(writes()).toHaveLength(3);
	}, 60_000);

	it('knows after the death of n8n and its workers what was done before', async () => {
		const executionsBefore = await host.client.executions(workflowId);
		await host.kill();

		await host.restart();

		expect(await host.client.executions(workflowId)).toEqual(executionsBefore);
		expect(await send({ eventId: 'third', email: 'third@example.com' })).toBe(200);
		expect(await send({ eventId: 'fourth', email: 'fourth@example.com' })).toBe(200);
		await ended(executionsBefore.length + 2);
		expect(writes()).toEqual(['POST /scim/v2/Users']);
		expect(sandbox.workspace.userByEmail('fourth@example.com')).toMatchObject({ standing: 'member' });
	}, 120_000);
});

async function send(event: { eventId: string; email: string }): Promise<number> {
	const response = await fetch(host.webhookUrl(CREATE_ONCE_PATH), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(event),
	});
	return response.status;
}

/** All executions, newest first, once there are so many and all have ended. */
async function ended(count: number): Promise<Execution[]> {
	return await poll(
		async () => {
			const executions = await host.client.executions(workflowId);
			const open = executions.filter(({ status }) => ['new', 'running', 'waiting'].includes(status));
			return executions.length === count && open.length === 0 ? executions : undefined;
		},
		`${count} executions to end`,
		40_000,
	);
}

/** Numbers of the workers whose log says that they ran it. */
function workersThatRan({ id }: Execution): number[] {
	const line = `Worker started execution ${id} `;
	return host.workers().flatMap((worker, number) => (worker.log().includes(line) ? [number] : []));
}

function writes(): string[] {
	return sandbox.requests
		.all()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);
}
