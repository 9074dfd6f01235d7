import type { PersonalAccessToken } from '../workspace/account.mts';
import { fullName } from '../workspace/account.mts';
import type { Workspace } from '../workspace/workspace.mts';
import type { AdminRoute } from './adminRoute.mts';
import { checkSpace, notFound, pageOf, valuesOf } from './adminRoute.mts';

const statusOf = ({ revokedAt, expiresAt }: PersonalAccessToken): string => {
	if (revokedAt !== null) return 'revoked';
	return expiresAt !== null && expiresAt <= Date.now() ? 'expired' : 'active';
};

/** Documented: `id`, a name, the creator, a status, never a value. Inferred: the other names. */
const tokenView = (token: PersonalAccessToken, workspace: Workspace) => {
	const profile = workspace.userById(token.accountId)?.profile;
	return {
		id: token.id,
		name: token.name,
		status: statusOf(token),
		creator: {
			object: 'user',
			id: token.accountId,
			name: (profile && fullName(profile.name)) ?? null,
			email: profile?.userName ?? null,
		},
		created_at: new Date(token.createdAt).toISOString(),
		expires_at: token.expiresAt === null ? null : new Date(token.expiresAt).toISOString(),
	};
};

/** Documented: the paths, the filters, the scopes, and that revoking again changes nothing. */
export const personalAccessTokenRoutes: AdminRoute[] = [
	{
		method: 'GET',
		path: '/v1/spaces/:space_id/personal_access_tokens',
		scope: 'personal-access-token:read',
		handle: (request) => {
			const { workspace, query } = request;
			checkSpace(request, request.param('space_id'));
			const creators = valuesOf(query, 'creator_ids');
			const statuses = valuesOf(query, 'status');
			const search = query.get('search') ?? '';
			const found = workspace.access
				.personalAccessTokens()
				.map((token) => tokenView(token, workspace))
				.filter(
					({ name, status, creator }) =>
						(creators.length === 0 || creators.includes(creator.id)) &&
						(statuses.length === 0 || statuses.includes(status)) &&
						name.toLowerCase().includes(search.toLowerCase()),
				);
			return pageOf(found, query, ({ id }) => id);
		},
	},
	{
		method: 'DELETE',
		path: '/v1/spaces/:space_id/personal_access_tokens/:bot_id',
		scope: 'personal-access-token:write-high-impact',
		handle: (request) => {
			checkSpace(request, request.param('space_id'));
			const { access } = request.workspace;
			const id = request.param('bot_id');
			if (!access.personalAccessTokenById(id)) throw notFound();
			access.revokePersonalAccessToken(id);
			return {};
		},
	},
];
