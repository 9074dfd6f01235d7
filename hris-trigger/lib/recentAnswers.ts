/**
 * Answers that hold for a moment: what is asked many times at once is answered once. An answer that failed is
 * not kept.
 */
export class RecentAnswers<Answer> {
	readonly #answers = new Map<string, { answer: Promise<Answer>; askedAt: number }>();
	readonly #lasting: number;

	/** @param lasting how long an answer holds from when it was asked for, in milliseconds */
	constructor(lasting: number) {
		this.#lasting = lasting;
	}

	/**
	 * @param now in epoch milliseconds
	 * @throws whatever `ask` throws
	 */
	async to(key: string, ask: () => Promise<Answer>, now: number): Promise<Answer> {
		for (const [other, { askedAt }] of this.#answers) {
			// A clock that was set back keeps nothing for longer.
			if (now - askedAt >= this.#lasting || now < askedAt) this.#answers.delete(other);
		}
		const known = this.#answers.get(key);
		if (known) return await known.answer;
		const asked = { answer: ask(), askedAt: now };
		this.#answers.set(key, asked);
		void asked.answer.catch(() => {
			if (this.#answers.get(key) === asked) this.#answers.delete(key);
		});
		return await asked.answer;
	}
}
