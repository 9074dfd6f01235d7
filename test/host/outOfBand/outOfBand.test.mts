import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { alertPicks, publishErrorNotification } from '../errorNotification/publish.mts';

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'out-of-band-'));
	sandbox = await startSandbox();
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package'))],
		vendors: { 'api.notion.com': sandbox.url },
	});
	await makeDataTables(host);
	const { client } = host;
	const file: unknown = JSON.parse(await readFile('workflows/out-of-band-alert/out-of-band-alert.json', 'utf8'));
	const data = { token: sandbox.token, access: 'readOnly' };
	const notionScimApi = await client.createCredential({ type: 'notionScimApi', name: 'Notion', data });
	const { id } = await client.importWorkflow(file, {
		credentials: { notionScimApi },
		subWorkflows: alertPicks(file, await publishErrorNotification(host)),
	});
	await client.publish(id);
}, 180_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

it('tells at once of who was invited by hand and who became owner, each with a lockdown that waits for a person', async () => {
	const eve = sandbox.workspace.addUser({ email: 'eve@example.com' });
	const ada = sandbox.workspace.changeRole('ada@example.com', 'owner');
	sandbox.workspace.changeRole('second.owner@example.com', 'member');

	const alerts = await poll(
		async () => {
			const rows = await host.client.rows('notion_scim_alerts');
			return rows.length > 0 ? rows : undefined;
		},
		'the alerts',
		90_000,
	);
	const journal = await host.client.rows('notion_scim_changes');

	expect(alerts.map(({ key }) => key).sort()).toEqual([
		'out-of-band-alert: ada@example.com',
		'out-of-band-alert: eve@example.com',
	]);
	const waiting = { kind: 'emergency', state: 'held', outcome: 'held', approvedBy: '' };
	expect(journal).toHaveLength(2);
	expect(journal).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ ...waiting, email: 'eve@example.com', userId: eve.id }),
			expect.objectContaining({ ...waiting, email: 'ada@example.com', userId: ada.id }),
		]),
	);
	expect(sandbox.requests.all().filter(({ method }) => method !== 'GET')).toEqual([]);
}, 120_000);
