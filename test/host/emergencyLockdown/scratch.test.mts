import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { poll } from '../../../host/poll.mts';
import { revoked, World } from './lockdownWorld.mts';
jest.setTimeout(280_000);
let folder: string; let world: World;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'em-')); world = await World.start(folder); }, 180_000);
afterAll(async () => { await world?.stop(); await rm(folder, { recursive: true, force: true }); }, 60_000);
it('times', async () => {
	const w: any = world;
	const l = await world.publish({ patience: 70 });
	const file = JSON.parse(await readFile('/tmp/emergency/old.json', 'utf8'));
	const copy = randomUUID();
	for (const node of file.nodes) {
		if (node.name === 'HrisEvents') node.webhookId = copy;
		if (node.name === 'HrisWebhook' || node.name === 'ConfirmForm') node.parameters.path = undefined;
		if (node.name === 'Settings') for (const f of node.parameters.assignments.assignments) if (f.name === 'limitPeople') f.value = 1000;
		if (/ in (Entra|Okta|Google)$/.test(node.name) && !node.type.endsWith('.code')) node.disabled = true;
	}
	file.nodes = file.nodes.filter((n: any) => !['HrisWebhook', 'ConfirmForm'].includes(n.name)).concat([{ name: 'ConfirmForm', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [0, 0], parameters: {}, id: 'x1' }, { name: 'HrisWebhook', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [0, 0], parameters: {}, id: 'x2' }]);
	const { client } = world.host;
	const credentials = w.creds;
	const { id } = await client.importWorkflow(file, { credentials, name: 'old' });
	await client.publish(id);
	const old = { workflowId: id, signedUrl: world.host.webhookUrl(`${copy}/hris`), headerUrl: '' };
	const times: Record<string, number[]> = { old: [], new: [] };
	for (let i = 0; i < 12; i++) {
		for (const [name, lock] of [['old', old], ['new', l]] as const) {
			const email = `${name}${i}@example.com`;
			world.hire(email);
			const at = Date.now();
			await world.call(lock, revoked(email));
			while (world.isMember(email) && Date.now() - at < 30_000) await new Promise((r) => setTimeout(r, 5));
			times[name]?.push(Date.now() - at);
			await new Promise((r) => setTimeout(r, 2500));
		}
	}
	for (const [n, t] of Object.entries(times)) console.log('TIMES', n, t.join(' '), 'median', [...t].sort((a, b) => a - b)[6]);
});
