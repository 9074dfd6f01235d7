import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { publishErrorNotification } from '../errorNotification/publish.mts';

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;
let file: unknown;
let errorNotification: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'token-health-'));
	sandbox = await startSandbox();
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package'))],
		vendors: { 'api.notion.com': sandbox.url },
	});
	await makeDataTables(host);
	errorNotification = await publishErrorNotification(host);
	file = JSON.parse(await readFile(join('workflows', 'token-health', 'token-health.json'), 'utf8'));
}, 180_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
	sandbox.reset();
});

jest.setTimeout(120_000);

describe('the hourly check', () => {
	it('is quiet about a token that works, with one request, and stores the check', async () => {
		const { check, alerts, checks } = await imported();

		expect((await check()).status).toBe('success');
		expect(await alerts()).toEqual([]);
		expect(sandbox.requests.count()).toBe(1);
		expect(await checks()).toEqual([expect.objectContaining({ kind: 'tokenCheck', state: 'ok' })]);
	});

	it.each([401, 403] as const)(
		'raises one alert with the steps while the token is answered with %s, and says once that it works again',
		async (invalidTokenStatus) => {
			const { check, alerts } = await imported();
			sandbox.setSwitches({ invalidTokenStatus });
			await check();
			sandbox.workspace.revokeToken(sandbox.token);
			expect((await check()).status).toBe('success');
			await check();

			const [alert, ...others] = await alerts();
			expect(alert).toMatchObject({ key: 'token-health: Notion rejects the token', state: 'open' });
			expect(alert?.['text']).toMatch(/second organization owner[\s\S]*credential[\s\S]*Test[\s\S]*Only then revoke/);
			expect(alert?.['text']).not.toContain(sandbox.token);
			expect(others).toEqual([]);

			sandbox.reset();
			await check();
			await check();
			expect(await alerts()).toEqual([
				expect.objectContaining({ state: 'open' }),
				expect.objectContaining({ key: 'token-health: recovered', state: 'note' }),
			]);
		},
	);

	it('raises an alert that does not ask for a new token where Notion answers with 500', async () => {
		const { check, alerts } = await imported();
		sandbox.faults.add({ fault: { status: 500 } });
		await check();

		const [alert] = await alerts();
		expect(alert).toMatchObject({ key: 'token-health: Notion does not answer', state: 'open' });
		expect(alert?.['text']).toContain('need not be replaced');
	});

	it.each([
		['stranger@example.com', 'token-health: the creator of the token is not in the workspace', "another workspace's"],
		['ada@example.com', 'token-health: the creator of the token is not an owner', 'ada@example.com is member in Notion'],
		['owner@example.com', '', ''],
	])('looks for the creator whom the credential names: %s', async (tokenCreatorEmail, key, text) => {
		const { check, alerts } = await imported({ tokenCreatorEmail });
		await check();

		expect(await alerts()).toEqual(key === '' ? [] : [expect.objectContaining({ key, text: expect.stringContaining(text) })]);
	});

	it('forgets checks after 30 days', async () => {
		const { check, checks } = await imported({}, (one) =>
			filledIn(one, { 'Forget old checks': { filters: { conditions: [{ keyName: 'at', condition: 'lt', keyValue: '={{ $now.plus({ minutes: 1 }).toUTC().toISO() }}' }] } } }),
		);
		await check();
		expect(await checks()).toEqual([]);
	});

	it.each([
		['the credential is missing', 'none'],
		['the node is switched off', {}],
	] as const)('does not take it for health that %s', async (_case, credential) => {
		const { check, checks } = await imported(credential, (one) => {
			for (const node of one.nodes) {
				if (credential !== 'none' && node.name === 'Check the token') node['disabled'] = true;
			}
			return one;
		});

		expect((await check()).status).toBe('error');
		expect((await checks()).map(({ state }) => state)).toEqual([]);
	});
});

type WorkflowFile = ReturnType<typeof filledIn>;

/** @param credential what differs from the usual one */
async function imported(
	credential: Record<string, unknown> | 'none' = {},
	changed: (file: WorkflowFile) => WorkflowFile = (one) => one,
) {
	const made = credential !== 'none' && {
		notionScimApi: await host.client.createCredential({
			type: 'notionScimApi',
			name: 'Notion SCIM',
			data: { token: sandbox.token, access: 'readOnly', ...credential },
		}),
	};
	const { id } = await host.client.importWorkflow(changed(filledIn(file, {})), {
		credentials: made || {},
		subWorkflows: { 'Raise alert': errorNotification, 'Raise failure alert': errorNotification },
	});
	return {
		check: async () => {
			const execution = await host.client.runManually(id, 'EveryTwoHours');
			return await host.client.waitForExecution((candidate) => candidate.id === execution, {
				workflowId: id,
				within: 100_000,
			});
		},
		alerts: async () => (await host.client.rows('notion_scim_alerts')).filter(({ workflowId }) => workflowId === id),
		checks: async () =>
			(await host.client.rows('notion_scim_runs')).filter(({ key, kind }) => key === id || kind === null),
	};
}
