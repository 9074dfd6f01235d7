import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';

import { WorkspaceRefusal } from '../../workspace/refusal.mts';
import type { HttpServerParts } from '../httpServer.mts';
import { accessRoutes } from './accessRoutes.mts';
import { emulationRoutes } from './emulationRoutes.mts';
import { groupRoutes } from './groupRoutes.mts';
import { peopleRoutes } from './peopleRoutes.mts';
import { workspaceRoutes } from './workspaceRoutes.mts';

const PREFIX = '/sandbox/api';

const routes = [
	...workspaceRoutes,
	...peopleRoutes,
	...groupRoutes,
	...accessRoutes,
	...emulationRoutes,
];

/**
 * Adds the API with which tests and demonstrations set up and read a workspace: everything that happens in
 * Notion's own settings, and the sandbox itself. It is reachable from this machine only, without a token.
 */
export const addAdministrationRoutes = (server: FastifyInstance, parts: HttpServerParts): void => {
	for (const { method, path, handle } of routes) {
		server.route({
			method,
			url: PREFIX + path,
			handler: async ({ body: text, query }, reply) => {
				try {
					const body: unknown =
						typeof text === 'string' && text !== '' ? JSON.parse(text) : undefined;
					return await reply.send(handle(parts, { body, query }) ?? { ok: true });
				} catch (error) {
					return refuse(error, reply);
				}
			},
		});
	}
};

const refuse = (error: unknown, reply: FastifyReply) => {
	if (error instanceof z.ZodError || error instanceof SyntaxError) {
		return reply.code(400).send({ error: error.message });
	}
	if (error instanceof WorkspaceRefusal) {
		return reply.code(409).send({ error: error.message, reason: error.reason });
	}
	throw error;
};
