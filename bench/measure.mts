/** What one run of one contender cost. */
export interface Measurement {
	/** Spent in the nodes that do the work, as n8n recorded it. */
	milliseconds: number;
	/** Counted by the sandbox. */
	requests: number;
}

/** One way to get a job done. */
export interface Contender {
	name: string;
	/** Does the job once. @throws Error where the job was not done: that would be no comparison */
	run: () => Promise<Measurement>;
}

/** All measurements of one contender, in the order of the rounds. */
export interface Measured {
	name: string;
	measurements: Measurement[];
}

export interface Spread {
	min: number;
	median: number;
	max: number;
}

/**
 * Runs all contenders in turn, round after round, so that whatever else the machine does meets each
 * of them alike.
 */
export async function measureInTurn(contenders: Contender[], rounds: number): Promise<Measured[]> {
	const measured = contenders.map(({ name }): Measured => ({ name, measurements: [] }));
	for (let round = 0; round < rounds; round += 1) {
		for (const [position, contender] of contenders.entries()) {
			measured[position]?.measurements.push(await contender.run());
		}
	}
	return measured;
}

/**
 * How many times as long the one took as the other, compared within each round.
 *
 * @throws Error where they have not the same number of rounds
 */
export function ratios(slower: Measured, faster: Measured): number[] {
	if (slower.measurements.length !== faster.measurements.length) {
		throw new Error(`${slower.name} and ${faster.name} ran in different numbers of rounds.`);
	}
	return slower.measurements.map(
		({ milliseconds }, round) => milliseconds / (faster.measurements[round]?.milliseconds ?? NaN),
	);
}

/** @throws Error where there is nothing */
export function spread(values: number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const [min] = sorted;
	const max = sorted.at(-1);
	const below = sorted[Math.floor((sorted.length - 1) / 2)];
	const above = sorted[Math.ceil((sorted.length - 1) / 2)];
	if (min === undefined || max === undefined || below === undefined || above === undefined) {
		throw new Error('There is no spread of no values.');
	}
	return { min, median: (below + above) / 2, max };
}
