import { onAbort } from './abort';
import type { Clock } from './clock';

export interface RateLimits {
	/** Initial number of requests in flight. */
	initialInFlight: number;
	/** Maximum number of requests in flight. */
	mostInFlight: number;
	/** Maximum number of requests started per second; undefined for no limit. */
	mostPerSecond?: number | undefined;
}

export const DEFAULT_RATE_LIMITS: RateLimits = { initialInFlight: 4, mostInFlight: 16 };

/** The gap between two requests after the first throttling at one request in flight, in ms. */
const FIRST_GAP = 100;
const LONGEST_GAP = 2_000;

/** The longest pause that is obeyed: an absurd Retry-After must not block this process for good. */
const LONGEST_PAUSE = 3_600_000;

/** The server asked for a longer pause than the caller is willing to wait. */
export class PauseTooLong extends Error {
	override readonly name = 'PauseTooLong';

	/** @param pause in milliseconds */
	constructor(readonly pause: number) {
		super('The server asked for a longer pause than this node waits.');
	}
}

/** Issued by {@link RateLimiter.begin} and returned when the answer has arrived. */
export interface Permit {
	beganAt: number;
}

/**
 * Decides when the next request may begin, for all requests of this process that use one token. Notion
 * publishes no rate limit for SCIM, so the limit is found by trying: one more request in flight after each
 * round of good answers, half as many after a throttling, and a growing gap between requests if even one at a
 * time is too fast.
 */
export class RateLimiter {
	private allowedInFlight: number;
	private inFlight = 0;
	private gap = 0;
	private nextBegin = 0;
	/** The end of the pause that the server asked for. */
	private pausedUntil = 0;
	private slowedDownAt = Number.NEGATIVE_INFINITY;
	private waiting: Array<() => void> = [];

	constructor(
		private readonly clock: Clock,
		private limits: RateLimits = DEFAULT_RATE_LIMITS,
	) {
		this.allowedInFlight = limits.initialInFlight;
	}

	/** Sets the hard limit of the admin; it applies from the next request on. */
	limitPerSecond(mostPerSecond: number | undefined): void {
		this.limits = { ...this.limits, mostPerSecond };
	}

	/**
	 * Waits for a permit. Every permit must be returned through {@link end}.
	 * @param longestPause the longest pause requested by the server that the caller waits for, in
	 * milliseconds
	 * @throws the signal's reason as soon as it aborts
	 * @throws PauseTooLong without waiting
	 */
	async begin(
		signal?: AbortSignal,
		longestPause = Number.POSITIVE_INFINITY,
	): Promise<Permit> {
		try {
			return await this.turn(signal, longestPause);
		} catch (error) {
			// A caller that gives up may have been woken already; its place goes to the next in the queue.
			this.wake();
			return Promise.reject(error);
		}
	}

	private async turn(signal: AbortSignal | undefined, longestPause: number): Promise<Permit> {
		for (;;) {
			signal?.throwIfAborted();
			const pause = this.pausedUntil - this.clock.now();
			if (pause > longestPause) throw new PauseTooLong(pause);
			const wait = Math.max(pause, this.nextBegin - this.clock.now());
			if (wait > 0) {
				await this.clock.sleep(wait, signal);
			} else if (this.inFlight < Math.floor(this.allowedInFlight)) {
				this.inFlight += 1;
				this.nextBegin = this.clock.now() + this.currentGap();
				return { beganAt: this.clock.now() };
			} else {
				await this.place(signal);
			}
		}
	}

	/**
	 * @param result `good` for an answer other than a throttling, `throttled` for 429 and 529, `none` without
	 * an answer to learn from
	 * @param pause how long the server asked the client to wait, in milliseconds
	 */
	end(permit: Permit, result: 'good' | 'throttled' | 'none', pause = 0): void {
		this.inFlight -= 1;
		if (result === 'good') this.speedUp();
		if (result === 'throttled') {
			this.slowDown(permit);
			this.nextBegin = Math.max(this.nextBegin, this.clock.now() + this.gap);
			this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + Math.min(pause, LONGEST_PAUSE));
		}
		this.wake();
	}

	private speedUp(): void {
		this.gap = this.gap < FIRST_GAP / 4 ? 0 : this.gap * 0.9;
		this.allowedInFlight = Math.min(
			this.limits.mostInFlight,
			this.allowedInFlight + 1 / this.allowedInFlight,
		);
	}

	/** One throttling answers a whole burst: requests that began before the last reduction do not count. */
	private slowDown(permit: Permit): void {
		if (permit.beganAt <= this.slowedDownAt) return;
		this.slowedDownAt = this.clock.now();
		if (this.allowedInFlight < 2) {
			this.gap = Math.min(LONGEST_GAP, Math.max(FIRST_GAP, this.gap * 2));
		}
		this.allowedInFlight = Math.max(1, this.allowedInFlight / 2);
	}

	private currentGap(): number {
		const { mostPerSecond } = this.limits;
		return Math.max(this.gap, mostPerSecond ? 1_000 / mostPerSecond : 0);
	}

	private wake(): void {
		const free = Math.floor(this.allowedInFlight) - this.inFlight;
		for (const resume of this.waiting.splice(0, Math.max(0, free))) resume();
	}

	/**
	 * Resolves when a place may be free. A caller that gives up leaves the queue, so that no wake-up is
	 * lost.
	 */
	private async place(signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve) => {
			const stopListening = onAbort(signal, () => {
				this.waiting = this.waiting.filter((other) => other !== resume);
				resolve();
			});
			const resume = () => {
				stopListening();
				resolve();
			};
			this.waiting.push(resume);
		});
	}
}
