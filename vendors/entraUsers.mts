import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';

import { type EntraDirectory, listUsers } from './entraDirectory.mts';

/**
 * A user of a Microsoft Entra tenant, as far as this package requests one from Microsoft Graph v1.0.
 * https://learn.microsoft.com/graph/api/resources/user
 */
export interface EntraUser {
	id: string;
	userPrincipalName: string;
	mail: string | null;
	accountEnabled: boolean;
	/** Refresh tokens and session cookies issued earlier are void. */
	signInSessionsValidFromDateTime: string;
}

/** What a test says of a user; the rest is as in a usual account. */
export interface NewEntraUser {
	userPrincipalName: string;
	mail?: string;
	accountEnabled?: boolean;
}

const SESSIONS_BEGAN = '2026-01-01T08:00:00Z';

const querySchema = z.object({ $filter: z.string().optional(), $select: z.string().optional() });

/** Whether their sessions were revoked since the user was added. */
export const areSessionsRevoked = ({ signInSessionsValidFromDateTime }: EntraUser) =>
	signInSessionsValidFromDateTime !== SESSIONS_BEGAN;

export function newUser({ userPrincipalName, mail = userPrincipalName, accountEnabled = true }: NewEntraUser): EntraUser {
	return {
		id: randomUUID(),
		userPrincipalName,
		mail,
		accountEnabled,
		signInSessionsValidFromDateTime: SESSIONS_BEGAN,
	};
}

/** The routes that find users, disable them and end their sessions. */
export function userRoutes(server: FastifyInstance, users: readonly EntraUser[], directory: EntraDirectory): void {
	const find = (key: string) =>
		users.find(({ id, userPrincipalName }) => id === key || isSame(userPrincipalName, key));

	server.get('/v1.0/users', async (request, reply) => {
		const { $filter, $select } = querySchema.parse(request.query);
		if ($filter === undefined) return await listUsers(directory, request, reply);
		const wanted = parsedFilter($filter);
		if (wanted === undefined) {
			return await reply.code(400).send(graphError(400, `Invalid filter clause: ${$filter}`));
		}
		const found = users.filter((user) =>
			wanted.some(({ property, value }) => isSame(user[property] ?? '', value)),
		);
		return { value: found.map((user) => selected(user, $select)) };
	});
	server.get<{ Params: { key: string } }>('/v1.0/users/:key', async ({ params, query }, reply) => {
		const user = find(params.key);
		return user ? selected(user, querySchema.parse(query).$select) : await notFound(reply, params.key);
	});
	server.patch<{ Params: { key: string } }>('/v1.0/users/:key', async ({ params, body }, reply) => {
		const user = find(params.key);
		if (!user) return await notFound(reply, params.key);
		user.accountEnabled = z.object({ accountEnabled: z.boolean() }).strict().parse(body).accountEnabled;
		return await reply.code(204).send();
	});
	server.post<{ Params: { key: string } }>(
		'/v1.0/users/:key/revokeSignInSessions',
		async ({ params }, reply) => {
			const user = find(params.key);
			if (!user) return await notFound(reply, params.key);
			user.signInSessionsValidFromDateTime = new Date().toISOString();
			return { value: true };
		},
	);
}

/** Returns only the requested properties; without a selection Graph leaves these two out. */
function selected(user: EntraUser, select: string | undefined): Partial<EntraUser> {
	const names = select?.split(',') ?? ['id', 'userPrincipalName', 'mail'];
	return Object.fromEntries(Object.entries(user).filter(([name]) => names.includes(name)));
}

/** `userPrincipalName eq 'x' or mail eq 'x'`, with the doubled quotes of OData. */
function parsedFilter(filter: string) {
	const terms = filter.split(' or ').map((term) => /^(userPrincipalName|mail) eq '((?:[^']|'')*)'$/.exec(term));
	const parsed = terms.flatMap((match) => {
		const property = match?.[1];
		const value = match?.[2];
		if ((property !== 'userPrincipalName' && property !== 'mail') || value === undefined) return [];
		const name: 'userPrincipalName' | 'mail' = property;
		return [{ property: name, value: value.replaceAll("''", "'") }];
	});
	return parsed.length === terms.length ? parsed : undefined;
}

async function notFound(reply: FastifyReply, key: string) {
	return await reply.code(404).send({
		error: {
			code: 'Request_ResourceNotFound',
			message: `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`,
		},
	});
}

/** An error as Microsoft Graph writes it. */
export function graphError(status: number, message: string): unknown {
	const codes: Record<number, string> = { 403: 'Authorization_RequestDenied', 429: 'TooManyRequests' };
	return { error: { code: codes[status] ?? 'UnknownError', message } };
}

/** Whether two names are one, whatever their capitals. */
export const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
