import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { AccessTokens } from './accessTokens.mts';
import { startVendor, type Vendor } from './accountVendor.mts';
import type { Assignment } from './assignments.mts';
import { DirectoryStaff } from './directoryStaff.mts';
import { directoryRoutes, type EntraDirectory } from './entraDirectory.mts';
import {
	areSessionsRevoked,
	type EntraUser,
	graphError,
	isSame,
	newUser,
	type NewEntraUser,
	userRoutes,
} from './entraUsers.mts';

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
	addUser(user: NewEntraUser): EntraUser;
	/** @param name principal name, in any spelling */
	user(name: string): EntraUser | undefined;
	/** Whether a person's sessions were revoked since the user was added. */
	sessionsRevoked(name: string): boolean;
	/** Every access token that was ever issued. */
	issuedTokens(): readonly string[];
	/** The tokens issued so far are answered with 401 from now on, as after an hour. */
	expireTokens(): void;
}

const tokenRequestSchema = z.object({
	grant_type: z.literal('client_credentials'),
	client_id: z.string(),
	client_secret: z.string(),
	scope: z.literal('https://graph.microsoft.com/.default'),
});

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
	const tokens = new AccessTokens('base64url');

	const vendor = await startVendor((server) => {
		tokenRoute(server, credential, tokens);
		refuseWithoutToken(server, tokens);
		// What n8n asks for to test the credential.
		server.get('/v1.0/', async () => await Promise.resolve({ value: [{ name: 'users', kind: 'EntitySet', url: 'users' }] }));
		userRoutes(server, users, directory);
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
		issuedTokens: () => tokens.issued(),
		credential,
		addUser: (user) => {
			const added = newUser(user);
			users.push(added);
			return added;
		},
		user: (name) => users.find(({ userPrincipalName }) => isSame(userPrincipalName, name)),
		sessionsRevoked(name) {
			const user = users.find(({ userPrincipalName }) => isSame(userPrincipalName, name));
			return user !== undefined && areSessionsRevoked(user);
		},
		expireTokens: () => tokens.expire(),
	};
}

function tokenRoute(server: FastifyInstance, credential: Entra['credential'], tokens: AccessTokens): void {
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
			return { token_type: 'Bearer', expires_in: 3_599, access_token: tokens.issue() };
		},
	);
}

function refuseWithoutToken(server: FastifyInstance, tokens: AccessTokens): void {
	server.addHook('preHandler', async (request, reply) => {
		if (!request.url.startsWith('/v1.0/') || tokens.isValid(bearerOf(request))) return;
		return await reply
			.code(401)
			.send({ error: { code: 'InvalidAuthenticationToken', message: 'Lifetime validation failed, the token is expired.' } });
	});
}

const bearerOf = ({ headers }: FastifyRequest) => (headers.authorization ?? '').replace(/^Bearer /, '');
