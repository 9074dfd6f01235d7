/** Caches values for a fixed time. Concurrent calls for one key share one load, and a failed load is not cached. */
export class TtlCache<Value> {
	readonly #entries = new Map<string, { value: Promise<Value>; loadedAt: number }>();
	readonly #ttl: number;

	/** @param ttl in milliseconds, from the start of the load */
	constructor(ttl: number) {
		this.#ttl = ttl;
	}

	/**
	 * @param now in epoch milliseconds
	 * @throws whatever `load` throws
	 */
	async get(key: string, load: () => Promise<Value>, now: number): Promise<Value> {
		for (const [other, { loadedAt }] of this.#entries) {
			// A clock that was set back must not extend an entry.
			if (now - loadedAt >= this.#ttl || now < loadedAt) this.#entries.delete(other);
		}
		const cached = this.#entries.get(key);
		if (cached) return await cached.value;
		const entry = { value: load(), loadedAt: now };
		this.#entries.set(key, entry);
		void entry.value.catch(() => {
			if (this.#entries.get(key) === entry) this.#entries.delete(key);
		});
		return await entry.value;
	}
}
