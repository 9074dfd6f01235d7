import { ScimError } from './scimError';

export type ScimMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface ScimRequest {
	method: ScimMethod;
	/** Below the base URL, beginning with a slash, each segment percent-encoded. */
	path: string;
	query?: Record<string, string | number>;
	/** Sent as JSON. */
	body?: Record<string, unknown>;
}

export interface ScimResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The exact text of the body; empty for none. */
	body: string;
}

/**
 * The one way to the network. It adds the token, follows no redirect, and gives every status as a
 * response; it throws {@link TransportFailure} only where there was no response.
 */
export interface Transport {
	send(request: ScimRequest): Promise<ScimResponse>;
}

/** There was no answer. */
export class TransportFailure extends Error {
	override readonly name = 'TransportFailure';

	/**
	 * @param reached `never` where it is certain that the server saw nothing (connection refused,
	 * name not found); `maybe` where it may have acted (connection cut, time-out).
	 */
	constructor(
		readonly reached: 'never' | 'maybe',
		message: string,
	) {
		super(message);
	}
}

/**
 * A path below the base URL. Segments are encoded; empty ones and dots could address something else,
 * and half a surrogate pair cannot be encoded.
 *
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
