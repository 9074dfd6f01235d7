import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HRIS_HEADER, type World } from './world.mts';

/** What the HRIS sends, in this order; the last is a repetition of the first. */
const DELIVERIES = ['1-hire.json', '2-two-hires.json', '3-hire-again.json'];

/** Who must be where in the end. */
export const expectedPeople = [
	{ email: 'grace@example.com', role: 'member', groups: ['All Staff', 'Engineering'] },
	{ email: 'amina@example.com', role: 'member', groups: ['All Staff', 'Sales'] },
	{ email: 'jonas@example.com', role: 'member', groups: ['All Staff', 'Finance'] },
];

export interface Delivery {
	file: string;
	status: number;
	milliseconds: number;
	/** Requests that changed something in the workspace. */
	writes: number;
	/** What the workflow answered. */
	answer: unknown;
}

/** Sends the deliveries one after the other, as an HRIS would. */
export async function sendHires(world: World): Promise<Delivery[]> {
	const deliveries: Delivery[] = [];
	for (const file of DELIVERIES) {
		const body = await readFile(join('demo', 'hires', file), 'utf8');
		const writesBefore = countWrites(world);
		const startedAt = performance.now();
		const response = await fetch(world.onboarding.webhookUrl, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', [HRIS_HEADER]: world.hrisSecret },
			body,
		});
		const text = await response.text();
		deliveries.push({
			file,
			status: response.status,
			milliseconds: Math.round(performance.now() - startedAt),
			writes: countWrites(world) - writesBefore,
			answer: text === '' ? undefined : JSON.parse(text),
		});
	}
	return deliveries;
}

function countWrites({ sandbox }: World): number {
	return sandbox.requests.all().filter(({ method }) => method !== 'GET').length;
}
