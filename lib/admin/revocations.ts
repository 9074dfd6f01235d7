/** What became of one kind of access that SCIM does not end. */
export interface Revocation {
	/**
	 * - `revoked`: it was there, or may have been, and is revoked
	 * - `none`: the Admin API lists nothing that could be revoked
	 * - `failed`: something was refused, and is not revoked
	 * - `unknown`: nobody knows, because no answer came in time or none that can be read
	 * - `notTouched`: nothing was tried
	 */
	status: 'revoked' | 'none' | 'failed' | 'unknown' | 'notTouched';
	/**
	 * How many were revoked for certain, also where the rest failed. Notion does not say how many
	 * sessions it ended, so for those it is 1 for all of them together.
	 */
	count: number;
	/** A sentence, unless all went well. */
	error?: string;
}

/** What Notion's Admin API ended for one person. */
export interface AdminRevocations {
	/**
	 * On the web, on phones and on desktops. Only managed accounts are covered, whose email domain the
	 * organization has verified: the help page says that the call "does nothing" for others, which may
	 * mean that it is answered in the same way.
	 */
	sessions: Revocation;
	personalAccessTokens: Revocation;
	/** Clients of Notion's MCP server that the person has let in. */
	mcpConnections: Revocation;
}

/** Where there is no Admin API to ask. */
export function untouched(reason: string): AdminRevocations {
	const revocation: Revocation = { status: 'notTouched', count: 0, error: reason };
	return {
		sessions: revocation,
		personalAccessTokens: revocation,
		mcpConnections: revocation,
	};
}
