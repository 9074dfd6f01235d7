import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Answer } from '../scim/answer.mts';
import {
	errorAnswer,
	gatewayNotFound,
	passingConflict,
	ScimError,
	writeAnswer,
} from '../scim/answer.mts';
import type { ScimRoute } from '../scim/context.mts';
import { discoveryRoutes } from '../scim/discovery.mts';
import { FirstTries } from '../scim/firstTries.mts';
import { groupRoutes } from '../scim/groups.mts';
import type { Query } from '../scim/list.mts';
import type { ReadLag } from '../scim/readLag.mts';
import { asScimError } from '../scim/refusals.mts';
import { userRoutes } from '../scim/users.mts';
import { SeededRandom } from '../seed/random.mts';
import type { SwitchBoard } from '../switches.mts';
import type { Workspace } from '../workspace/workspace.mts';
import type { Faults } from './faults.mts';
import { RateLimit } from './rateLimit.mts';
import type { RequestLog } from './requestLog.mts';
import type { Body, ServeParts } from './serve.mts';
import { bearerOf, serve, splitUrl } from './serve.mts';

/** Where SCIM lives, as at Notion. */
export const SCIM_PREFIX = '/scim/v2';

export interface ScimServerParts {
	workspace: Workspace;
	board: SwitchBoard;
	faults: Faults;
	log: RequestLog;
	lag: ReadLag;
	seed: number;
}

const everythingElse: ScimRoute = {
	method: 'GET',
	path: '/*',
	handle: () => {
		throw new ScimError(404, 'There is nothing here');
	},
};

/**
 * Adds the SCIM routes to a server. Every request goes through the same steps: faults, the gateway, the rate
 * limit, the token, the route; finally it is added to the request log.
 */
export const addScimRoutes = (server: FastifyInstance, parts: ScimServerParts): void => {
	const { workspace, board, lag, seed } = parts;
	const random = new SeededRandom(seed);
	const rateLimit = new RateLimit();
	const firstTries = new FirstTries();

	const carryOut = (route: ScimRoute, request: FastifyRequest, body: Body | undefined): Answer => {
		const switches = board.current;
		if (switches.gateway404 === 'on') return gatewayNotFound();
		const refused = rateLimit.check(switches.rateLimit, Date.now());
		if (refused) {
			const answer = errorAnswer(new ScimError(refused.status, 'Rate limited'), switches);
			answer.headers['retry-after'] = String(refused.retryAfterSeconds);
			return answer;
		}
		try {
			const creator = tokenCreatorOf(request, workspace);
			if (!creator && route.needsToken !== false) {
				throw new ScimError(switches.invalidTokenStatus, 'The API token is invalid');
			}
			if (body && !body.isJson) {
				throw new ScimError(400, 'The body is not JSON', 'invalidSyntax');
			}
			const isWrite = route.method !== 'GET';
			const isStruck = isWrite && switches.writeConflict === 'firstTry';
			if (isStruck && firstTries.take(route.method, request.url, body?.content)) return passingConflict();
			if (isWrite) lag.keep(workspace, switches, Date.now());
			const answer = route.handle({
				workspace,
				seen: isWrite ? workspace : lag.view(workspace, switches, Date.now()),
				switches,
				random,
				id: idOf(request.params),
				query: queryOf(request.url),
				body: body?.content,
				tokenCreatorId: creator?.id ?? '',
			});
			return isWrite ? writeAnswer(answer, switches) : answer;
		} catch (error) {
			return errorAnswer(asScimError(error, switches), switches);
		}
	};

	const steps: ServeParts = {
		faults: parts.faults,
		log: parts.log,
		errorFor: (status, message) => errorAnswer(new ScimError(status, message), board.current),
		jsonType: () => board.current.contentType,
	};
	const handlerOf = (route: ScimRoute) =>
		serve(steps, SCIM_PREFIX + route.path, (request, body) => carryOut(route, request, body));

	for (const route of [...discoveryRoutes, ...userRoutes, ...groupRoutes]) {
		server.route({ method: route.method, url: SCIM_PREFIX + route.path, handler: handlerOf(route) });
	}
	server.all(`${SCIM_PREFIX}/*`, handlerOf(everythingElse));
};

const tokenCreatorOf = (request: FastifyRequest, workspace: Workspace) => {
	const token = bearerOf(request);
	return token === undefined ? undefined : workspace.tokenCreator(token);
};

const idOf = (params: unknown): string =>
	typeof params === 'object' && params !== null && 'id' in params && typeof params.id === 'string'
		? params.id
		: '';

const queryOf = (url: string): Query => {
	const query: Query = {};
	for (const [name, value] of new URLSearchParams(splitUrl(url)[1] ?? '')) query[name] ??= value;
	return query;
};
