import { isIP } from 'node:net';

import sse from '@fastify/sse';
import fastify from 'fastify';

import type { AdminServerParts } from '../admin/adminServer.mts';
import { addAdminRoutes } from '../admin/adminServer.mts';
import { addAdministrationRoutes } from './administration/administration.mts';
import { addLiveEvents } from './liveEvents.mts';
import { addPageRoutes } from './page.mts';
import type { ScimServerParts } from './scimServer.mts';
import { addScimRoutes } from './scimServer.mts';

const HOST = '127.0.0.1';

/** Large enough for one PATCH that names every member of a large group. */
const BODY_LIMIT = 64 * 1024 * 1024;

export interface HttpServerParts extends ScimServerParts, AdminServerParts {
	port: number;
	reset: () => void;
	seedPeople: (count: number) => void;
}

/** Whether a Host header names this machine itself, so that no web page can direct a browser here. */
const isLocal = (host: string | undefined): boolean => {
	const name = host?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') ?? '';
	return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
};

/** Starts SCIM, Notion's Admin API, the sandbox's own API and the live page on 127.0.0.1. */
export const startHttpServer = async (
	parts: HttpServerParts,
): Promise<{ url: string; close: () => Promise<void> }> => {
	const server = fastify({
		bodyLimit: BODY_LIMIT,
		forceCloseConnections: true,
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: 2000 },
	});
	// The handlers parse bodies themselves: an unreadable one is answered as SCIM does, and only after the
	// token was checked.
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
		done(null, body);
	});
	await server.register(sse, { heartbeatInterval: 15_000 });

	addScimRoutes(server, parts);
	addAdminRoutes(server, parts);
	const live = addLiveEvents(server, parts);
	addAdministrationRoutes(server, parts);
	addPageRoutes(server);

	server.addHook('onRequest', async (request, reply) => {
		const isSandboxOnly = !/^\/(scim|admin)\//.test(request.url);
		const origin = request.headers.origin;
		const isForeign =
			!isLocal(request.headers.host) ||
			(origin !== undefined && origin !== `http://${request.headers.host ?? ''}`);
		if (isSandboxOnly && isForeign) {
			return reply.code(403).send({ error: 'Only for this machine' });
		}
		return undefined;
	});

	await server.listen({ host: HOST, port: parts.port });
	const address = server.server.address();
	const port = typeof address === 'object' && address ? address.port : parts.port;
	return {
		url: `http://${HOST}:${port}`,
		close: async () => {
			live.close();
			await server.close();
		},
	};
};
