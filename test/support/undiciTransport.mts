import { setTimeout as delay } from 'node:timers/promises';

import { request as send } from 'undici';

import type { Clock } from '../../lib/scim/clock.ts';
import type { ScimRequest, Transport } from '../../lib/scim/transport.ts';
import { TransportFailure } from '../../lib/scim/transport.ts';

/** Failures of a connection that never came about, so that the server saw nothing. */
const NEVER_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** Under jest, an error of Node's own is no instance of the `Error` that is known here. */
const codeOf = (error: unknown): string => {
	if (typeof error !== 'object' || error === null || !('code' in error)) return 'UNKNOWN';
	return typeof error.code === 'string' ? error.code : 'UNKNOWN';
};

/**
 * The way to a SCIM server over plain HTTP, as the tests use it outside n8n.
 *
 * @param scimUrl without a slash at the end
 * @param moreHeaders for every request
 */
export const createUndiciTransport = (
	scimUrl: string,
	token: string,
	moreHeaders: Record<string, string> = {},
): Transport => ({
	send: async ({ method, path, query = {}, body }: ScimRequest) => {
		const url = new URL(scimUrl + path);
		for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
		try {
			const response = await send(url, {
				method,
				headers: {
					authorization: `Bearer ${token}`,
					accept: 'application/scim+json, application/json',
					...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
					...moreHeaders,
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const headers: Record<string, string> = {};
			for (const [name, value] of Object.entries(response.headers)) {
				headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : (value ?? '');
			}
			return { status: response.statusCode, headers, body: await response.body.text() };
		} catch (error) {
			const code = codeOf(error);
			throw new TransportFailure(
				NEVER_REACHED.includes(code) ? 'never' : 'maybe',
				`The connection failed (${code}).`,
			);
		}
	},
});

/** The machine's own clock and chance. */
export const realClock: Clock = {
	now: () => Date.now(),
	sleep: async (milliseconds, signal) => {
		await delay(milliseconds, undefined, signal ? { signal } : {});
	},
	random: () => Math.random(),
};
