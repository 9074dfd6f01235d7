import { onAbort } from '../scim/abort';
import type { Clock } from '../scim/clock';
import { cancelled } from '../scim/requester';
import { AdminFailure } from './adminFailure';

/**
 * The time that one person may take, all requests together. A server that hangs must not hold up a
 * lockdown, so whatever is not answered by then is given up.
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
	 * Does some work, unless time is up already.
	 *
	 * @throws AdminFailure `unknown` as soon as time is up; ScimError `cancelled`
	 */
	async within<T>(work: () => Promise<T>): Promise<T> {
		if (this.#over.signal.aborted) return await Promise.reject(this.#reason());
		return await new Promise<T>((resolve, reject) => {
			const stopListening = onAbort(this.#over.signal, () => reject(this.#reason()));
			work().then(resolve, reject).finally(stopListening);
		});
	}

	/** Waits between two tries. @returns false, at once, where so much time is not left */
	async pause(milliseconds: number): Promise<boolean> {
		if (this.#clock.now() + milliseconds >= this.#endsAt) return false;
		await this.within(async () => await this.#clock.sleep(milliseconds, this.#over.signal));
		return true;
	}

	/** Nothing is to come any more. */
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
