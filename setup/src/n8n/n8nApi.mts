import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

import { answerProblem, connectionProblem, N8nError } from './n8nError.mts';
import { pageOf } from './schemas.mts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** n8n answers 503, and does nothing, while its database is slow to answer. */
const BUSY = 503;
const TRIES_WHILE_BUSY = 10;
const WAIT_WHILE_BUSY = 1_000;
const PER_PAGE = '100';

const errorSchema = z.object({ message: z.string() });
const causeSchema = z.object({ cause: z.object({ code: z.string() }) });

/** n8n's public API, with the key of one user. The key is in no error. */
export class N8nApi {
	readonly url: string;
	readonly #key: string;

	constructor(url: string, key: string) {
		this.url = url;
		this.#key = key;
	}

	/**
	 * @param path after /api/v1
	 * @throws N8nError
	 */
	async call<Answer>(schema: z.ZodType<Answer>, method: Method, path: string, body?: unknown): Promise<Answer> {
		const what = `${method} ${path.split('?')[0]}`;
		const { status, text } = await this.#send(method, path, body);
		const answer = parseJson(text);
		if (status >= 400) {
			const said = errorSchema.safeParse(answer).data?.message ?? text.slice(0, 200);
			throw new N8nError(answerProblem(status, what, said), status);
		}
		const parsed = schema.safeParse(answer);
		if (!parsed.success) throw new N8nError(`n8n's answer to ${what} is not understood. This command needs n8n 2.41 or newer.`, status);
		return parsed.data;
	}

	/** All entries of a list. */
	async list<Entry extends z.ZodType>(entry: Entry, path: string, query: Record<string, string> = {}): Promise<z.infer<Entry>[]> {
		const entries: z.infer<Entry>[] = [];
		const page = pageOf(entry);
		let cursor: string | null | undefined;
		do {
			const search = new URLSearchParams({ limit: PER_PAGE, ...query, ...(cursor ? { cursor } : {}) });
			const { data, nextCursor } = await this.call(page, 'GET', `${path}?${search}`);
			entries.push(...data);
			cursor = nextCursor;
		} while (cursor);
		return entries;
	}

	/** Undefined for what n8n does not have. */
	async find<Answer>(schema: z.ZodType<Answer>, path: string): Promise<Answer | undefined> {
		try {
			return await this.call(schema, 'GET', path);
		} catch (error) {
			if (error instanceof N8nError && error.status === 404) return undefined;
			throw error;
		}
	}

	async #send(method: Method, path: string, body: unknown): Promise<{ status: number; text: string }> {
		for (let tries = 1; ; tries++) {
			const response = await this.#request(method, path, body);
			const text = await response.text();
			if (response.status !== BUSY || tries === TRIES_WHILE_BUSY) return { status: response.status, text };
			await delay(WAIT_WHILE_BUSY);
		}
	}

	async #request(method: Method, path: string, body: unknown): Promise<Response> {
		try {
			return await fetch(`${this.url}/api/v1${path}`, {
				method,
				// A redirect to another host would take the key along.
				redirect: 'manual',
				headers: { 'X-N8N-API-KEY': this.#key, Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
		} catch (error) {
			throw new N8nError(connectionProblem(this.url, causeSchema.safeParse(error).data?.cause.code));
		}
	}
}

function parseJson(text: string): unknown {
	try {
		return text === '' ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}
