import { z } from 'zod';

import { emailKey } from '../scim/emailKey';
import { resourceId } from '../scim/resourceId';

/**
 * Reads the answers of the Admin API tolerantly. Documented (developers.notion.com, "Admin API", and its
 * openapi-adminApi.json): lists with cursors; a token has an `id`, a creator and a status; a connection names
 * a member, a `client.key` and an array `workspaces`. The names of the other fields are inferred, so several
 * are accepted.
 */

/** The person a row is about, as far as it says so. */
export interface PersonReference {
	id: string | undefined;
	email: string | undefined;
}

export interface AccessToken {
	id: string;
	/** Expired and revoked ones give no access. */
	isActive: boolean;
	creator: PersonReference;
}

export interface McpClientConnection {
	user: PersonReference;
	clientKey: string;
	/** Undefined if the row names no workspace. */
	workspaceIds: string[] | undefined;
}

const record = z.record(z.unknown());

const text = z.string().min(1).optional().catch(undefined);

const pageSchema = z.object({
	results: z.array(z.unknown()),
	has_more: z.boolean().optional().catch(undefined),
	next_cursor: text,
});

/** One page; undefined if the answer is not a list. */
export function readPage(
	body: unknown,
): { rows: unknown[]; hasMore: boolean; nextCursor: string | undefined } | undefined {
	const page = pageSchema.safeParse(body).data;
	if (!page) return undefined;
	return {
		rows: page.results,
		hasMore: page.has_more ?? page.next_cursor !== undefined,
		nextCursor: page.next_cursor,
	};
}

/** The `id` of a workspace, or the id itself. */
export function readId(row: unknown): string | undefined {
	if (typeof row === 'string') return row === '' ? undefined : row;
	const { id, workspace_id: workspaceId, space_id: spaceId } = record.catch({}).parse(row);
	return text.parse(id) ?? text.parse(workspaceId) ?? text.parse(spaceId);
}

/** A person of a member list: Notion's user object, or its equivalent in another row. */
export function readPerson(value: unknown): PersonReference {
	if (typeof value === 'string') return { id: text.parse(value), email: undefined };
	const { id, user_id: userId, email, person } = record.catch({}).parse(value);
	return {
		id: text.parse(id) ?? text.parse(userId),
		email: text.parse(email) ?? text.parse(record.catch({}).parse(person)['email']),
	};
}

/** A personal access token; undefined if the row cannot be understood. */
export function readAccessToken(row: unknown): AccessToken | undefined {
	const fields = record.catch({}).parse(row);
	const id = text.parse(fields['id']) ?? text.parse(fields['bot_id']);
	if (id === undefined) return undefined;
	const status = text.parse(fields['status'])?.toLowerCase() ?? 'active';
	return {
		id,
		isActive: !['revoked', 'expired'].includes(status),
		creator: readPerson(fields['creator'] ?? fields['created_by'] ?? fields['user']),
	};
}

/** A connection of an MCP client; undefined if the row cannot be understood. */
export function readConnection(row: unknown): McpClientConnection | undefined {
	const fields = record.catch({}).parse(row);
	const client = record.catch({}).parse(fields['client']);
	const clientKey = text.parse(client['key']) ?? text.parse(fields['client_key']);
	if (clientKey === undefined) return undefined;
	const listed = z.array(z.unknown()).safeParse(fields['workspaces'] ?? fields['workspace_ids']);
	const workspaceIds = listed.data?.flatMap((workspace) => readId(workspace) ?? []) ?? [];
	return {
		user: readPerson(fields['user'] ?? fields['member'] ?? fields['user_id']),
		clientKey,
		workspaceIds: workspaceIds.length > 0 ? workspaceIds : undefined,
	};
}

/**
 * Whether a row is about this person. A server may ignore an unknown filter and return the rows of all
 * people, so nothing is revoked because of the filter alone.
 * @returns undefined if the row does not say whose it is
 */
export function isOf(reference: PersonReference, person: PersonReference): boolean | undefined {
	if (reference.id !== undefined && person.id !== undefined) {
		return resourceId(reference.id) === resourceId(person.id);
	}
	if (reference.email !== undefined && person.email !== undefined) {
		return emailKey(reference.email) === emailKey(person.email);
	}
	return undefined;
}

/**
 * How many tokens the revocation of a connection ended. The documentation mentions the number, but not its
 * name: the first number counts, and 1 if there is none.
 */
export function readRevokedTokens(body: unknown): number {
	const numbers = Object.values(record.catch({}).parse(body)).filter(
		(value) => typeof value === 'number',
	);
	return numbers[0] ?? 1;
}

const sessionAnswer = z.object({ status: z.literal('revoked') });

/** Whether the answer is the documented one: `{"status": "revoked"}`. */
export function saysRevoked(body: unknown): boolean {
	return sessionAnswer.safeParse(body).success;
}
