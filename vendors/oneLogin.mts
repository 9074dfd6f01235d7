import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { AccessTokens } from './accessTokens.mts';
import { startVendor, type Vendor } from './accountVendor.mts';
import type { Assignment } from './assignments.mts';
import { DirectoryStaff } from './directoryStaff.mts';
import {
	errorBody,
	membershipRoutes,
	NOTION_APP,
	type OneLoginDirectory,
	type OneLoginLists,
	usersRoute,
} from './oneLoginDirectory.mts';

/** The emulated account, for example for acme.onelogin.com. */
export interface OneLogin extends Vendor {
	/** For `vendors` of `startHost`. */
	readonly hosts: Record<string, string>;
	/** What n8n's credential oAuth2Api needs. */
	readonly credential: { clientId: string; clientSecret: string; accessTokenUrl: string };
	/** The people, and their groups, which are roles here; changes show at once. */
	readonly staff: DirectoryStaff;
	/** ID of the Notion app. */
	readonly notionApp: string;
	/** From now on these are assigned to it, and no one else. */
	assign(...assignments: Assignment[]): void;
	/** Deviations of lists from the documentation. */
	setLists(change: Partial<OneLoginLists>): void;
	/** The tokens issued so far are answered with 401 from now on, as after ten hours. */
	expireTokens(): void;
	/** Every access token that was ever issued. */
	issuedTokens(): readonly string[];
}

const tokenRequestSchema = z.object({
	grant_type: z.literal('client_credentials'),
	client_id: z.string().optional(),
	client_secret: z.string().optional(),
});

/**
 * Starts an account.
 *
 * https://developers.onelogin.com/api-docs/2/getting-started/using-query-parameters
 *
 * @param subdomain the part of its address before .onelogin.com
 */
export async function startOneLogin({
	staff = new DirectoryStaff(),
	subdomain = 'acme',
} = {}): Promise<OneLogin> {
	const host = `${subdomain}.onelogin.com`;
	const clientId = randomBytes(16).toString('hex');
	const clientSecret = randomBytes(16).toString('hex');
	const directory: OneLoginDirectory = {
		staff,
		lists: { largestPage: 50, cursors: 'on', miscountedBy: 0, statuses: {} },
		assignments: [],
	};
	const tokens = new AccessTokens('hex');

	const vendor = await startVendor((server) => {
		tokenRoute(server, { clientId, clientSecret }, tokens);
		refuseWithoutToken(server, tokens);
		usersRoute(server, directory);
		membershipRoutes(server, directory);
	}, errorBody);

	return {
		...vendor,
		hosts: { [host]: vendor.url },
		credential: { clientId, clientSecret, accessTokenUrl: `https://${host}/auth/oauth2/v2/token` },
		staff,
		notionApp: String(NOTION_APP),
		assign: (...assignments) => {
			directory.assignments = assignments;
		},
		setLists: (change) => Object.assign(directory.lists, change),
		expireTokens: () => tokens.expire(),
		issuedTokens: () => tokens.issued(),
	};
}

/** The route that gives a token to a client, which may name itself in the header or in the body. */
function tokenRoute(
	server: FastifyInstance,
	{ clientId, clientSecret }: { clientId: string; clientSecret: string },
	tokens: AccessTokens,
): void {
	server.post('/auth/oauth2/v2/token', async ({ headers, body }, reply) => {
		const asked = tokenRequestSchema.safeParse(body);
		const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
		const isKnown =
			asked.success &&
			(headers.authorization === basic ||
				(asked.data.client_id === clientId && asked.data.client_secret === clientSecret));
		if (!isKnown) return await reply.code(401).send(errorBody(401, 'Authentication Failure'));
		return {
			access_token: tokens.issue(),
			created_at: new Date().toISOString(),
			expires_in: 36_000,
			token_type: 'bearer',
			account_id: 555,
		};
	});
}

function refuseWithoutToken(server: FastifyInstance, tokens: AccessTokens): void {
	server.addHook('preHandler', async ({ url, headers }, reply) => {
		const token = /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
		if (!url.startsWith('/api/2/') || tokens.isValid(token)) return;
		return await reply.code(401).send(errorBody(401, 'Unauthorized'));
	});
}
