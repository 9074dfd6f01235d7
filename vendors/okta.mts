import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';

import { startVendor, type Vendor } from './accountVendor.mts';
import type { Assignment } from './assignments.mts';
import { DirectoryStaff } from './directoryStaff.mts';
import { directoryRoutes, listUsers, type OktaDirectory } from './oktaDirectory.mts';

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/ */
export type OktaStatus =
	| 'STAGED'
	| 'PROVISIONED'
	| 'ACTIVE'
	| 'RECOVERY'
	| 'PASSWORD_EXPIRED'
	| 'LOCKED_OUT'
	| 'SUSPENDED'
	| 'DEPROVISIONED';

export interface OktaUser {
	id: string;
	status: OktaStatus;
	profile: { login: string; email: string };
	/** What this emulator stores in addition to the API's own answer. */
	sessions: number;
	oauthTokens: number;
}

/** What a test says of a user; the rest is as in a usual account. */
interface NewOktaUser {
	login: string;
	email?: string;
	status?: OktaStatus;
}

/** The emulated organisation, for example for example.okta.com. */
export interface Okta extends Vendor {
	/** What n8n's credential oktaApi has as its access token. */
	readonly accessToken: string;
	/** For `vendors` of `startHost`. */
	readonly hosts: Record<string, string>;
	/** The people and groups that lists give; changes show at once. */
	readonly staff: DirectoryStaff;
	/** ID of the Notion app. */
	readonly notionApp: string;
	/** From now on these are assigned to it, and no one else. */
	assign(...assignments: Assignment[]): void;
	/** Deviations of lists from the documentation. */
	setLists(change: Partial<Pick<OktaDirectory, 'largestPage' | 'nextLinks' | 'statuses'>>): void;
	addUser(user: NewOktaUser): OktaUser;
	user(login: string): OktaUser | undefined;
}

interface OfUser {
	Params: { key: string };
}

/**
 * Starts an organisation.
 *
 * @param staff the people that lists return; default: no one. Users that are added are found by filters and ids.
 * @param site its true address
 */
export async function startOkta({
	staff = new DirectoryStaff(),
	site = 'https://example.okta.com',
} = {}): Promise<Okta> {
	const directory: OktaDirectory = {
		site,
		staff,
		notionApp: '0oanotion0000000001d7',
		assignments: [],
		largestPage: 200,
		nextLinks: 'on',
		statuses: {},
	};
	const accessToken = randomBytes(24).toString('base64url');
	const users: OktaUser[] = [];

	const vendor = await startVendor((server) => {
		refuseOtherTokens(server, accessToken);
		// What n8n asks for to test the credential.
		server.get('/api/v1/api-tokens', async () => await Promise.resolve([]));
		directoryRoutes(server, directory);
		searchRoute(server, users, directory);
		userRoutes(server, users);
	}, oktaError);

	return {
		...vendor,
		hosts: { [new URL(site).hostname]: vendor.url },
		accessToken,
		staff,
		notionApp: directory.notionApp,
		assign: (...assignments) => {
			directory.assignments = assignments;
		},
		setLists: (change) => Object.assign(directory, change),
		addUser: (user) => {
			const added = newUser(user);
			users.push(added);
			return added;
		},
		user: (login) => users.find(({ profile }) => isSame(profile.login, login)),
	};
}

function newUser({ login, email = login, status = 'ACTIVE' }: NewOktaUser): OktaUser {
	return {
		id: `00u${randomBytes(8).toString('hex')}0`,
		status,
		profile: { login, email },
		sessions: 2,
		oauthTokens: 1,
	};
}

function refuseOtherTokens(server: FastifyInstance, accessToken: string): void {
	server.addHook('preHandler', async ({ headers }, reply) => {
		if (headers.authorization === `SSWS ${accessToken}`) return;
		return await reply.code(401).send(oktaError(401, 'Invalid token provided', 'E0000011'));
	});
}

/** The route that lists all people, or finds users by name or address. */
function searchRoute(server: FastifyInstance, users: readonly OktaUser[], directory: OktaDirectory): void {
	server.get('/api/v1/users', async (request, reply) => {
		const listed = listUsers(directory, request, reply);
		if (listed !== undefined) return listed;
		const { filter } = z.object({ filter: z.string() }).parse(request.query);
		const wanted = parsedFilter(filter);
		if (wanted === undefined) {
			return await reply.code(400).send(oktaError(400, 'Invalid search criteria.', 'E0000031'));
		}
		const found = users.filter(
			({ profile, status }) =>
				status !== 'DEPROVISIONED' &&
				wanted.some(({ property, value }) => isSame(profile[property], value)),
		);
		return found.map(shown);
	});
}

/** The routes that show a single user, suspend them and end their sessions. */
function userRoutes(server: FastifyInstance, users: readonly OktaUser[]): void {
	const find = (key: string) => users.find(({ id, profile }) => id === key || isSame(profile.login, key));

	server.get<OfUser>('/api/v1/users/:key', async ({ params }, reply) => {
		const user = find(params.key);
		return user ? shown(user) : await notFound(reply, params.key);
	});
	server.post<OfUser>('/api/v1/users/:key/lifecycle/suspend', async ({ params }, reply) => {
		const user = find(params.key);
		if (!user) return await notFound(reply, params.key);
		if (user.status !== 'ACTIVE') {
			const summary = 'Cannot suspend a user that is not active';
			return await reply.code(400).send(oktaError(400, summary, 'E0000001'));
		}
		user.status = 'SUSPENDED';
		return {};
	});
	server.delete<OfUser>('/api/v1/users/:key/sessions', async ({ params, query }, reply) => {
		const user = find(params.key);
		if (!user) return await notFound(reply, params.key);
		user.sessions = 0;
		if (z.object({ oauthTokens: z.string().optional() }).parse(query).oauthTokens === 'true') {
			user.oauthTokens = 0;
		}
		return await reply.code(204).send();
	});
}

/** `profile.login eq "x" or profile.email eq "x"` */
function parsedFilter(filter: string) {
	const terms = filter.split(' or ').map((term) => /^profile\.(login|email) eq "((?:[^"\\]|\\.)*)"$/.exec(term));
	const parsed = terms.flatMap((match) => {
		const property = match?.[1];
		const value = match?.[2];
		if ((property !== 'login' && property !== 'email') || value === undefined) return [];
		const name: 'login' | 'email' = property;
		return [{ property: name, value: value.replace(/\\(.)/g, '$1') }];
	});
	return parsed.length === terms.length ? parsed : undefined;
}

const shown = ({ id, status, profile }: OktaUser) => ({ id, status, profile });

async function notFound(reply: FastifyReply, key: string) {
	return await reply.code(404).send(oktaError(404, `Not found: Resource not found: ${key} (User)`, 'E0000007'));
}

function oktaError(status: number, errorSummary: string, errorCode = codes[status] ?? 'E0000009') {
	return { errorCode, errorSummary, errorLink: errorCode, errorId: `oae${status}`, errorCauses: [] };
}

const codes: Record<number, string> = { 403: 'E0000006', 429: 'E0000047' };

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
