/**
 * Random numbers that are the same for the same seed (a 32-bit xorshift generator: Marsaglia,
 * "Xorshift RNGs", 2003). Good enough for names and ids of a sandbox; never for secrets.
 */
export class SeededRandom {
	#state: number;

	constructor(seed: number) {
		// Neighbouring seeds are spread by a multiplication; the state must never be zero.
		this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) | 0 || 1;
		for (let warmUp = 0; warmUp < 8; warmUp++) this.nextWord();
	}

	/** An unsigned 32-bit integer, never zero. No value repeats within 2³² − 1 draws. */
	nextWord(): number {
		let state = this.#state;
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		this.#state = state;
		return state >>> 0;
	}

	/** A number from 0 up to, but not including, 1. */
	next(): number {
		return (this.nextWord() - 1) / 0xffffffff;
	}

	/** An integer from 0 up to, but not including, `limit`. */
	below(limit: number): number {
		return Math.min(limit - 1, Math.floor(this.next() * limit));
	}

	/** True with the given probability. */
	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** One of the items. @throws RangeError when there is none */
	pick<T>(items: readonly T[]): T {
		const item = items[this.below(items.length)];
		if (item === undefined) throw new RangeError('Nothing to pick from');
		return item;
	}

	/**
	 * An id as Notion makes them today: hyphenated like a UUID, with version nibble 8, so that a
	 * check for UUID version 4 refuses it.
	 */
	id(): string {
		const hex = [this.nextWord(), this.nextWord(), this.nextWord(), this.nextWord()]
			.map((word) => word.toString(16).padStart(8, '0'))
			.join('');
		return [
			hex.slice(0, 8),
			hex.slice(8, 12),
			`8${hex.slice(13, 16)}`,
			`a${hex.slice(17, 20)}`,
			hex.slice(20),
		].join('-');
	}
}
