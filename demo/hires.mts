import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { poll } from '../host/poll.mts';
import { signed } from '../vendors/bambooHrDelivery.mts';
import type { World } from './world.mts';

/** The deliveries of the HRIS, in this order; the last one repeats the first. */
const DELIVERIES = ['1-hire.json', '2-two-hires.json', '3-hire-again.json'];

/** The people and groups that are expected at the end. */
export const expectedPeople = [
	{ email: 'grace@example.com', role: 'member', groups: ['All Staff', 'Engineering'] },
	{ email: 'amina@example.com', role: 'member', groups: ['All Staff', 'Sales'] },
	{ email: 'jonas@example.com', role: 'member', groups: ['All Staff', 'Finance'] },
];

export interface Delivery {
	file: string;
	/** Status of the answer, which precedes the work. */
	status: number;
	/** Milliseconds until the answer. */
	answeredAfter: number;
	/** Milliseconds until the workflow had finished its work. */
	doneAfter: number;
	/** Requests that changed something in the workspace. */
	writes: number;
}

const staffSchema = z.array(z.object({ id: z.string(), startDate: z.string() }).passthrough());

/** Enters the employees in the HRIS, which its deliveries report. */
export async function enterStaff({ hris }: Pick<World, 'hris'>): Promise<void> {
	const text = await readFile(join('demo', 'hires', 'staff.json'), 'utf8');
	for (const employee of staffSchema.parse(JSON.parse(text))) hris.staff.setEmployee(employee);
}

/** Sends the deliveries one after the other, with BambooHR's signature. */
export async function sendHires(world: World): Promise<Delivery[]> {
	await enterStaff(world);
	const deliveries: Delivery[] = [];
	for (const file of DELIVERIES) {
		const body = await readFile(join('demo', 'hires', file), 'utf8');
		const { client } = world.host;
		const before = new Set((await client.executions(world.onboarding.id)).map(({ id }) => id));
		const writesBefore = countWrites(world);
		const startedAt = performance.now();
		const response = await fetch(world.onboarding.eventsUrl, {
			method: 'POST',
			...signed(body, world.signingSecret),
		});
		const answeredAfter = Math.round(performance.now() - startedAt);
		await poll(
			async () =>
				(await client.executions(world.onboarding.id)).find(
					({ id, status }) => !before.has(id) && !['new', 'running', 'waiting'].includes(status),
				),
			`${file} to be worked on`,
			60_000,
		);
		deliveries.push({
			file,
			status: response.status,
			answeredAfter,
			doneAfter: Math.round(performance.now() - startedAt),
			writes: countWrites(world) - writesBefore,
		});
	}
	return deliveries;
}

function countWrites({ sandbox }: World): number {
	return sandbox.requests.all().filter(({ method }) => method !== 'GET').length;
}
