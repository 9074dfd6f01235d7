import type { IPollFunctions } from 'n8n-workflow';

import type { Clock } from '../../lib/scim/clock';

/** n8n before 2.41 names no budget; this is what 2.41 gives a poll by default, in milliseconds. */
const USUAL_BUDGET = 5 * 60_000;

/** The share of the budget for reading the lists, and the share after which no further request is begun. */
const READING_SHARE = 0.7;
const LOOKING_SHARE = 0.85;

/** The time that n8n gives one poll. */
export class PollTime {
	private readonly startedAt: number;
	private readonly budget: number;

	constructor(
		context: Pick<IPollFunctions, 'getPollBudgetMs'>,
		private readonly clock: Clock,
	) {
		this.startedAt = clock.now();
		this.budget = typeof context.getPollBudgetMs === 'function' ? context.getPollBudgetMs() : USUAL_BUDGET;
	}

	/** @param read is given what resolves when the time for reading is over */
	async forReading<T>(read: (timeIsOver: Promise<void>) => Promise<T>): Promise<T> {
		const done = new AbortController();
		const timeIsOver = this.clock.sleep(this.budget * READING_SHARE, done.signal).catch(() => undefined);
		try {
			return await read(timeIsOver);
		} finally {
			done.abort();
		}
	}

	isLeft(): boolean {
		return this.clock.now() - this.startedAt < this.budget * LOOKING_SHARE;
	}
}
