import { fullName } from '../workspace/account.mts';
import type { AdminRoute } from './adminRoute.mts';
import { checkSpace, pageOf } from './adminRoute.mts';

/** Documented: what is listed, the user object with `person.email`, `avatar_url` null, paging. */
export const spaceRoutes: AdminRoute[] = [
	{
		method: 'GET',
		path: '/v1/spaces',
		scope: 'workspace:read',
		handle: ({ workspace, query }) =>
			pageOf([{ id: workspace.id, name: workspace.name }], query, ({ id }) => id),
	},
	{
		method: 'GET',
		path: '/v1/spaces/:space_id/users',
		scope: 'user:read',
		handle: (request) => {
			checkSpace(request, request.param('space_id'));
			const users = request.workspace.members().map(({ id, profile }) => ({
				object: 'user',
				id,
				type: 'person',
				name: fullName(profile.name) ?? null,
				avatar_url: null,
				person: { email: profile.userName },
			}));
			return pageOf(users, request.query, ({ id }) => id);
		},
	},
];
