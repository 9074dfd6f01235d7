import { type KeyObject, verify } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { AccessTokens } from './accessTokens.mts';
import { mayRead } from './googleDirectory.mts';
import { googleError } from './googleError.mts';

export const ADMIN = 'admin@example.com';
export const SERVICE_ACCOUNT = 'lockdown@example.iam.gserviceaccount.com';
export const SCOPES = [
	'https://www.googleapis.com/auth/admin.directory.user',
	'https://www.googleapis.com/auth/admin.directory.user.security',
];
export const READING_SCOPES = [
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

/** The route that gives a token for a signed assertion. */
export function tokenRoute(server: FastifyInstance, publicKey: KeyObject, tokens: AccessTokens): void {
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
		return { access_token: tokens.issue(scopes), expires_in: 3_599, token_type: 'Bearer' };
	});
}

/** Refuses every other request that has no token, or one whose scopes do not allow it. */
export function refuseWithoutToken(server: FastifyInstance, tokens: AccessTokens): void {
	server.addHook('preHandler', async (request, reply) => {
		if (request.url === '/token') return;
		const scopes = tokens.scopesOf((request.headers.authorization ?? '').replace(/^Bearer /, ''));
		if (scopes && mayRead(request, scopes)) return;
		const message = scopes
			? 'Request had insufficient authentication scopes.'
			: 'Request had invalid authentication credentials.';
		const status = scopes ? 403 : 401;
		return await reply.code(status).send(googleError(status, message));
	});
}
