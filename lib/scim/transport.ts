import { ScimError } from './scimError';

export type ScimMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface ScimRequest {
	method: ScimMethod;
	/** Relative to the base URL, with a leading slash; each segment is percent-encoded. */
	path: string;
	query?: Record<string, string | number>;
	/** Sent as JSON. */
	body?: Record<string, unknown>;
}

export interface ScimResponse {
	status: number;
	/** Lower-case names. */
	headers: Record<string, string>;
	/** The exact text of the body; empty for no body. */
	body: string;
}

/**
 * The only way to the network. It adds the token, follows no redirect, and returns every status as a
 * response; it throws {@link TransportFailure} only if there was no response.
 */
export interface Transport {
	send(request: ScimRequest): Promise<ScimResponse>;
}

/** The server did not answer. */
export class TransportFailure extends Error {
	override readonly name = 'TransportFailure';

	/**
	 * @param reached `never` if the server certainly received nothing (connection refused, name not found);
	 * `maybe` if it may have acted (connection cut, time-out)
	 */
	constructor(
		readonly reached: 'never' | 'maybe',
		message: string,
	) {
		super(message);
	}
}

/**
 * Builds a path relative to the base URL. Segments are encoded; empty ones and dots could address something
 * else, and half a surrogate pair cannot be encoded.
 * @throws ScimError `invalidInput`
 */
export function resourcePath(...segments: string[]): string {
	for (const segment of segments) {
		if (['', '.', '..'].includes(segment) || /\p{Cs}/u.test(segment)) {
			throw new ScimError(
				'invalidInput',
				`"${segment}" cannot be an ID.`,
				'Pick the person or group from the list, or look it up by email or name instead of by ID.',
			);
		}
	}
	return `/${segments.map(encodeURIComponent).join('/')}`;
}
