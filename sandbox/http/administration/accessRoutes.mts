import { z } from 'zod';

import { accessTokenView, accessViews, mcpConnectionView, sessionView } from '../views.mts';
import type { AdministrationRoute } from './administrationRoute.mts';
import { defined } from './defined.mts';

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

const tokenSchema = z.object({ email: z.string() });

/** What lets people and programs in: sessions, personal access tokens, MCP clients and SCIM tokens. */
export const accessRoutes: AdministrationRoute[] = [
	{
		method: 'GET',
		path: '/sessions',
		handle: ({ workspace }) => ({
			sessions: workspace.sessions().map((session) => sessionView(session, workspace)),
		}),
	},
	{
		method: 'POST',
		path: '/sessions',
		handle: ({ workspace }, { body }) => {
			const { email, kind, device } = sessionSchema.parse(body);
			return sessionView(workspace.addSession(email, kind, device), workspace);
		},
	},
	{
		method: 'GET',
		path: '/access',
		handle: ({ workspace }) => ({ access: accessViews(workspace) }),
	},
	{
		method: 'POST',
		path: '/access-tokens',
		handle: ({ workspace }, { body }) => {
			const { email, name } = accessTokenSchema.parse(body);
			return accessTokenView(workspace.access.addPersonalAccessToken(email, name), workspace);
		},
	},
	{
		method: 'POST',
		path: '/mcp-connections',
		handle: ({ workspace }, { body }) => {
			const { email, ...client } = defined(mcpConnectionSchema.parse(body));
			return mcpConnectionView(workspace.access.connectMcpClient(email, client), workspace);
		},
	},
	{
		method: 'GET',
		path: '/tokens',
		handle: ({ workspace }) => ({
			tokens: workspace.tokens().map(({ creatorId, createdAt, revokedAt }) => ({
				creator: workspace.userById(creatorId)?.profile.userName,
				createdAt,
				revokedAt,
			})),
		}),
	},
	{
		method: 'POST',
		path: '/tokens',
		handle: ({ workspace }, { body }) => ({
			token: workspace.addToken(tokenSchema.parse(body).email),
		}),
	},
];
