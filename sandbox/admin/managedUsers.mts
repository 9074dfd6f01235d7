import { z } from 'zod';

import type { AdminRoute } from './adminRoute.mts';
import { notFound } from './adminRoute.mts';

const bodySchema = z
	.object({ user: z.object({ type: z.literal('email'), email: z.string() }).strict() })
	.strict();

/**
 * Documented: request, answer, scope, and that only managed users are covered, which are accounts of a
 * verified domain (Notion help, "Admin APIs for Enterprise organizations"). Inferred: 404 for all others. The
 * reference has a second way to name the user, which is not emulated.
 */
export const managedUserRoutes: AdminRoute[] = [
	{
		method: 'POST',
		path: '/v1/managed_users/revoke_session',
		scope: 'managed-user-session:write',
		handle: ({ workspace, body }) => {
			const { email } = bodySchema.parse(body).user;
			const account = workspace.userByEmail(email);
			if (!account || !workspace.hasVerifiedDomain(account)) throw notFound();
			workspace.endSessions(account.id);
			return { status: 'revoked' };
		},
	},
];
