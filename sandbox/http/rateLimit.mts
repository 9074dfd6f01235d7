import type { Switches } from '../switches.mts';

const SECOND = 1000;

/** Counts requests over the last second. Refused ones do not count. */
export class RateLimit {
	#accepted: number[] = [];

	/** @returns undefined when the request may pass, else the answer's status and wait */
	check(
		limit: Switches['rateLimit'],
		now: number,
	): { status: 429 | 529; retryAfterSeconds: number } | undefined {
		if (limit === 'none') return undefined;
		this.#accepted = this.#accepted.filter((time) => now - time < SECOND);
		if (this.#accepted.length < limit.perSecond) {
			this.#accepted.push(now);
			return undefined;
		}
		return { status: limit.status, retryAfterSeconds: 1 };
	}
}
