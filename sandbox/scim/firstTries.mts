/** Distinguishes the first attempt of a write from its repetition: same method, same address, same body. */
export class FirstTries {
	readonly #tried = new Set<string>();

	/** Whether this is a first attempt. The next request of the same kind is then a repetition. */
	take(method: string, url: string, content: unknown): boolean {
		const key = JSON.stringify([method, url, content]);
		if (this.#tried.delete(key)) return false;
		this.#tried.add(key);
		return true;
	}
}
