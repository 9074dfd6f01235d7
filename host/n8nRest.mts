import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import { z } from 'zod';

/** The account that signs in. */
export interface Owner {
	email: string;
	password: string;
}

export type RestCall = <Answer>(
	schema: z.ZodType<Answer, z.ZodTypeDef, unknown>,
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
	path: string,
	body?: unknown,
) => Promise<Answer>;

const errorSchema = z.object({ message: z.string() });

/**
 * One connection for each request: n8n closes an idle one after five seconds, and a request that is sent at that
 * moment would fail.
 */
const oneRequestEach = new Agent({ pipelining: 0 });

/** What n8n answers to a login while the owner's account does not exist. */
const NO_SUCH_ACCOUNT = 401;

/** An answer of n8n that is not the one asked for. */
export class RestError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** n8n answers 503, and does nothing, while its database is slow to answer on a busy machine. */
const BUSY = 503;
const WAIT_WHILE_BUSY = 1_000;
const TRIES_WHILE_BUSY = 20;

/**
 * Signs in to n8n's own REST interface, which its editor uses, and first creates the owner's account if there
 * is none yet. The interface has no version contract: it is that of the pinned n8n.
 * @returns a function that sends one request and parses the field `data` of the answer
 */
export async function signIn(url: string, owner: Owner): Promise<RestCall> {
	// The session cookie is bound to the browser that asked for it.
	const headers: Record<string, string> = {
		'content-type': 'application/json',
		'browser-id': randomUUID(),
	};

	const send = async (method: string, path: string, body?: unknown) => {
		const { response, text } = await whenReady(`${url}/${path}`, {
			method,
			headers,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!response.ok) {
			const parsed = errorSchema.safeParse(parseJson(text));
			const reason = parsed.success ? parsed.data.message : text.slice(0, 300);
			throw new RestError(response.status, `n8n answered ${response.status} to ${method} /${path}: ${reason}`);
		}
		return { response, answer: parseJson(text) };
	};
	const call: RestCall = async (schema, method, path, body) => {
		const { answer } = await send(method, path, body);
		// The list of node types is a file, and has no envelope.
		if (Array.isArray(answer)) return schema.parse(answer);
		return schema.parse(z.object({ data: z.unknown() }).parse(answer).data);
	};

	const login = { emailOrLdapLoginId: owner.email, password: owner.password };
	const { response } = await send('POST', 'rest/login', login).catch(async (error: unknown) => {
		if (!(error instanceof RestError) || error.status !== NO_SUCH_ACCOUNT) throw error;
		return await send('POST', 'rest/owner/setup', { ...owner, firstName: 'Ada', lastName: 'Admin' });
	});
	headers['cookie'] = response.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
	return call;
}

/** Repeats the request while n8n is too busy to accept it. */
async function whenReady(address: string, request: { method: string; headers: Record<string, string>; body?: string }) {
	for (let tries = 1; ; tries++) {
		const response = await fetch(address, { ...request, dispatcher: oneRequestEach });
		const text = await response.text();
		if (response.status !== BUSY || tries === TRIES_WHILE_BUSY) return { response, text };
		await delay(WAIT_WHILE_BUSY);
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
