import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Answer } from '../scim/answer.mts';
import { errorAnswer, gatewayNotFound, ScimError } from '../scim/answer.mts';
import type { ScimRoute } from '../scim/context.mts';
import { discoveryRoutes } from '../scim/discovery.mts';
import { groupRoutes } from '../scim/groups.mts';
import type { Query } from '../scim/list.mts';
import { asScimError } from '../scim/refusals.mts';
import { userRoutes } from '../scim/users.mts';
import { SeededRandom } from '../seed/random.mts';
import type { SwitchBoard } from '../switches.mts';
import type { Workspace } from '../workspace/workspace.mts';
import type { Faults, Strike } from './faults.mts';
import { RateLimit } from './rateLimit.mts';
import type { RequestLog } from './requestLog.mts';

/** Where SCIM lives, as at Notion. */
export const SCIM_PREFIX = '/scim/v2';

export interface ScimServerParts {
	workspace: Workspace;
	board: SwitchBoard;
	faults: Faults;
	log: RequestLog;
	seed: number;
}

/** A request that could not be parsed still has to pass authentication first. */
type Body = { isJson: true; content: unknown } | { isJson: false; content: string };

const readBody = (text: unknown): Body | undefined => {
	if (typeof text !== 'string' || text === '') return undefined;
	try {
		const content: unknown = JSON.parse(text);
		return { isJson: true, content };
	} catch {
		return { isJson: false, content: text };
	}
};

const everythingElse: ScimRoute = {
	method: 'GET',
	path: '/*',
	handle: () => {
		throw new ScimError(404, 'There is nothing here');
	},
};

/**
 * Adds the SCIM routes to a server. A request goes through the same steps whatever it asks for:
 * faults, the gateway, the rate limit, the token, the route; and ends up in the request log.
 */
export const addScimRoutes = (server: FastifyInstance, parts: ScimServerParts): void => {
	const { workspace, board, faults, log, seed } = parts;
	const random = new SeededRandom(seed);
	const rateLimit = new RateLimit();

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
			return route.handle({
				workspace,
				switches,
				random,
				id: idOf(request.params),
				query: queryOf(request.url),
				body: body?.content,
				tokenCreatorId: creator?.id ?? '',
			});
		} catch (error) {
			return errorAnswer(asScimError(error, switches), switches);
		}
	};

	const serve =
		(route: ScimRoute) =>
		async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
			const time = Date.now();
			const started = performance.now();
			const [path = '', query = ''] = splitUrl(request.url);
			const body = readBody(request.body);
			const record = (status: number | null) => {
				log.add({
					time,
					method: request.method,
					path,
					template: SCIM_PREFIX + route.path,
					query,
					status,
					durationMs: Math.round((performance.now() - started) * 100) / 100,
					...(body ? { body: body.content } : {}),
				});
			};

			const strike = faults.strike({ method: request.method, path, query });
			if (strike.delayMs > 0) await delay(strike.delayMs);
			if (strike.cutConnection === 'before') return cut(reply, record);
			const answer = struckAnswer(strike, parts) ?? carryOut(route, request, body);
			if (strike.cutConnection === 'after') return cut(reply, record);
			if (strike.truncateBody !== undefined) {
				return truncate(reply, answer, strike.truncateBody, record);
			}
			record(answer.status);
			return reply.code(answer.status).headers(answer.headers).send(answer.body);
		};

	for (const route of [...discoveryRoutes, ...userRoutes, ...groupRoutes]) {
		server.route({ method: route.method, url: SCIM_PREFIX + route.path, handler: serve(route) });
	}
	server.all(`${SCIM_PREFIX}/*`, serve(everythingElse));
};

const tokenCreatorOf = (request: FastifyRequest, workspace: Workspace) => {
	const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
	return token === undefined ? undefined : workspace.tokenCreator(token);
};

const idOf = (params: unknown): string =>
	typeof params === 'object' && params !== null && 'id' in params && typeof params.id === 'string'
		? params.id
		: '';

const splitUrl = (url: string): string[] => {
	const mark = url.indexOf('?');
	return mark < 0 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
};

const queryOf = (url: string): Query => {
	const query: Query = {};
	for (const [name, value] of new URLSearchParams(splitUrl(url)[1] ?? '')) query[name] ??= value;
	return query;
};

const struckAnswer = ({ answer }: Strike, { board }: ScimServerParts): Answer | undefined => {
	if (!answer) return undefined;
	const { status, body, headers } = answer;
	const usual = errorAnswer(new ScimError(status, 'A fault was asked for'), board.current);
	if (body === undefined) return { ...usual, headers: { ...usual.headers, ...headers } };
	return {
		status,
		headers: {
			'content-type':
				typeof body === 'string' ? 'text/plain; charset=utf-8' : board.current.contentType,
			...headers,
		},
		body: typeof body === 'string' ? body : JSON.stringify(body),
	};
};

const cut = (reply: FastifyReply, record: (status: null) => void): FastifyReply => {
	record(null);
	reply.hijack();
	reply.raw.destroy();
	return reply;
};

/** Announces the whole body, sends the beginning of it, and closes the connection. */
const truncate = (
	reply: FastifyReply,
	answer: Answer,
	kept: true | number,
	record: (status: number) => void,
): FastifyReply => {
	record(answer.status);
	const body = Buffer.from(answer.body ?? '');
	const length = kept === true ? Math.floor(body.length / 2) : Math.min(kept, body.length);
	reply.hijack();
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
	reply.raw.write(body.subarray(0, length), () => reply.raw.destroy());
	return reply;
};
