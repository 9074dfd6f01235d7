import { availableParallelism } from 'node:os';

import { startCaller, type Caller } from './caller.mts';
import { forgetPeaks, peakMegabytes } from './memory.mts';
import { startReviewWorld, type Listed, type ReviewWorld } from '../test/host/accessReview/reviewWorld.mts';

type Duration = Awaited<ReturnType<Caller['run']>>;

const GROUPS = 50;
const MANAGES = 8;

/** How many people there are where nothing else is asked for: the benches of single people take fewer. */
const PEOPLE = 2_000;

/** As n8n is run where it has a gigabyte: without it, V8 collects nothing for as long as the machine has memory. */
const HEAP_MEGABYTES = 400;

/**
 * How long an access review takes to start, on a usual day and to close, with what n8n then needs of memory.
 * The start is measured until all rows are stored and the reviewers are being asked, and until the last letter is sent.
 */
export async function review(_folder: string, given: number): Promise<void> {
	const count = given < 100 ? PEOPLE : given;
	console.log(`▸ Starting n8n, and a workspace of ${count} people …`);
	const world = await startReviewWorld(listed(count), { NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES}` });
	try {
		fill(world, count);
		const run = await callable(world);
		const idle = await timed(async () => await Promise.resolve({ own: 0, all: 0 }));
		const start = await timed(async () => await run('access review'));
		const rows = await world.rows('rows');
		const letters = await world.rows('letters');
		const unsent = letters.filter(({ sentAt }) => !sentAt).length;
		if (rows.length === 0 || unsent > 0) throw new Error(`${rows.length} rows, and ${unsent} letters were not sent`);
		const revocations = await timed(async () => await run('access review revocations'));
		const reminders = await timed(async () => await run('access review reminders'));
		const evidence = await timed(async () => await run('access review evidence'));
		await world.change('rows', 'decision', '', decided());
		const close = await timed(async () => await run('access review evidence'));
		const [closed] = await world.rows('reviews');
		if (closed?.['state'] !== 'closed') throw new Error('The review was not closed');
		console.log(
			`\nAn access review of ${count} people in ${rows.length} rows, ${letters.length} letters; ${availableParallelism()} processor cores`,
		);
		console.table({
			'n8n before it': idle,
			start,
			'a usual day: revocations': revocations,
			'a usual day: reminders': reminders,
			'a usual day: evidence': evidence,
			close,
		});
	} finally {
		await world.stop();
	}
}

/** @returns what runs a workflow of the review by its name, as its schedule does */
async function callable({ host }: ReviewWorld): Promise<(name: string) => Promise<Duration>> {
	const caller = await startCaller(host);
	const ids = new Map((await host.client.workflows()).map(({ name, id }) => [name, id]));
	const idOf = (name: string): string => ids.get(`Notion SCIM: ${name}`) ?? '';
	await caller.makeCallable(idOf('access review'));
	await caller.makeCallable(idOf('access review evidence'));
	return async (name) => await caller.run(idOf(name));
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

async function timed(run: () => Promise<Duration>) {
	forgetPeaks();
	const { own, all } = await run();
	return { seconds: rounded(own), 'with letters': rounded(all), 'peak MB': peakMegabytes() };
}

function rounded(milliseconds: number): number {
	return Math.round(milliseconds / 100) / 10;
}
