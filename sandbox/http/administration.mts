import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { describeSwitches } from '../switches.mts';
import { roles } from '../workspace/account.mts';
import { WorkspaceRefusal } from '../workspace/refusal.mts';
import { faultRuleSchema } from './faults.mts';
import type { HttpServerParts } from './httpServer.mts';
import {
	accessTokenView,
	accessViews,
	groupView,
	mcpConnectionView,
	personView,
	sessionView,
	workspaceView,
} from './views.mts';

const PREFIX = '/sandbox/api';

const personSchema = z
	.object({
		email: z.string(),
		name: z.string().optional(),
		role: z.enum(roles).optional(),
		secondaryEmails: z.array(z.string()).optional(),
		attributes: z.record(z.unknown()).optional(),
		groups: z.array(z.string()).optional(),
	})
	.strict();

const groupSchema = z
	.object({
		displayName: z.string().min(1),
		members: z.array(z.string()).optional(),
		synced: z.boolean().optional(),
		onlyFullAccess: z.boolean().optional(),
	})
	.strict();

const sessionSchema = z
	.object({
		email: z.string(),
		kind: z.enum(['web', 'mobile']).optional(),
		device: z.string().optional(),
	})
	.strict();

const accessTokenSchema = z.object({ email: z.string(), name: z.string().optional() }).strict();

const mcpConnectionSchema = z
	.object({
		email: z.string(),
		clientKey: z.string().optional(),
		clientName: z.string().optional(),
		isEnterpriseManaged: z.boolean().optional(),
	})
	.strict();

/** Leaves out undefined values, for types that know only absent or present. */
type Defined<Shape> = { [Key in keyof Shape]: Exclude<Shape[Key], undefined> };

const isDefined = <Shape extends object>(shape: Shape): shape is Shape & Defined<Shape> =>
	Object.values(shape).every((value) => value !== undefined);

/** Parsed JSON contains no undefined; this tells the compiler so. */
const defined = <Shape extends object>(shape: Shape): Shape & Defined<Shape> => {
	if (isDefined(shape)) return shape;
	throw new TypeError('A value is undefined');
};

type Work = (body: unknown, request: FastifyRequest) => unknown;

/**
 * Adds the API with which tests and demonstrations set up and read a workspace: everything that happens in
 * Notion's own settings, and the sandbox itself. It is reachable from this machine only, without a token.
 */
export const addAdministrationRoutes = (server: FastifyInstance, parts: HttpServerParts): void => {
	const { workspace, board, faults, log, adminLog } = parts;

	const route = (method: string, path: string, work: Work): void => {
		server.route({
			method,
			url: PREFIX + path,
			handler: async (request, reply) => {
				try {
					const { body } = request;
					const content: unknown =
						typeof body === 'string' && body !== '' ? JSON.parse(body) : undefined;
					return await reply.send(work(content, request) ?? { ok: true });
				} catch (error) {
					return refuse(error, reply);
				}
			},
		});
	};

	route('GET', '/state', (_body, request) =>
		workspaceView(
			workspace,
			z.object({ search: z.string().optional() }).parse(request.query).search,
		),
	);
	route('GET', '/people', (_body, request) => {
		const { email } = z.object({ email: z.string() }).parse(request.query);
		const account = workspace.userByEmail(email);
		if (!account) throw new WorkspaceRefusal('unknownPerson', 'No one has this address');
		return { ...personView(account, workspace), privatePages: account.privatePages };
	});
	route('POST', '/members', (body) =>
		personView(workspace.addUser(defined(personSchema.parse(body))), workspace),
	);
	route('POST', '/guests', (body) =>
		personView(workspace.addGuest(defined(personSchema.parse(body))), workspace),
	);
	route('POST', '/people/remove', (body) => {
		const { email } = z.object({ email: z.string() }).parse(body);
		return personView(workspace.removeUser(email), workspace);
	});
	route('POST', '/people/role', (body) => {
		const { email, role } = z.object({ email: z.string(), role: z.enum(roles) }).parse(body);
		return personView(workspace.changeRole(email, role), workspace);
	});
	route('POST', '/people/seed', (body) => {
		const { count } = z.object({ count: z.number().int().min(1).max(200_000) }).parse(body);
		parts.seedPeople(count);
		return { memberCount: workspace.members().length };
	});
	route('GET', '/groups', () => ({
		groups: workspace.groups().map((group) => ({
			...groupView(group, workspace),
			members: workspace.memberEmails(group.id),
		})),
	}));
	route('POST', '/groups', (body) =>
		groupView(workspace.addGroup(defined(groupSchema.parse(body))), workspace),
	);
	route('GET', '/sessions', () => ({
		sessions: workspace.sessions().map((session) => sessionView(session, workspace)),
	}));
	route('POST', '/sessions', (body) => {
		const { email, kind, device } = sessionSchema.parse(body);
		return sessionView(workspace.addSession(email, kind, device), workspace);
	});
	route('GET', '/access', () => ({ access: accessViews(workspace) }));
	route('POST', '/access-tokens', (body) => {
		const { email, name } = accessTokenSchema.parse(body);
		const token = workspace.access.addPersonalAccessToken(email, name);
		return accessTokenView(token, workspace);
	});
	route('POST', '/mcp-connections', (body) => {
		const { email, ...client } = defined(mcpConnectionSchema.parse(body));
		return mcpConnectionView(workspace.access.connectMcpClient(email, client), workspace);
	});
	route('GET', '/tokens', () => ({
		tokens: workspace.tokens().map(({ creatorId, createdAt, revokedAt }) => ({
			creator: workspace.userById(creatorId)?.profile.userName,
			createdAt,
			revokedAt,
		})),
	}));
	route('POST', '/tokens', (body) => {
		const { email } = z.object({ email: z.string() }).parse(body);
		return { token: workspace.addToken(email) };
	});
	route('POST', '/domains', (body) => {
		const { domain } = z.object({ domain: z.string() }).parse(body);
		workspace.verifiedDomains.add(domain.toLowerCase());
	});
	route('GET', '/switches', () => ({ values: board.current, switches: describeSwitches() }));
	route('PATCH', '/switches', (body) => ({
		values: board.set(z.object({}).passthrough().parse(body)),
	}));
	route('GET', '/faults', () => ({ faults: faults.all() }));
	route('POST', '/faults', (body) => {
		faults.add(defined(faultRuleSchema.parse(body)));
	});
	route('DELETE', '/faults', () => {
		faults.clear();
	});
	route('GET', '/requests', (_body, request) => {
		const { last, api } = z
			.object({
				last: z.coerce.number().int().positive().default(200),
				api: z.enum(['scim', 'admin']).default('scim'),
			})
			.parse(request.query);
		const asked = api === 'scim' ? log : adminLog;
		return { total: asked.count(), counters: asked.counters(), requests: asked.latest(last) };
	});
	route('DELETE', '/requests', () => {
		log.clear();
		adminLog.clear();
	});
	route('POST', '/reset', () => {
		parts.reset();
	});
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
