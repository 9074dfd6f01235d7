/** Runs at most N tasks concurrently, in FIFO order. */
export class Semaphore {
	private busy = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly most: number) {}

	/** @throws what the task throws */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.busy >= this.most) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.busy += 1;
		try {
			return await work();
		} finally {
			// Passes the slot on directly, so that a new task cannot overtake the waiting ones.
			const next = this.waiting.shift();
			if (next) next();
			else this.busy -= 1;
		}
	}
}
