import { generateKeyPairSync, randomBytes, randomInt, verify } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

import { startVendor, type Vendor } from './accountVendor.mts';
import { DirectoryStaff } from './directoryStaff.mts';
import { directoryRoutes, type GoogleDirectory, mayRead } from './googleDirectory.mts';

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

/** The emulated Workspace, for admin.googleapis.com and oauth2.googleapis.com. */
export interface Google extends Vendor {
	/** For `vendors` of `startHost`: the true host names, all leading here. */
	readonly hosts: Record<string, string>;
	/** The people and groups that lists give; changes show at once. */
	readonly staff: DirectoryStaff;
	/** Deviations of lists from the documentation. */
	setLists(change: Partial<Omit<GoogleDirectory, 'staff'>>): void;
	/** Fields of n8n's credential googleApi for reading lists only. */
	readonly readingCredential: Record<string, string | boolean>;
	/** Fields of n8n's credential googleApi for the lockdown, set up for use in the node HTTP Request. */
	readonly credential: Record<string, string | boolean>;
	/** Every access token that was ever issued. */
	issuedTokens(): readonly string[];
	addUser(user: { primaryEmail: string; aliases?: string[]; suspended?: boolean; grants?: string[] }): GoogleUser;
	user(primaryEmail: string): GoogleUser | undefined;
}

const ADMIN = 'admin@example.com';
const SERVICE_ACCOUNT = 'lockdown@example.iam.gserviceaccount.com';
const SCOPES = [
	'https://www.googleapis.com/auth/admin.directory.user',
	'https://www.googleapis.com/auth/admin.directory.user.security',
];
const READING_SCOPES = [
	'https://www.googleapis.com/auth/admin.directory.user.readonly',
	'https://www.googleapis.com/auth/admin.directory.group.readonly',
];
/** The scopes that the administrator has granted to the service account. */
const DELEGATED = [...SCOPES, ...READING_SCOPES];

const assertionSchema = z.object({
	iss: z.literal(SERVICE_ACCOUNT),
	sub: z.literal(ADMIN),
	scope: z.string(),
	aud: z.literal('https://oauth2.googleapis.com/token'),
	exp: z.number(),
});

/**
 * Starts a Workspace.
 *
 * @param staff the people that lists return; default: no one. Users that are added are found by address.
 */
export async function startGoogle({ staff = new DirectoryStaff() } = {}): Promise<Google> {
	const directory: GoogleDirectory = {
		staff,
		largestPage: 500,
		nextPages: 'on',
		archived: [],
		groupsOfAll: [],
	};
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
	const users: GoogleUser[] = [];
	/** By token: its scopes. */
	const tokens = new Map<string, string[]>();
	const issued: string[] = [];

	const vendor = await startVendor((server) => {
		server.post('/token', async ({ body }, reply) => {
			const { assertion } = z.object({ assertion: z.string() }).parse(body);
			const [header = '', claims = '', signature = ''] = assertion.split('.');
			const isGenuine = verify(
				'RSA-SHA256',
				Buffer.from(`${header}.${claims}`),
				publicKey,
				Buffer.from(signature, 'base64url'),
			);
			const asked = assertionSchema.safeParse(JSON.parse(Buffer.from(claims, 'base64url').toString()));
			const scopes = asked.success ? asked.data.scope.split(' ') : [];
			const isDelegated = scopes.length > 0 && scopes.every((scope) => DELEGATED.includes(scope));
			if (!isGenuine || !isDelegated) {
				return await reply.code(401).send({ error: 'unauthorized_client' });
			}
			const token = randomBytes(24).toString('base64url');
			tokens.set(token, scopes);
			issued.push(token);
			return { access_token: token, expires_in: 3_599, token_type: 'Bearer' };
		});

		server.addHook('preHandler', async (request, reply) => {
			if (request.url === '/token') return;
			const scopes = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
			if (scopes && mayRead(request, scopes)) return;
			const message = scopes
				? 'Request had insufficient authentication scopes.'
				: 'Request had invalid authentication credentials.';
			const status = scopes ? 403 : 401;
			return await reply.code(status).send(googleError(status, message));
		});
		directoryRoutes(server, directory);
		const find = (key: string) =>
			users.find(
				({ id, primaryEmail, aliases }) => id === key || [primaryEmail, ...aliases].some((name) => isSame(name, key)),
			);
		const base = '/admin/directory/v1/users/:key';

		server.get<{ Params: { key: string } }>(base, async ({ params }, reply) => {
			const user = find(params.key);
			return user ? shown(user) : await notFound(reply);
		});
		server.patch<{ Params: { key: string } }>(base, async ({ params, body }, reply) => {
			const user = find(params.key);
			if (!user) return await notFound(reply);
			user.suspended = z.object({ suspended: z.boolean() }).strict().parse(body).suspended;
			return shown(user);
		});
		server.post<{ Params: { key: string } }>(`${base}/signOut`, async ({ params }, reply) => {
			const user = find(params.key);
			if (!user) return await notFound(reply);
			user.signedIn = false;
			return await reply.code(204).send();
		});
		server.get<{ Params: { key: string } }>(`${base}/tokens`, async ({ params }, reply) => {
			const user = find(params.key);
			if (!user) return await notFound(reply);
			const kind = 'admin#directory#tokenList';
			// An empty list is left out, as Google leaves it out.
			if (user.grants.length === 0) return { kind };
			return {
				kind,
				items: user.grants.map((clientId) => ({ kind: 'admin#directory#token', clientId, userKey: user.id, displayText: clientId })),
			};
		});
		server.delete<{ Params: { key: string; clientId: string } }>(
			`${base}/tokens/:clientId`,
			async ({ params }, reply) => {
				const user = find(params.key);
				if (!user?.grants.includes(params.clientId)) return await notFound(reply);
				user.grants = user.grants.filter((clientId) => clientId !== params.clientId);
				return await reply.code(204).send();
			},
		);
	}, googleError);

	const credential = {
		email: SERVICE_ACCOUNT,
		privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		inpersonate: true,
		delegatedEmail: ADMIN,
		httpNode: true,
	};
	return {
		...vendor,
		issuedTokens: () => issued,
		hosts: { 'admin.googleapis.com': vendor.url, 'oauth2.googleapis.com': vendor.url },
		staff,
		setLists: (change) => Object.assign(directory, change),
		credential: { ...credential, scopes: SCOPES.join(' ') },
		readingCredential: { ...credential, scopes: READING_SCOPES.join(' ') },
		addUser({ primaryEmail, aliases = [], suspended = false, grants = ['drive-sync.example'] }) {
			const id = String(randomInt(10 ** 11, 10 ** 12));
			const user: GoogleUser = { id, primaryEmail, aliases, suspended, signedIn: true, grants };
			users.push(user);
			return user;
		},
		user: (name) => users.find(({ primaryEmail }) => isSame(primaryEmail, name)),
	};
}

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

function googleError(status: number, message: string): unknown {
	const reasons: Record<number, string> = { 403: 'forbidden', 404: 'notFound', 429: 'rateLimitExceeded' };
	const reason = reasons[status] ?? 'backendError';
	return { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } };
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
