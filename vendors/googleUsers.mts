import { randomInt } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';

import { googleError } from './googleError.mts';

/** https://developers.google.com/workspace/admin/directory/reference/rest/v1/users */
export interface GoogleUser {
	id: string;
	primaryEmail: string;
	aliases: string[];
	suspended: boolean;
	/** What this emulator stores in addition to the API's own answer. */
	signedIn: boolean;
	/** Client ids of the applications that the person has authorised. */
	grants: string[];
}

/** What a test says of a user; the rest is as in a usual account. */
export interface NewGoogleUser {
	primaryEmail: string;
	aliases?: string[];
	suspended?: boolean;
	grants?: string[];
}

const BASE = '/admin/directory/v1/users/:key';
interface OfUser {
	Params: { key: string };
}
interface OfGrant {
	Params: { key: string; clientId: string };
}

export function newUser({
	primaryEmail,
	aliases = [],
	suspended = false,
	grants = ['drive-sync.example'],
}: NewGoogleUser): GoogleUser {
	const id = String(randomInt(10 ** 11, 10 ** 12));
	return { id, primaryEmail, aliases, suspended, signedIn: true, grants };
}

/** The routes that show a single user, suspend them and sign them out. */
export function userRoutes(server: FastifyInstance, users: readonly GoogleUser[]): void {
	server.get<OfUser>(BASE, async ({ params }, reply) => {
		const user = find(users, params.key);
		return user ? shown(user) : await notFound(reply);
	});
	server.patch<OfUser>(BASE, async ({ params, body }, reply) => {
		const user = find(users, params.key);
		if (!user) return await notFound(reply);
		user.suspended = z.object({ suspended: z.boolean() }).strict().parse(body).suspended;
		return shown(user);
	});
	server.post<OfUser>(`${BASE}/signOut`, async ({ params }, reply) => {
		const user = find(users, params.key);
		if (!user) return await notFound(reply);
		user.signedIn = false;
		return await reply.code(204).send();
	});
}

/** The routes that list and end what a user has authorised. */
export function grantRoutes(server: FastifyInstance, users: readonly GoogleUser[]): void {
	server.get<OfUser>(`${BASE}/tokens`, async ({ params }, reply) => {
		const user = find(users, params.key);
		if (!user) return await notFound(reply);
		const kind = 'admin#directory#tokenList';
		// An empty list is left out, as Google leaves it out.
		if (user.grants.length === 0) return { kind };
		return {
			kind,
			items: user.grants.map((clientId) => ({ kind: 'admin#directory#token', clientId, userKey: user.id, displayText: clientId })),
		};
	});
	server.delete<OfGrant>(`${BASE}/tokens/:clientId`, async ({ params }, reply) => {
		const user = find(users, params.key);
		if (!user?.grants.includes(params.clientId)) return await notFound(reply);
		user.grants = user.grants.filter((clientId) => clientId !== params.clientId);
		return await reply.code(204).send();
	});
}

/** Whether two addresses are one, whatever their capitals. */
export const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const find = (users: readonly GoogleUser[], key: string) =>
	users.find(
		({ id, primaryEmail, aliases }) => id === key || [primaryEmail, ...aliases].some((name) => isSame(name, key)),
	);

const shown = ({ id, primaryEmail, aliases, suspended }: GoogleUser) => ({
	kind: 'admin#directory#user',
	id,
	primaryEmail,
	suspended,
	...(aliases.length > 0 ? { aliases } : {}),
});

async function notFound(reply: FastifyReply) {
	return await reply.code(404).send(googleError(404, 'Resource Not Found: userKey'));
}
