/** Time and randomness, passed in so that nothing in lib/ reads a clock itself. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after that many milliseconds, or rejects as soon as the signal aborts. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** At least 0 and below 1. */
	random(): number;
}
