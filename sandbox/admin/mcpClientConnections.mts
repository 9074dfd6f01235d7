import { z } from 'zod';

import type { McpConnection } from '../workspace/account.mts';
import type { Workspace } from '../workspace/workspace.mts';
import type { AdminRequest, AdminRoute } from './adminRoute.mts';
import { checkSpace, notFound, pageOf, valuesOf } from './adminRoute.mts';

const revokeSchema = z
	.object({ workspace_id: z.string(), user_id: z.string(), client_key: z.string() })
	.strict();

const accessSchema = z
	.object({
		workspace_id: z.string(),
		user_id: z.string(),
		access: z.enum(['allowed', 'denied']),
	})
	.strict();

/** Documented: which member, client and workspaces a row is about. Inferred: the form of a workspace. */
const connectionView = (connection: McpConnection, workspace: Workspace) => ({
	user: { object: 'user', id: connection.accountId },
	client: { key: connection.clientKey, name: connection.clientName, type: 'other' },
	workspaces: [{ id: workspace.id, name: workspace.name }],
	is_enterprise_managed: connection.isEnterpriseManaged,
	...(connection.isEnterpriseManaged ? { idp_issuer: 'https://idp.example.com' } : {}),
	created_at: new Date(connection.startedAt).toISOString(),
	last_active_at: new Date(connection.lastActiveAt).toISOString(),
});

const keyOf = ({ user, client, is_enterprise_managed: isManaged }: ReturnType<typeof connectionView>) =>
	`${user.id} ${client.key} ${isManaged}`;

const running = ({ workspace, query }: AdminRequest) => {
	const users = valuesOf(query, 'user_ids');
	const spaces = valuesOf(query, 'workspace_ids');
	if (spaces.length > 0 && !spaces.includes(workspace.id)) return [];
	const rows = workspace.access
		.mcpConnections()
		.filter(
			({ endedAt, accountId }) =>
				endedAt === null && (users.length === 0 || users.includes(accountId)),
		)
		.map((connection) => connectionView(connection, workspace));
	// Documented: one row for each member, client and kind of governance.
	return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
};

/** Documented: paths, bodies, scopes, and the same 404 for everything that does not exist. */
export const mcpClientConnectionRoutes: AdminRoute[] = [
	{
		method: 'GET',
		path: '/v1/mcp_client_connections',
		scope: 'mcp-client-connection:read',
		handle: (request) => pageOf(running(request), request.query, keyOf),
	},
	{
		method: 'POST',
		path: '/v1/mcp_client_connections/revoke',
		scope: 'mcp-client-connection:write-high-impact',
		handle: (request) => {
			const target = revokeSchema.parse(request.body);
			checkSpace(request, target.workspace_id);
			const ended = request.workspace.access.endMcpConnections(target.user_id, target.client_key);
			if (ended === 0) throw notFound();
			// Documented: that the number is given; its name is inferred.
			return { revoked_token_count: ended };
		},
	},
	{
		method: 'PUT',
		path: '/v1/mcp_client_connections/enterprise_managed_access',
		scope: 'mcp-client-connection:write-high-impact',
		handle: (request) => {
			const target = accessSchema.parse(request.body);
			checkSpace(request, target.workspace_id);
			if (!request.workspace.userById(target.user_id)) throw notFound();
			request.workspace.access.setMcpAccess(target.user_id, target.access);
			// Inferred: no answer is published.
			return target;
		},
	},
];
