import { EventEmitter } from 'node:events';

/** One request to SCIM or to the Admin API. Never holds a header, so that no token can be in it. */
export interface LoggedRequest {
	/** Counts from 1, in the order in which requests ended. */
	number: number;
	/** Epoch milliseconds at which the request arrived. */
	time: number;
	method: string;
	/** The path without the query. */
	path: string;
	/** The route that took it, such as `/scim/v2/Users/:id`. */
	template: string;
	/** As it came, without the question mark; empty when there is none. */
	query: string;
	/** Null when the connection was cut instead. */
	status: number | null;
	durationMs: number;
	/** The parsed body, or its text when it is not JSON; absent when there is none. */
	body?: unknown;
}

/** Selects requests; `path` is matched against the path, and against the path with the query. */
export interface RequestFilter {
	method?: string;
	path?: RegExp;
}

/** Whether a request matches a filter. */
export const matchesFilter = (
	request: { method: string; path: string; query: string },
	{ method, path }: RequestFilter,
): boolean => {
	if (method !== undefined && method.toUpperCase() !== request.method) return false;
	// A copy without flags: the state of a global expression would change what it finds.
	const pattern = path && new RegExp(path.source, path.flags.replace(/[gy]/g, ''));
	return (
		!pattern ||
		pattern.test(request.path) ||
		(request.query !== '' && pattern.test(`${request.path}?${request.query}`))
	);
};

/** The last requests to one API, and counters over all of them. */
export class RequestLog {
	readonly added = new EventEmitter<{ request: [LoggedRequest] }>();
	readonly #limit: number;
	#entries: LoggedRequest[] = [];
	readonly #counters = new Map<string, number>();
	#total = 0;

	/** @param limit how many requests are kept; older ones are forgotten, but stay counted */
	constructor(limit = 20_000) {
		this.#limit = limit;
	}

	add(request: Omit<LoggedRequest, 'number'>): void {
		const entry = { number: ++this.#total, ...request };
		this.#entries.push(entry);
		if (this.#entries.length > this.#limit) this.#entries.shift();
		const key = `${request.method} ${request.template}`;
		this.#counters.set(key, (this.#counters.get(key) ?? 0) + 1);
		this.added.emit('request', entry);
	}

	/** The stored requests, oldest first. */
	all(): readonly LoggedRequest[] {
		return this.#entries;
	}

	/** The last requests, newest first. */
	latest(count: number): LoggedRequest[] {
		return this.#entries.slice(-count).reverse();
	}

	/** The number of requests; with a filter, the number of matching stored ones. */
	count(filter?: RequestFilter): number {
		return filter
			? this.#entries.filter((entry) => matchesFilter(entry, filter)).length
			: this.#total;
	}

	/** All requests ever, by method and route: `{'GET /scim/v2/Users': 3}`. */
	counters(): Record<string, number> {
		return Object.fromEntries([...this.#counters].sort());
	}

	clear(): void {
		this.#entries = [];
		this.#counters.clear();
		this.#total = 0;
	}
}
