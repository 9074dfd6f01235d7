import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startWorld, type World } from '../../demo/world.mts';
import { poll } from '../../host/poll.mts';
import { bambooHrDelivery } from '../../vendors/bambooHrDelivery.mts';
import { publishOutOfBandAlert } from '../host/outOfBand/publish.mts';

let folder: string;
let world: World;
let workflowId: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'queue-'));
	world = await startWorld({ folder, queue: { workers: 2 } });
	world.hris.staff.setEmployee({ id: '8001', email: 'hired@example.com', department: 'Sales', startDate: '2026-01-05' });
	workflowId = await publishOutOfBandAlert(world.host, world.credentials, world.subWorkflows['Raise alert']);
}, 240_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

/** n8n's main process polls; the workers hire, and find out who gave access. They share nothing but the tables. */
describe('out-of-band-alert in queue mode', () => {
	it('tells of an invitation by hand, and not of a hire by a worker', async () => {
		const { sandbox, signingSecret, onboarding } = world;
		const delivery = bambooHrDelivery({ type: 'employee.created', employeeId: '8001' }, signingSecret);
		expect((await fetch(onboarding.eventsUrl, { method: 'POST', ...delivery })).status).toBe(200);
		await poll(async () => sandbox.workspace.isMember('hired@example.com') || undefined, 'the hire', 60_000);

		sandbox.workspace.addUser({ email: 'invited@example.com' });

		await toldOf('invited@example.com');
		expect(await alertKeys()).toEqual(['out-of-band-alert: invited@example.com']);
		expect(await waiting()).toEqual(['invited@example.com']);
		expect(await executionsOfWorkers()).not.toEqual([]);
	}, 180_000);

	it('tells once of a person who was invited while n8n and its workers were dead', async () => {
		await world.host.kill();
		world.sandbox.workspace.addUser({ email: 'meanwhile@example.com' });
		world.sandbox.requests.clear();

		await world.host.restart();

		await toldOf('meanwhile@example.com');
		// What would be told twice would be told by the next poll.
		const polled = listings();
		await poll(async () => listings() >= polled + 2 || undefined, 'two more polls', 60_000);
		expect(await alertKeys()).toEqual(['out-of-band-alert: invited@example.com', 'out-of-band-alert: meanwhile@example.com']);
		expect(await waiting()).toEqual(['invited@example.com', 'meanwhile@example.com']);
	}, 180_000);
});

async function alertKeys(): Promise<string[]> {
	return (await world.host.client.rows('notion_scim_alerts')).map(({ key }) => String(key)).sort();
}

async function toldOf(email: string): Promise<void> {
	await poll(async () => (await alertKeys()).includes(`out-of-band-alert: ${email}`) || undefined, `the alert about ${email}`, 120_000);
}

/** Whose lockdown waits for a person. */
async function waiting(): Promise<string[]> {
	const rows = await world.host.client.rows('notion_scim_changes');
	return rows.filter(({ kind, state }) => kind === 'emergency' && state === 'held').map(({ email }) => String(email)).sort();
}

/** IDs of the workflow's executions that a worker has run. */
async function executionsOfWorkers(): Promise<string[]> {
	const executions = await world.host.client.executions(workflowId);
	const ran = (id: string) => world.host.workers().some((worker) => worker.log().includes(`Worker started execution ${id} `));
	return executions.flatMap(({ id }) => (ran(id) ? [id] : []));
}

/** How often the list of users was read: all of them are on one page. */
function listings(): number {
	return world.sandbox.requests.all().filter(({ method, path }) => method === 'GET' && path.startsWith('/scim/v2/Users')).length;
}
