import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { startVendor, type Vendor } from './accountVendor.mts';
import type { Assignment } from './assignments.mts';
import { DirectoryStaff } from './directoryStaff.mts';
import { directoryRoutes, type EntraDirectory, listUsers } from './entraDirectory.mts';

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

/** The emulated tenant, for graph.microsoft.com and login.microsoftonline.com. */
export interface Entra extends Vendor {
	/** For `vendors` of `startHost`: the true host names, all leading here. */
	readonly hosts: Record<string, string>;
	/** The people and groups that lists give; changes show at once. */
	readonly staff: DirectoryStaff;
	/** Object id of Notion's enterprise application. */
	readonly notionApp: string;
	/** From now on these are assigned to it, and no one else. */
	assign(...assignments: Assignment[]): void;
	/** Deviations of lists from the documentation. */
	setLists(
		change: Partial<Pick<EntraDirectory, 'largestPage' | 'hidden' | 'nextLinks' | 'mayReadLeaveDates' | 'mayReadAll' | 'withoutMail'>>,
	): void;
	/** Fields of n8n's credential microsoftEntraServicePrincipalApi. */
	readonly credential: { tenantId: string; clientId: string; clientSecret: string };
	addUser(user: { userPrincipalName: string; mail?: string; accountEnabled?: boolean }): EntraUser;
	/** @param name principal name, in any spelling */
	user(name: string): EntraUser | undefined;
	/** Whether a person's sessions were revoked since the user was added. */
	sessionsRevoked(name: string): boolean;
	/** Every access token that was ever issued. */
	issuedTokens(): readonly string[];
	/** The tokens issued so far are answered with 401 from now on, as after an hour. */
	expireTokens(): void;
}

const SESSIONS_BEGAN = '2026-01-01T08:00:00Z';

const tokenRequestSchema = z.object({
	grant_type: z.literal('client_credentials'),
	client_id: z.string(),
	client_secret: z.string(),
	scope: z.literal('https://graph.microsoft.com/.default'),
});

const querySchema = z.object({ $filter: z.string().optional(), $select: z.string().optional() });

/**
 * Starts a tenant.
 *
 * @param staff the people that lists return; default: no one. Users that are added are found by filters and ids.
 */
export async function startEntra({ staff = new DirectoryStaff() } = {}): Promise<Entra> {
	const directory: EntraDirectory = {
		staff,
		notionApp: randomUUID(),
		assignments: [],
		largestPage: 999,
		hidden: [],
		nextLinks: 'on',
		mayReadLeaveDates: false,
		mayReadAll: true,
		withoutMail: [],
	};
	const credential = {
		tenantId: randomUUID(),
		clientId: randomUUID(),
		clientSecret: randomBytes(18).toString('base64url'),
	};
	const users: EntraUser[] = [];
	const tokens = new Set<string>();
	const issued: string[] = [];

	const vendor = await startVendor((server) => {
		server.post<{ Params: { tenant: string } }>(
			'/:tenant/oauth2/v2.0/token',
			async ({ params, body }, reply) => {
				const asked = tokenRequestSchema.safeParse(body);
				const isKnown =
					asked.success &&
					params.tenant === credential.tenantId &&
					asked.data.client_id === credential.clientId &&
					asked.data.client_secret === credential.clientSecret;
				if (!isKnown) return await reply.code(401).send({ error: 'invalid_client' });
				const token = randomBytes(24).toString('base64url');
				tokens.add(token);
				issued.push(token);
				return { token_type: 'Bearer', expires_in: 3_599, access_token: token };
			},
		);
		graphRoutes(server, users, directory, (request) => tokens.has(bearerOf(request)));
		directoryRoutes(server, directory);
	}, graphError);

	return {
		...vendor,
		hosts: { 'graph.microsoft.com': vendor.url, 'login.microsoftonline.com': vendor.url },
		staff,
		notionApp: directory.notionApp,
		assign: (...assignments) => {
			directory.assignments = assignments;
		},
		setLists: (change) => Object.assign(directory, change),
		issuedTokens: () => issued,
		credential,
		addUser({ userPrincipalName, mail = userPrincipalName, accountEnabled = true }) {
			const user: EntraUser = {
				id: randomUUID(),
				userPrincipalName,
				mail,
				accountEnabled,
				signInSessionsValidFromDateTime: SESSIONS_BEGAN,
			};
			users.push(user);
			return user;
		},
		user: (name) => users.find(({ userPrincipalName }) => isSame(userPrincipalName, name)),
		sessionsRevoked(name) {
			const user = users.find(({ userPrincipalName }) => isSame(userPrincipalName, name));
			return user !== undefined && user.signInSessionsValidFromDateTime !== SESSIONS_BEGAN;
		},
		expireTokens: () => tokens.clear(),
	};
}

function graphRoutes(
	server: FastifyInstance,
	users: EntraUser[],
	directory: EntraDirectory,
	isAllowed: (request: FastifyRequest) => boolean,
): void {
	server.addHook('preHandler', async (request, reply) => {
		if (!request.url.startsWith('/v1.0/') || isAllowed(request)) return;
		return await reply
			.code(401)
			.send({ error: { code: 'InvalidAuthenticationToken', message: 'Lifetime validation failed, the token is expired.' } });
	});
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

function graphError(status: number, message: string): unknown {
	const codes: Record<number, string> = { 403: 'Authorization_RequestDenied', 429: 'TooManyRequests' };
	return { error: { code: codes[status] ?? 'UnknownError', message } };
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const bearerOf = ({ headers }: FastifyRequest) => (headers.authorization ?? '').replace(/^Bearer /, '');
