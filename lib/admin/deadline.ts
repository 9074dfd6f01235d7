import { onAbort } from '../scim/abort';
import type { Clock } from '../scim/clock';
import { cancelled } from '../scim/requester';
import { AdminFailure } from './adminFailure';

/**
 * The time limit for one person, all requests together. A hanging server must not delay a lockdown, so
 * requests without an answer by then are abandoned.
 */
export class Deadline {
	readonly #clock: Clock;
	readonly #endsAt: number;
	readonly #over = new AbortController();
	readonly #timer = new AbortController();
	readonly #milliseconds: number;
	readonly #stopListening: () => void;
	#isCancelled = false;

	/** @param signal cancels the execution */
	constructor(clock: Clock, milliseconds: number, signal?: AbortSignal) {
		this.#clock = clock;
		this.#milliseconds = milliseconds;
		this.#endsAt = clock.now() + milliseconds;
		const cancel = () => {
			this.#isCancelled = true;
			this.#over.abort();
		};
		this.#stopListening = onAbort(signal, cancel);
		if (signal?.aborted) cancel();
		clock.sleep(milliseconds, this.#timer.signal).then(
			() => this.#over.abort(),
			() => undefined,
		);
	}

	/**
	 * Does some work, unless the time is already over.
	 * @throws AdminFailure `unknown` as soon as the time is over; ScimError `cancelled`
	 */
	async within<T>(work: () => Promise<T>): Promise<T> {
		if (this.#over.signal.aborted) return await Promise.reject(this.#reason());
		return await new Promise<T>((resolve, reject) => {
			const stopListening = onAbort(this.#over.signal, () => reject(this.#reason()));
			work().then(resolve, reject).finally(stopListening);
		});
	}

	/** Waits between two attempts. @returns false, at once, if not enough time is left */
	async pause(milliseconds: number): Promise<boolean> {
		if (this.#clock.now() + milliseconds >= this.#endsAt) return false;
		await this.within(async () => await this.#clock.sleep(milliseconds, this.#over.signal));
		return true;
	}

	/** Ends the deadline: no further request follows. */
	end(): void {
		this.#timer.abort();
		this.#stopListening();
	}

	#reason(): Error {
		if (this.#isCancelled) return cancelled();
		return new AdminFailure(
			'unknown',
			`The Notion Admin API did not answer within ${Math.round(this.#milliseconds / 1_000)} seconds. It is not known what it has revoked: look in Notion, or run this again.`,
		);
	}
}
