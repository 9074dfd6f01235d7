import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { filledIn } from '../../../host/filledIn.mts';

const FILE = join('workflows', 'token-health', 'token-health.json');
const CREATOR = 'owner@example.com';

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;
let file: unknown;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'token-health-'));
	sandbox = await startSandbox();
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package'))],
		vendors: { 'api.notion.com': sandbox.url },
	});
	file = JSON.parse(await readFile(FILE, 'utf8'));
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
	sandbox.reset();
});

describe('the hourly check', () => {
	it('is quiet about a token that works, with one request', async () => {
		const { check, alarms } = await imported();

		expect((await check()).status).toBe('success');
		expect(await alarms()).toEqual([]);
		expect(sandbox.requests.count()).toBe(1);
	}, 60_000);

	it.each([401, 403] as const)(
		'raises one alarm with the steps while the token is answered with %s, and says once that it works again',
		async (invalidTokenStatus) => {
			const { check, alarms } = await imported();
			sandbox.setSwitches({ invalidTokenStatus });
			await check();
			sandbox.workspace.revokeToken(sandbox.token);
			await check();
			await check();

			const [alarm, ...others] = await alarms();
			expect(alarm).toMatchObject({ key: 'token-health: Notion rejects the token', state: 'open', told: 0 });
			expect(alarm?.['text']).toMatch(/second organization owner[\s\S]*credential[\s\S]*Test[\s\S]*Only then revoke/);
			expect(alarm?.['text']).not.toContain(sandbox.token);
			expect(others).toEqual([]);

			sandbox.reset();
			await check();
			await check();
			expect(await alarms()).toEqual([
				expect.objectContaining({ state: 'open' }),
				expect.objectContaining({ key: 'token-health: recovered', state: 'note' }),
			]);
		},
		120_000,
	);

	it.each([
		['the connection breaks', { fault: { cutConnection: 'before' } }],
		['Notion is out of order', { fault: { status: 503 } }],
		['Notion answers with 500', { fault: { status: 500 } }],
	] as const)('raises an alarm that does not ask for a new token where %s', async (_case, fault) => {
		const { check, alarms } = await imported();
		sandbox.faults.add(fault);
		await check();

		const [alarm] = await alarms();
		expect(alarm).toMatchObject({ key: 'token-health: Notion does not answer', state: 'open' });
		expect(alarm?.['text']).toContain('need not be replaced');
	}, 240_000);

	it('knows a token of another workspace by the creator who is not in it', async () => {
		const { check, alarms } = await imported({ tokenCreator: 'somebody.else@example.com' });
		await check();

		expect(await alarms()).toEqual([
			expect.objectContaining({
				key: 'token-health: the creator of the token is not in the workspace',
				text: expect.stringContaining("another workspace's"),
			}),
		]);
	}, 60_000);

	it('is quiet where the creator is an owner, and tells where that has changed', async () => {
		const owner = await imported({ tokenCreator: CREATOR });
		await owner.check();
		expect(await owner.alarms()).toEqual([]);

		const member = await imported({ tokenCreator: 'ada@example.com' });
		await member.check();
		expect(await member.alarms()).toEqual([
			expect.objectContaining({ text: expect.stringContaining('ada@example.com is member in Notion') }),
		]);
	}, 60_000);

	it.each([
		['the credential is missing', { credential: false }],
		['the node is switched off', { off: true }],
	])('does not take it for health that %s', async (_case, variant) => {
		const { check, alarms } = await imported({}, variant);

		const { status, error } = await check();

		expect([status, error]).toEqual(['error', expect.stringContaining('switched off or has no credential')]);
		expect(await alarms()).toEqual([]);
	});
});

interface Variant {
	credential?: boolean;
	/** Whether the node that reads is disabled. */
	off?: boolean;
}

/** The workflow with these settings, as somebody imports it, in tables of its own. */
async function imported(settings: Record<string, unknown> = {}, { credential = true, off = false }: Variant = {}) {
	const name = `tables ${Math.random().toString(36).slice(2, 10)}`;
	const changed = filledIn(file, { Settings: settings });
	for (const node of changed.nodes) {
		if (off && node.name === 'Read one user') node['disabled'] = true;
	}
	const text = JSON.stringify(changed)
		.replaceAll('"notion_alarms"', JSON.stringify(`alarms of ${name}`))
		.replaceAll('"notion_token_checks"', JSON.stringify(`checks of ${name}`));
	const notionScimApi = await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: { token: sandbox.token },
	});
	const { id } = await host.client.importWorkflow(JSON.parse(text), {
		credentials: credential ? { notionScimApi } : {},
	});
	return {
		check: async () => {
			const execution = await host.client.runManually(id, 'EveryHour');
			return await host.client.waitForExecution((candidate) => candidate.id === execution, {
				workflowId: id,
				within: 200_000,
			});
		},
		alarms: async () => await host.client.rows(`alarms of ${name}`),
	};
}
