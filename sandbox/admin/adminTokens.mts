import { randomBytes } from 'node:crypto';

/** The scopes of the emulated endpoints, as Notion's reference names them on each page. */
export const adminScopes = [
	'managed-user-session:write',
	'workspace:read',
	'user:read',
	'personal-access-token:read',
	'personal-access-token:write-high-impact',
	'mcp-client-connection:read',
	'mcp-client-connection:write-high-impact',
] as const;

export type AdminScope = (typeof adminScopes)[number];

/** Organization bot tokens. They belong to the organization, and so outlive any membership. */
export class AdminTokens {
	readonly #scopes = new Map<string, ReadonlySet<AdminScope>>();

	/**
	 * Creates a token, as an organization owner does in the organization's settings.
	 * @param scopes default: all
	 * @param secret default: a random one
	 * @returns the secret
	 */
	add(scopes: readonly AdminScope[] = adminScopes, secret?: string): string {
		const token = secret ?? `sandbox_admin_${randomBytes(24).toString('hex')}`;
		this.#scopes.set(token, new Set(scopes));
		return token;
	}

	/** Revokes a token. Has no effect if there is no such token. */
	revoke(token: string): void {
		this.#scopes.delete(token);
	}

	/** The scopes of the token; undefined if it is unknown or revoked. */
	scopesOf(token: string): ReadonlySet<AdminScope> | undefined {
		return this.#scopes.get(token);
	}

	clear(): void {
		this.#scopes.clear();
	}
}
