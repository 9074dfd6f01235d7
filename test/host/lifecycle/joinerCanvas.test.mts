import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { startHost, type N8nHost } from '../../../host/startHost.mts';
import { poll } from '../../../host/poll.mts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { onboarding, setUp } from './joinerCanvas.mts';

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;
let workflowId: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lifecycle-'));
	sandbox = await startSandbox();
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package'))],
		vendors: { 'api.notion.com': sandbox.url },
	});
	const { id } = await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: { token: sandbox.token, access: 'noRemovals', ownedDomains: 'example.com' },
	});
	const credentials = { notionScimApi: { id, name: 'Notion SCIM' } };
	for (const file of [setUp, onboarding]) {
		const saved = await host.client.importWorkflow(file, { credentials });
		await host.client.publish(saved.id);
		workflowId = saved.id;
	}
	expect((await post('set-up', {})).status).toBe(200);
}, 180_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => sandbox.requests.clear());

jest.setTimeout(120_000);

async function post(path: string, body: unknown): Promise<Response> {
	return await fetch(host.webhookUrl(path), {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
}

/** Why executions failed, so that a failing test says it. */
async function failures(): Promise<string[]> {
	const failed = (await host.client.executions(workflowId)).filter(({ status }) => status === 'error');
	return await Promise.all(failed.map(async ({ id }) => (await host.client.execution(id)).error ?? 'no error'));
}

async function journal(employeeId: string) {
	return (await host.client.rows('notion_scim_changes')).filter((row) => row['employeeId'] === employeeId);
}

const writes = () => sandbox.requests.all().filter(({ method }) => method !== 'GET');

it('takes an event from n8n\'s webhook through its Data Tables to Notion', async () => {
	expect([(await post('onboard', { kind: 'hired', employeeId: 'grace' })).status, await failures()]).toEqual([200, []]);

	const member = sandbox.workspace.userByEmail('grace@example.com');
	expect(member).toMatchObject({ standing: 'member', role: 'member' });
	expect([...sandbox.workspace.groupNames('grace@example.com')]).toEqual(['All Staff']);
	expect(await journal('grace')).toEqual([
		expect.objectContaining({
			kind: 'hire',
			state: 'done',
			outcome: 'created',
			email: 'grace@example.com',
			displayName: 'Person grace',
			userId: member?.id,
			details: '{"groupsJoined":["All Staff"]}',
		}),
	]);
	expect(await host.client.rows('notion_scim_links')).toEqual([
		expect.objectContaining({ source: 'bamboohr', employeeId: 'grace', userId: member?.id }),
	]);
});

it('does several people of one delivery, and once what arrives many times at once', async () => {
	const body = ['ann', 'bob'].map((employeeId) => ({ kind: 'hired', employeeId, eventId: `e-${employeeId}` }));
	await Promise.all(Array.from({ length: 6 }, async () => await post('onboard', body)));
	const ended = await poll(
		async () => {
			const executions = await host.client.executions(workflowId);
			return executions.every(({ status }) => ['success', 'error'].includes(status)) ? executions : undefined;
		},
		'the executions to end',
		60_000,
	);

	expect([ended.length, await failures()]).toEqual([7, []]);
	for (const id of ['ann', 'bob']) {
		const rows = await journal(id);
		expect(rows.filter(({ state }) => state === 'done').map(({ outcome }) => outcome)).toEqual(['created']);
		expect(rows.filter(({ outcome }) => outcome === 'copy')).toHaveLength(5);
	}
	expect(writes().filter(({ path }) => path.endsWith('/Users'))).toHaveLength(2);
});
