import type { Failed } from '../scim/attempt';
import type { ScimRequest } from '../scim/transport';

/** A request to the Admin API, with the token scope that it needs (Notion's reference, page by page). */
export interface AdminCall extends ScimRequest {
	scope: AdminScope;
}

export type AdminScope =
	| 'managed-user-session:write'
	| 'workspace:read'
	| 'user:read'
	| 'personal-access-token:read'
	| 'personal-access-token:write-high-impact'
	| 'mcp-client-connection:read'
	| 'mcp-client-connection:write-high-impact';

/**
 * Something was not revoked, or its outcome is unknown. The message consists of whole sentences for the
 * record, and contains no token.
 */
export class AdminFailure extends Error {
	override readonly name = 'AdminFailure';

	/** @param status `failed` if this request certainly did nothing */
	constructor(
		readonly status: 'failed' | 'unknown',
		message: string,
		/** The HTTP status, if the API itself answered. */
		readonly answered?: number,
	) {
		super(message);
	}
}

/** The failure for a refusal by the server or the network. */
export function adminFailure(call: AdminCall, failed: Failed): AdminFailure {
	const { status, detail, webPage, reached } = failed;
	const said = detail ? ` It said: ${/[.!?…]$/.test(detail) ? detail : `${detail}.`}` : '';
	if (status === undefined) {
		const failure = `The Notion Admin API could not be reached: ${detail}`;
		return reached === 'never' || call.method === 'GET'
			? new AdminFailure('failed', failure)
			: new AdminFailure('unknown', `${failure} ${NOT_CERTAIN}`);
	}
	const isOverload = status === 429 || status >= 500;
	if (webPage && !isOverload) {
		return new AdminFailure(
			'failed',
			`A web page came back instead of an answer from the Notion Admin API (status ${status}). Check the Base URL of its credential, and whether there is a proxy between n8n and Notion.`,
		);
	}
	if (status >= 200 && status < 300) {
		return new AdminFailure(
			call.method === 'GET' ? 'failed' : 'unknown',
			`The Notion Admin API answered with status ${status}, but the answer could not be read.`,
		);
	}
	switch (status) {
		case 401:
			return new AdminFailure(
				'failed',
				'Notion rejected the Admin API token (status 401). Have an organization owner copy it again, or create a new one, and put it into the Notion Admin API credential.',
				status,
			);
		case 403:
			return new AdminFailure(
				'failed',
				`Notion does not allow this with the Admin API token (status 403).${said} The token needs the scope ${call.scope}.`,
				status,
			);
		case 429:
		case 529:
			return new AdminFailure(
				'failed',
				`The Notion Admin API kept asking to slow down (status ${status}).`,
				status,
			);
		default:
			return status >= 500 && call.method !== 'GET'
				? new AdminFailure(
						'unknown',
						`The Notion Admin API failed with status ${status}.${said} ${NOT_CERTAIN}`,
						status,
					)
				: new AdminFailure(
						'failed',
						`The Notion Admin API refused this (status ${status}).${said}`,
						status,
					);
	}
}

const NOT_CERTAIN = 'It is not certain that nothing was revoked: look in Notion, or run this again.';
