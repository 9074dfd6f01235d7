import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { startReviewWorld, type Listed, type ReviewWorld } from '../test/host/accessReview/reviewWorld.mts';

const GROUPS = 50;
const MANAGES = 8;

/** How many people there are where nothing else is asked for: the benches of single people take fewer. */
const PEOPLE = 2_000;

/**
 * How long an access review takes to start, on a usual day and to close, with what n8n then needs of memory.
 * To start is over when the last letter is sent, and to close when the review is closed.
 */
export async function review(_folder: string, given: number): Promise<void> {
	const count = given < 100 ? PEOPLE : given;
	console.log(`▸ Starting n8n, and a workspace of ${count} people …`);
	const world = await startReviewWorld(listed(count));
	try {
		fill(world, count);
		const memory = new PeakMemory();
		const start = await timed(memory, async () => failIfRed((await world.start()).error));
		const rows = await world.rows('rows');
		const letters = await world.rows('letters');
		const unsent = letters.filter(({ sentAt }) => !sentAt).length;
		if (rows.length === 0 || unsent > 0) throw new Error(`${rows.length} rows, and ${unsent} letters were not sent`);
		const day = await timed(memory, async () => {
			const { revocations, reminders, evidence } = await world.day();
			for (const { error } of [revocations, reminders, evidence]) failIfRed(error);
		});
		await world.change('rows', 'decision', '', decided());
		const close = await timed(memory, async () => failIfRed((await world.close()).error));
		const [closed] = await world.rows('reviews');
		if (closed?.['state'] !== 'closed') throw new Error('The review was not closed');
		console.log(`\nAn access review of ${count} people in ${rows.length} rows, ${letters.length} letters; ${availableParallelism()} processor cores`);
		console.table({ start, 'a usual day': day, close });
	} finally {
		await world.stop();
	}
}

function listed(count: number): Listed[] {
	return Array.from({ length: count }, (_, index) => ({
		sourceId: `id-${index}`,
		email: emailOf(index),
		managerEmail: emailOf(index - (index % MANAGES) + (index % MANAGES === 0 ? MANAGES : 0)),
		status: 'Active',
	}));
}

function emailOf(index: number): string {
	return `person${index}@example.com`;
}

/** Everyone is in five groups, and every tenth person in a sixth. */
function fill({ sandbox }: ReviewWorld, count: number): void {
	const members = Array.from({ length: GROUPS }, (): string[] => []);
	for (let index = 0; index < count; index += 1) {
		sandbox.workspace.addUser({ email: emailOf(index), name: `Person Number ${index}` });
		const own = index % 10 === 0 ? 6 : 5;
		for (let step = 0; step < own; step += 1) members[(index * 7 + step * 11) % GROUPS]?.push(emailOf(index));
	}
	members.forEach((emails, index) => {
		sandbox.workspace.addGroup({ displayName: `Group ${String(index).padStart(2, '0')}`, members: emails });
	});
}

function decided(): Record<string, string> {
	const decidedAt = new Date().toISOString();
	return { decision: 'keep', state: 'kept', decidedBy: emailOf(1), assurance: 'bench', decidedAt };
}

function failIfRed(error: string | undefined): void {
	if (error !== undefined) throw new Error(error);
}

async function timed(memory: PeakMemory, run: () => Promise<void>): Promise<{ seconds: number; 'peak MB': number }> {
	memory.reset();
	const began = Date.now();
	await run();
	return { seconds: Math.round((Date.now() - began) / 100) / 10, 'peak MB': memory.megabytes() };
}

/** The most memory that the n8n of this process has had at one time, as Linux counts it. */
class PeakMemory {
	private readonly pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOwnN8n(name));

	reset(): void {
		for (const pid of this.pids) writeFileSync(`/proc/${pid}/clear_refs`, '5');
	}

	megabytes(): number {
		const peaks = this.pids.map((pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]));
		return Math.round(Math.max(...peaks) / 1024);
	}
}

function isOwnN8n(pid: string): boolean {
	try {
		const parent = /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return parent === String(process.pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('n8n');
	} catch {
		return false;
	}
}
