import { onAbort } from '../../../lib/scim/abort.ts';
import type { Clock } from '../../../lib/scim/clock.ts';

interface Sleeper {
	wakesAt: number;
	wake: () => void;
}

/**
 * A clock that is idle until it is told to go on. Sleepers wake in the order of their time, and
 * of their falling asleep where that is the same, so that a test runs the same way each time.
 */
export class VirtualClock implements Clock {
	/** How long each sleep was to last, in the order of their beginning. */
	readonly sleeps: number[] = [];
	#now: number;
	#sleepers: Sleeper[] = [];
	readonly #random: () => number;

	constructor(now = 1_000_000, random: () => number = () => 0.5) {
		this.#now = now;
		this.#random = random;
	}

	now(): number {
		return this.#now;
	}

	random(): number {
		return this.#random();
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		this.sleeps.push(milliseconds);
		await new Promise<void>((resolve, reject) => {
			const stopListening = onAbort(signal, () => {
				this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
				reject(signal?.reason);
			});
			const sleeper: Sleeper = {
				wakesAt: this.#now + milliseconds,
				wake: () => {
					stopListening();
					resolve();
				},
			};
			this.#sleepers.push(sleeper);
		});
	}

	/** Lets everything run that is not asleep. */
	async settle(): Promise<void> {
		// Macrotasks run only when no microtask is left.
		await new Promise<void>((resolve) => {
			setImmediate(resolve);
		});
	}

	/** Wakes the next sleeper. @returns false where no one sleeps */
	async step(): Promise<boolean> {
		await this.settle();
		const [next] = [...this.#sleepers].sort((one, other) => one.wakesAt - other.wakesAt);
		if (!next) return false;
		this.#sleepers = this.#sleepers.filter((other) => other !== next);
		this.#now = Math.max(this.#now, next.wakesAt);
		next.wake();
		await this.settle();
		return true;
	}

	/** Lets that much time pass, waking every sleeper that is due on the way. */
	async advance(milliseconds: number): Promise<void> {
		const end = this.#now + milliseconds;
		await this.settle();
		while (this.#sleepers.some(({ wakesAt }) => wakesAt <= end)) await this.step();
		this.#now = end;
	}

	/** Lets time pass until the work is done. @throws Error where it waits for something else than time */
	async run<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const finished = () => {
			isDone = true;
		};
		work.then(finished, finished);
		await this.settle();
		while (!isDone) {
			if (!(await this.step()) && !isDone) throw new Error('No one sleeps, and the work is not done');
		}
		return await work;
	}
}
