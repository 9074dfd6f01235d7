import { SeededRandom } from '../seed/random.mts';
import type { Account, McpConnection, PersonalAccessToken } from './account.mts';
import { WorkspaceRefusal } from './refusal.mts';

/** An MCP client as callers in this process describe one. */
export interface NewMcpConnection {
	/** What Notion calls `client.key`. Default `desk-assistant`. */
	clientKey?: string;
	clientName?: string;
	/** Signed in through the company's identity provider. Default false. */
	isEnterpriseManaged?: boolean;
}

/** The part of the surrounding workspace that this class needs. */
export interface AccountAccessParts {
	seed: number;
	now: () => number;
	find: (emailOrId: string) => Account | undefined;
	/** Something of this account has changed. */
	announce: (accountId: string) => void;
}

/**
 * The access to an account besides a sign-in: personal access tokens, and MCP clients that the person has
 * connected. They belong to the account, so a removal by SCIM leaves them unchanged. At Notion a token may be
 * useless to a person without a membership; here it stays visible, so that tests can see whether a workflow
 * revoked it.
 */
export class AccountAccess {
	readonly #parts: AccountAccessParts;
	/** Numbers of its own, so that a token more does not give the next person another id. */
	#random: SeededRandom;
	readonly #tokens = new Map<string, PersonalAccessToken>();
	#connections: McpConnection[] = [];
	readonly #denied = new Set<string>();

	constructor(parts: AccountAccessParts) {
		this.#parts = parts;
		this.#random = this.#newRandom();
	}

	// Personal access tokens

	/** Tokens of one person, or of everyone; revoked and expired ones too. Oldest first. */
	personalAccessTokens(emailOrId?: string): PersonalAccessToken[] {
		return this.#ofPerson([...this.#tokens.values()], emailOrId);
	}

	/**
	 * Creates a token for any account, including a leaver's: that represents one created at the last moment.
	 * @param expiresAt epoch milliseconds; default: never
	 * @throws WorkspaceRefusal unknownPerson
	 */
	addPersonalAccessToken(
		emailOrId: string,
		name = 'Script',
		expiresAt: number | null = null,
	): PersonalAccessToken {
		const token: PersonalAccessToken = {
			id: this.#random.id(),
			accountId: this.#account(emailOrId).id,
			name,
			createdAt: this.#parts.now(),
			expiresAt,
			revokedAt: null,
		};
		this.#tokens.set(token.id, token);
		this.#parts.announce(token.accountId);
		return token;
	}

	personalAccessTokenById(id: string): PersonalAccessToken | undefined {
		return this.#tokens.get(id);
	}

	/** Revokes a token. Has no effect if it has ended already, or does not exist. */
	revokePersonalAccessToken(id: string): void {
		const token = this.#tokens.get(id);
		if (!token || token.revokedAt !== null) return;
		token.revokedAt = this.#parts.now();
		this.#parts.announce(token.accountId);
	}

	// MCP clients

	/** Connections of one person, or of everyone; ended ones too. Oldest first. */
	mcpConnections(emailOrId?: string): McpConnection[] {
		return this.#ofPerson(this.#connections, emailOrId);
	}

	/**
	 * Connects a client, as a person does in the browser.
	 * @throws WorkspaceRefusal unknownPerson, mcpAccessDenied
	 */
	connectMcpClient(emailOrId: string, client: NewMcpConnection = {}): McpConnection {
		const { id: accountId } = this.#account(emailOrId);
		const isEnterpriseManaged = client.isEnterpriseManaged ?? false;
		if (isEnterpriseManaged && this.#denied.has(accountId)) {
			throw new WorkspaceRefusal('mcpAccessDenied', 'An administrator has denied this access');
		}
		const now = this.#parts.now();
		const connection: McpConnection = {
			accountId,
			clientKey: client.clientKey ?? 'desk-assistant',
			clientName: client.clientName ?? 'Desk assistant',
			isEnterpriseManaged,
			startedAt: now,
			lastActiveAt: now,
			endedAt: null,
		};
		this.#connections.push(connection);
		this.#parts.announce(accountId);
		return connection;
	}

	/**
	 * Ends the connections of a person: all, or those of one client.
	 *
	 * @returns how many ended now
	 */
	endMcpConnections(accountId: string, clientKey?: string): number {
		const running = this.mcpConnections(accountId).filter(
			(connection) =>
				connection.endedAt === null &&
				(clientKey === undefined || connection.clientKey === clientKey),
		);
		for (const connection of running) connection.endedAt = this.#parts.now();
		if (running.length > 0) this.#parts.announce(accountId);
		return running.length;
	}

	/** Whether the person may connect clients through the company's identity provider. */
	isMcpAccessDenied(emailOrId: string): boolean {
		return this.#denied.has(this.#account(emailOrId).id);
	}

	/** Denying ends the enterprise-managed connections that there are. */
	setMcpAccess(accountId: string, access: 'allowed' | 'denied'): void {
		if (access === 'allowed') {
			this.#denied.delete(accountId);
			return;
		}
		this.#denied.add(accountId);
		const managed = this.mcpConnections(accountId).filter((one) => one.isEnterpriseManaged);
		for (const { clientKey } of managed) this.endMcpConnections(accountId, clientKey);
	}

	clear(): void {
		this.#random = this.#newRandom();
		this.#tokens.clear();
		this.#connections = [];
		this.#denied.clear();
	}

	#newRandom(): SeededRandom {
		return new SeededRandom(this.#parts.seed + 7_919);
	}

	#account(emailOrId: string): Account {
		const account = this.#parts.find(emailOrId);
		if (!account) throw new WorkspaceRefusal('unknownPerson', 'No one has this address or id');
		return account;
	}

	#ofPerson<Access extends { accountId: string }>(all: Access[], emailOrId?: string): Access[] {
		if (emailOrId === undefined) return [...all];
		const accountId = this.#parts.find(emailOrId)?.id;
		return all.filter((access) => access.accountId === accountId);
	}
}
