import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HRIS_HEADER, startWorld, type World } from '../../demo/world.mts';
import type { Execution } from '../../host/n8nClient.mts';
import { poll } from '../../host/poll.mts';
import { bambooHrDelivery } from '../../vendors/bambooHrDelivery.mts';

const COPIES = 20;

let folder: string;
let world: World;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'queue-'));
	world = await startWorld({ folder, queue: { workers: 2 } });
	const names = ['copies1', 'copies2', 'first', 'second', 'third', 'fourth'];
	for (const [index, name] of names.entries()) {
		const email = `${name}@example.com`;
		world.hris.staff.setEmployee({ id: String(9001 + index), email, department: 'Sales', startDate: '2026-01-05' });
	}
}, 240_000);

afterAll(async () => {
	await world?.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => world.sandbox.requests.clear());

describe('the onboarding in queue mode', () => {
	it.each([1, 2])(
		'acts once in Notion on a hire of which twenty signed copies arrive at once (round %i)',
		async (round) => {
			const before = (await executionsNow()).length;
			const employeeId = String(9000 + round);
			const delivery = bambooHrDelivery({ type: 'employee.created', employeeId }, world.signingSecret);

			const answers = await Promise.all(
				Array.from(
					{ length: COPIES },
					async () => (await fetch(world.onboarding.eventsUrl, { method: 'POST', ...delivery })).status,
				),
			);

			expect(answers).toEqual(answers.map(() => 200));
			const executions = (await ended(before + COPIES)).slice(0, COPIES);
			expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
			expect(world.sandbox.workspace.isMember(`copies${round}@example.com`)).toBe(true);
			expect(writes().filter((write) => write === 'POST /scim/v2/Users')).toHaveLength(1);
			// Else one worker did all the work, and nothing was shown about two.
			expect(new Set(executions.flatMap(workersThatRan))).toEqual(new Set([0, 1]));
			const rows = (await world.host.client.rows('notion_scim_changes')).filter((row) => row['employeeId'] === employeeId);
			expect(rows.map(({ outcome }) => outcome).sort()).toEqual([...Array.from({ length: COPIES - 1 }, () => 'copy'), 'created']);
		},
		120_000,
	);

	it('goes on with one worker where the other has died', async () => {
		const before = (await executionsNow()).length;
		await world.host.workers()[0]?.kill();

		for (const employeeId of ['9003', '9004', '9005']) expect(await send(employeeId)).toBe(200);

		const executions = (await ended(before + 3)).slice(0, 3);
		expect(executions.flatMap(workersThatRan)).toEqual([1, 1, 1]);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(['first', 'second', 'third'].map((name) => world.sandbox.workspace.isMember(`${name}@example.com`))).toEqual([
			true,
			true,
			true,
		]);
	}, 60_000);

	it('knows after the death of n8n and its workers what was done before', async () => {
		const before = await executionsNow();
		await world.host.kill();

		await world.host.restart();

		expect(await executionsNow()).toEqual(before);
		for (const employeeId of ['9005', '9006']) expect(await send(employeeId)).toBe(200);
		await ended(before.length + 2);
		expect(writes().filter((write) => write === 'POST /scim/v2/Users')).toHaveLength(1);
		expect(world.sandbox.workspace.isMember('fourth@example.com')).toBe(true);
	}, 120_000);
});

/** A hire, always the same event for the same employee. */
async function send(employeeId: string): Promise<number> {
	const response = await fetch(world.onboarding.webhookUrl, {
		method: 'POST',
		headers: { 'content-type': 'application/json', [HRIS_HEADER]: world.hrisSecret },
		body: JSON.stringify({ kind: 'hired', employeeId, eventId: `hired-${employeeId}` }),
	});
	return response.status;
}

async function executionsNow(): Promise<Execution[]> {
	return await world.host.client.executions(world.onboarding.id);
}

/** All executions, newest first, once there are so many and all have ended. */
async function ended(count: number): Promise<Execution[]> {
	return await poll(
		async () => {
			const executions = await executionsNow();
			const open = executions.filter(({ status }) => ['new', 'running', 'waiting'].includes(status));
			return executions.length === count && open.length === 0 ? executions : undefined;
		},
		`${count} executions to end`,
		100_000,
	);
}

/** Numbers of the workers whose log says that they ran it. */
function workersThatRan({ id }: Execution): number[] {
	const line = `Worker started execution ${id} `;
	return world.host.workers().flatMap((worker, number) => (worker.log().includes(line) ? [number] : []));
}

function writes(): string[] {
	return world.sandbox.requests
		.all()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);
}
