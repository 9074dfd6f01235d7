import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { poll } from '../../host/poll.mts';
import { spread } from '../measure.mts';
import type { Company, Way } from './company.mts';

const WITHIN = 30_000;
const RUNNING = ['new', 'running', 'waiting'];

/** People to whom the same thing happens, one after another or several at once. */
export interface Race {
	title: string;
	/** How many of them each way has in all, rounded up to whole rounds. */
	people: number;
	atOnce: number;
	/** Enters a person in the HRIS and, where it needs that, in Notion. @returns the ID of the employee */
	enter(index: number): string;
	/** When it was done, in epoch milliseconds; undefined while it is not. */
	doneAt(employeeId: string): number | undefined;
}

/** Milliseconds from telling until it was done, by round. */
type Times = number[][];

/**
 * All ways in turn, round after round, so that whatever else the machine does meets each of them alike.
 * Between two turns everything that the last one began has ended.
 */
export async function runRace(company: Company, ways: [Way, Way], race: Race): Promise<void> {
	const rounds = Math.ceil(race.people / race.atOnce);
	const times = ways.map((): Times => []);
	let index = 0;
	// The first round does not count: everything is loaded and compiled in it.
	for (let round = -1; round < rounds; round += 1) {
		for (const [position, way] of ways.entries()) {
			const employees = Array.from({ length: race.atOnce }, () => race.enter(index++));
			const measured = await Promise.allSettled(employees.map(async (employeeId) => await timeOf(way, employeeId, race)));
			// What n8n says of a failed execution tells more than that nothing came of it.
			await ended(company, way);
			const done = measured.map((one) => (one.status === 'fulfilled' ? one.value : Promise.reject(one.reason)));
			if (round >= 0) times[position]?.push(await Promise.all(done));
		}
	}
	reportRace(race, ways, times);
}

async function timeOf(way: Way, employeeId: string, { doneAt, title }: Race): Promise<number> {
	const sentAt = Date.now();
	await way.tell(employeeId);
	while (Date.now() - sentAt < WITHIN) {
		const at = doneAt(employeeId);
		if (at !== undefined) return at - sentAt;
		await sleep(2);
	}
	throw new Error(`${title}, ${way.name}: nothing came of it within ${WITHIN / 1000} s`);
}

async function ended({ world }: Company, { workflowId, name }: Way): Promise<void> {
	const executions = await poll(
		async () => {
			const all = await world.host.client.executions(workflowId);
			return all.length > 0 && all.every(({ status }) => !RUNNING.includes(status)) ? all : undefined;
		},
		`the executions of ${name} to end`,
		WITHIN,
	);
	const failed = executions.find(({ status }) => status !== 'success');
	if (!failed) return;
	const { error = 'no reason is known', nodesRun } = await world.host.client.execution(failed.id);
	throw new Error(`${name}: an execution failed at ${nodesRun.at(-1) ?? 'no node'}: ${error}`);
}

function reportRace({ title, atOnce }: Race, ways: [Way, Way], [byHand = [], ours = []]: Times[]): void {
	const how = atOnce === 1 ? 'one at a time' : `${atOnce} at a time`;
	console.log(`\n${title}, ${ours.flat().length} people, ${how}; ${availableParallelism()} processor cores`);
	console.table(
		[byHand, ours].map((rounds, position) => {
			const { min, median, max } = spread(rounds.flat());
			const rounded = { min, median, '99th percentile': percentile(rounds.flat(), 0.99), max };
			const milliseconds = Object.entries(rounded).map(([label, value]) => [`ms ${label}`, Math.round(value)]);
			return { way: ways[position]?.name, ...Object.fromEntries(milliseconds) };
		}),
	);
	for (const [label, of] of Object.entries({ median: 0.5, '99th percentile': 0.99 })) {
		if (atOnce === 1 && of !== 0.5) continue;
		const ratios = ours.map((round, index) => percentile(round, of) / percentile(byHand[index] ?? [], of));
		const { min, median, max } = spread(ratios);
		const rounds = `${min.toFixed(1)} to ${max.toFixed(1)} over ${ratios.length} rounds`;
		console.log(`${title}, ${how}, ${label}: ${median.toFixed(1)} times as long as by hand (${rounds})`);
	}
}

/** The value below which this part of all values is, by the nearest rank. */
function percentile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}
