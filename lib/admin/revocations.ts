/** The outcome for one kind of access that SCIM does not end. */
export interface Revocation {
	/**
	 * - `revoked`: it existed, or may have, and is revoked
	 * - `none`: the Admin API lists nothing to revoke
	 * - `failed`: something was refused, and is not revoked
	 * - `unknown`: no answer came in time, or none that can be read
	 * - `notTouched`: nothing was attempted
	 */
	status: 'revoked' | 'none' | 'failed' | 'unknown' | 'notTouched';
	/**
	 * How many were certainly revoked, even if the rest failed. Notion does not say how many sessions it
	 * ended, so for those it is 1 for all of them together.
	 */
	count: number;
	/** A sentence, unless everything succeeded. */
	error?: string;
}

/** What Notion's Admin API ended for one person. */
export interface AdminRevocations {
	/**
	 * On the web, on phones and on desktops. Only managed accounts are covered, whose email domain the
	 * organization has verified: the help page says that the call "does nothing" for others, which may mean
	 * that the answer looks the same.
	 */
	sessions: Revocation;
	personalAccessTokens: Revocation;
	/** Clients of Notion's MCP server that the person has connected. */
	mcpConnections: Revocation;
}

/** Without an Admin API credential. */
export function untouched(reason: string): AdminRevocations {
	const revocation: Revocation = { status: 'notTouched', count: 0, error: reason };
	return {
		sessions: revocation,
		personalAccessTokens: revocation,
		mcpConnections: revocation,
	};
}
