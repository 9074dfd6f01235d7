/** The roles that Notion's help centre names. */
export const roles = ['owner', 'membership_admin', 'member', 'restricted_member'] as const;

export type Role = (typeof roles)[number];

export const isRole = (value: unknown): value is Role => roles.some((role) => role === value);

/** The name of a person; any part may be missing, and all of them together. */
export interface PersonName {
	formatted?: string;
	givenName?: string;
	familyName?: string;
}

/**
 * What SCIM can write to an account. `attributes` holds everything without its own rule (title, addresses,
 * the enterprise extension, unknown attributes) as received.
 */
export interface Profile {
	userName: string;
	secondaryEmails: string[];
	name: PersonName;
	attributes: Record<string, unknown>;
}

/**
 * The relation of an account to the workspace: `member` (takes a seat, whatever the role), `guest` (sees
 * single pages, does not exist for SCIM), or `outside` (was never here, or was removed: the account survives
 * a removal).
 */
export type Membership = 'member' | 'guest' | 'outside';

/** A Notion account. Belongs to a person, not to the workspace. */
export interface Account {
	readonly id: string;
	profile: Profile;
	/** Read when the account is created, and never again. */
	readonly photos: readonly unknown[];
	membership: Membership;
	/** Meaningful only while the account is a member. */
	role: Role;
	/** Whether the account was a member of this workspace at any time. */
	wasMember: boolean;
	/** Ids of the groups that the account is in. */
	readonly groupIds: Set<string>;
	/** Titles of the pages that only this account can see. They stay when the person is removed. */
	readonly privatePages: string[];
	/** Epoch milliseconds at which the account was made. */
	readonly createdAt: number;
	/** Epoch milliseconds at which the present membership began. */
	memberSince: number;
}

/** A group of the workspace. */
export interface Group {
	readonly id: string;
	displayName: string;
	readonly memberIds: Set<string>;
	/** Made by SCIM; Notion shows such groups as "Synced". */
	readonly synced: boolean;
	/** Some pages have only this group with full access, so it cannot be deleted. */
	readonly onlyFullAccess: boolean;
	attributes: Record<string, unknown>;
	/** Epoch milliseconds. */
	readonly createdAt: number;
}

/** One sign-in of a person on a device. */
export interface Session {
	readonly id: string;
	readonly accountId: string;
	readonly kind: 'web' | 'mobile';
	readonly device: string;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	/** Epoch milliseconds; null while the session lasts. */
	endedAt: number | null;
}

/** A token with which a person calls Notion's API as themselves. Its secret is not needed here. */
export interface PersonalAccessToken {
	/** What Notion's Admin API calls `bot_id` when the token is revoked. */
	readonly id: string;
	readonly accountId: string;
	readonly name: string;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	/** Epoch milliseconds; null for never. */
	readonly expiresAt: number | null;
	/** Epoch milliseconds; null while the token is not revoked. */
	revokedAt: number | null;
}

/** A client of Notion's MCP server that a person has connected to their account. */
export interface McpConnection {
	readonly accountId: string;
	readonly clientKey: string;
	readonly clientName: string;
	/** Signed in through the company's identity provider. */
	readonly isEnterpriseManaged: boolean;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	/** Epoch milliseconds. */
	readonly lastActiveAt: number;
	/** Epoch milliseconds; null while the connection lasts. */
	endedAt: number | null;
}

/** A SCIM token without its secret. */
export interface TokenRecord {
	readonly creatorId: string;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	/** Epoch milliseconds; null while the token works. */
	revokedAt: number | null;
}

/**
 * E-mail addresses are compared with ASCII letters in lower case. Other letters stay as they are:
 * Unicode lower-casing would make one person out of two.
 */
export const normalEmail = (email: string): string =>
	email.trim().replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** The name as one line, or undefined if no part of it is known. */
export const fullName = (name: PersonName): string | undefined => {
	const parts = [name.givenName, name.familyName].filter((part) => part !== undefined);
	return name.formatted ?? (parts.length > 0 ? parts.join(' ') : undefined);
};

/** Splits a name at its first space, because nothing better is known about it. */
export const nameFromFormatted = (formatted: string): PersonName => {
	const trimmed = formatted.trim();
	if (trimmed === '') return {};
	const [givenName = trimmed, ...rest] = trimmed.split(/\s+/);
	return {
		formatted: trimmed,
		givenName,
		...(rest.length > 0 ? { familyName: rest.join(' ') } : {}),
	};
};
