import type {
	Account,
	Group,
	McpConnection,
	PersonalAccessToken,
	Session,
} from '../workspace/account.mts';
import { fullName } from '../workspace/account.mts';
import type { Workspace } from '../workspace/workspace.mts';

/** Maximum number of rows of a table on the page. */
const MAX_ROWS = 200;

/** Members of a group that the page names. */
const MAX_NAMES = 12;

export const personView = (account: Account, workspace: Workspace) => ({
	id: account.id,
	name: fullName(account.profile.name) ?? null,
	email: account.profile.userName,
	secondaryEmails: account.profile.secondaryEmails,
	membership: account.membership,
	role: account.role,
	groups: workspace.groupNames(account.id),
	since: account.memberSince,
});

export const groupView = (group: Group, workspace: Workspace) => ({
	id: group.id,
	name: group.displayName,
	synced: group.synced,
	onlyFullAccess: group.onlyFullAccess,
	memberCount: group.memberIds.size,
	members: newest(group.memberIds, MAX_NAMES).map((id) => {
		const profile = workspace.userById(id)?.profile;
		return (profile && (fullName(profile.name) ?? profile.userName)) ?? id;
	}),
});

const holderOf = (accountId: string, workspace: Workspace) => {
	const profile = workspace.userById(accountId)?.profile;
	return { name: profile && fullName(profile.name), email: profile?.userName };
};

export const sessionView = (session: Session, workspace: Workspace) => ({
	id: session.id,
	...holderOf(session.accountId, workspace),
	kind: session.kind,
	device: session.device,
	startedAt: session.startedAt,
	endedAt: session.endedAt,
});

/** A personal access token in the form of a session. */
export const accessTokenView = (token: PersonalAccessToken, workspace: Workspace) => ({
	id: token.id,
	...holderOf(token.accountId, workspace),
	kind: 'personal access token',
	device: token.name,
	startedAt: token.createdAt,
	endedAt: token.revokedAt,
});

/** An MCP client in the form of a session. */
export const mcpConnectionView = (connection: McpConnection, workspace: Workspace) => ({
	id: `${connection.accountId} ${connection.clientKey} ${connection.startedAt}`,
	...holderOf(connection.accountId, workspace),
	kind: 'MCP client',
	device: connection.clientName,
	startedAt: connection.startedAt,
	endedAt: connection.endedAt,
});

/** Personal access tokens and MCP clients of everyone. */
export const accessViews = (workspace: Workspace) => [
	...workspace.access
		.personalAccessTokens()
		.map((token) => accessTokenView(token, workspace)),
	...workspace.access
		.mcpConnections()
		.map((connection) => mcpConnectionView(connection, workspace)),
];

/** The last `count` of some things, newest first. */
const newest = <Item,>(items: Iterable<Item>, count: number): Item[] =>
	[...items].slice(-count).reverse();

interface Span {
	startedAt: number;
	endedAt: number | null;
}

const byLastEvent = (one: Span, other: Span): number =>
	(one.endedAt ?? one.startedAt) - (other.endedAt ?? other.startedAt);

const contains = (account: Account, search: string): boolean =>
	account.profile.userName.includes(search) ||
	(fullName(account.profile.name)?.toLowerCase().includes(search) ?? false);

/** Everything that the page shows, cut to the page's size. `search` matches names and emails. */
export const workspaceView = (workspace: Workspace, search = '') => {
	const wanted = search.trim().toLowerCase();
	const members = workspace.members();
	const found = wanted === '' ? members : members.filter((member) => contains(member, wanted));
	const groups = workspace.groups();
	const sessions = workspace.sessions();
	return {
		name: workspace.name,
		verifiedDomains: [...workspace.verifiedDomains],
		memberCount: members.length,
		foundCount: found.length,
		members: found
			.slice(-MAX_ROWS)
			.reverse()
			.map((member) => personView(member, workspace)),
		groupCount: groups.length,
		groups: groups.slice(0, MAX_ROWS).map((group) => groupView(group, workspace)),
		sessionCount: sessions.length,
		activeSessionCount: sessions.filter(({ endedAt }) => endedAt === null).length,
		sessions: newest(sessions.sort(byLastEvent), MAX_ROWS).map((session) =>
			sessionView(session, workspace),
		),
		access: newest(accessViews(workspace).sort(byLastEvent), MAX_ROWS),
	};
};
