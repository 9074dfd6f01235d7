/** Work of which so much at most is under way at once; the rest waits, in the order of its coming. */
export class Lanes {
	private busy = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly most: number) {}

	/** @throws what the work throws */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.busy >= this.most) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.busy += 1;
		try {
			return await work();
		} finally {
			// The lane is handed on, so that nobody who comes now is served before those who wait.
			const next = this.waiting.shift();
			if (next) next();
			else this.busy -= 1;
		}
	}
}
