import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Faults } from '../http/faults.mts';
import type { RequestLog } from '../http/requestLog.mts';
import type { Body, ServeParts } from '../http/serve.mts';
import { bearerOf, serve, splitUrl } from '../http/serve.mts';
import type { Answer } from '../scim/answer.mts';
import { gatewayNotFound } from '../scim/answer.mts';
import type { SwitchBoard } from '../switches.mts';
import type { Workspace } from '../workspace/workspace.mts';
import { AdminError, adminErrorAnswer, adminJson, asAdminError } from './adminError.mts';
import type { AdminRoute } from './adminRoute.mts';
import type { AdminTokens } from './adminTokens.mts';
import { managedUserRoutes } from './managedUsers.mts';
import { mcpClientConnectionRoutes } from './mcpClientConnections.mts';
import { personalAccessTokenRoutes } from './personalAccessTokens.mts';
import { spaceRoutes } from './spaces.mts';

/** Where the Admin API lives, as at Notion. */
export const ADMIN_PREFIX = '/admin';

/** The only version that the reference names. */
export const ADMIN_VERSION = '2026-06-01';

export interface AdminServerParts {
	workspace: Workspace;
	board: SwitchBoard;
	faults: Faults;
	adminTokens: AdminTokens;
	/** Its requests are counted separately from those of SCIM. */
	adminLog: RequestLog;
}

const routes = [
	...managedUserRoutes,
	...spaceRoutes,
	...personalAccessTokenRoutes,
	...mcpClientConnectionRoutes,
];

/**
 * Adds Notion's Admin API: what an organization can do and SCIM cannot (developers.notion.com,
 * "Admin API"). Only what ends a person's access is emulated.
 */
export const addAdminRoutes = (server: FastifyInstance, parts: AdminServerParts): void => {
	const { workspace, board, adminTokens } = parts;

	const carryOut = (
		route: AdminRoute | undefined,
		request: FastifyRequest,
		body: Body | undefined,
	): Answer => {
		if (board.current.gateway404 === 'on') return gatewayNotFound();
		try {
			const scopes = adminTokens.scopesOf(bearerOf(request) ?? '');
			if (!scopes) throw new AdminError(401, 'The token is not valid');
			if (request.headers['notion-version'] !== ADMIN_VERSION) {
				throw new AdminError(400, `The header Notion-Version must be ${ADMIN_VERSION}`);
			}
			if (!route) throw new AdminError(404, 'There is nothing here');
			if (!scopes.has(route.scope)) {
				throw new AdminError(403, `The token lacks the scope ${route.scope}`);
			}
			if (body && !body.isJson) throw new AdminError(400, 'The body is not JSON');
			const answer = route.handle({
				workspace,
				param: (name) => paramOf(request.params, name),
				query: new URLSearchParams(splitUrl(request.url)[1] ?? ''),
				body: body?.content,
			});
			return adminJson(200, answer);
		} catch (error) {
			return adminErrorAnswer(asAdminError(error));
		}
	};

	const steps: ServeParts = {
		faults: parts.faults,
		log: parts.adminLog,
		errorFor: (status, message) => adminErrorAnswer(new AdminError(status, message)),
		jsonType: () => 'application/json; charset=utf-8',
	};
	const handlerOf = (route: AdminRoute | undefined, path: string) =>
		serve(steps, ADMIN_PREFIX + path, (request, body) => carryOut(route, request, body));

	for (const route of routes) {
		const { method, path } = route;
		server.route({ method, url: ADMIN_PREFIX + path, handler: handlerOf(route, path) });
	}
	server.all(`${ADMIN_PREFIX}/*`, handlerOf(undefined, '/*'));
};

const paramOf = (params: unknown, name: string): string => {
	const value: unknown =
		typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
	return typeof value === 'string' ? value : '';
};
