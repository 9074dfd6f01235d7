import type { Account, Group, Session } from '../workspace/account.mts';
import { fullName } from '../workspace/account.mts';
import type { Workspace } from '../workspace/workspace.mts';

/** Most rows of a table on the page. */
const MAX_ROWS = 200;

/** Members of a group that are named on the page. */
const MAX_NAMES = 12;

export const personView = (account: Account, workspace: Workspace) => ({
	id: account.id,
	name: fullName(account.profile.name) ?? null,
	email: account.profile.userName,
	secondaryEmails: account.profile.secondaryEmails,
	standing: account.standing,
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

export const sessionView = (session: Session, workspace: Workspace) => {
	const profile = workspace.userById(session.accountId)?.profile;
	return {
		id: session.id,
		name: profile && fullName(profile.name),
		email: profile?.userName,
		kind: session.kind,
		device: session.device,
		startedAt: session.startedAt,
		endedAt: session.endedAt,
	};
};

/** The last `count` of some things, newest first. */
const newest = <Item,>(items: Iterable<Item>, count: number): Item[] =>
	[...items].slice(-count).reverse();

const byLastEvent = (one: Session, other: Session): number =>
	(one.endedAt ?? one.startedAt) - (other.endedAt ?? other.startedAt);

const contains = (account: Account, search: string): boolean =>
	account.profile.userName.includes(search) ||
	(fullName(account.profile.name)?.toLowerCase().includes(search) ?? false);

/** Everything that the page shows, cut to what fits on it. `search` looks in names and e-mails. */
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
	};
};
