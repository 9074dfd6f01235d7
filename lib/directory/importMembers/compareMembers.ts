import { isOneOfDomains } from '../../scim/emailAddress';
import { emailDomain, emailKey } from '../../scim/emailKey';
import type { Group } from '../../scim/groupResource';
import type { User } from '../../scim/userResource';
import type { ListRow } from './listColumns';
import type { ImportLink, RowMatch } from './matches';
import { RowIndex } from './matches';
import type { ImportDifference } from './memberRow';
import { differences, groupsByMember, memberRow } from './memberRow';
import type { ImportSettings } from './settings';

/** How a member of Notion stands in the list. */
export interface ComparedMember {
	standing: 'new' | 'imported' | 'changed' | 'ambiguous' | 'leftOut';
	/** A sentence. */
	explanation: string;
	userId: string;
	email: string;
	displayName?: string;
	role?: string;
	groups: string[];
	sourceId?: string;
	changes?: ImportDifference[];
	/** What the list would hold; only of a member who is new or changed. */
	row?: ListRow;
	needsLink?: boolean;
}

/** What is compared. */
export interface ImportInputs {
	members: readonly User[];
	groups: readonly Group[];
	rows: readonly ListRow[];
	links: readonly ImportLink[];
	settings: ImportSettings;
}

/** Roles that may change the workspace itself. */
const PRIVILEGED = ['owner', 'membership_admin'];

/** Compares every member of Notion with the list. @returns one entry a member, in the order of their addresses */
export function compareMembers({ members, groups, rows, links, settings }: ImportInputs): ComparedMember[] {
	const index = new RowIndex(rows, links, members);
	const groupNames = groupsByMember(groups, settings.groupPrefix);
	const matches = members.map((member) => ({ member, match: index.match(member) }));
	const shared = rowsOfSeveral(matches.map(({ match }) => match));
	// A workspace without any group says nothing of the groups that the list has.
	const seesGroups = settings.groupPrefix === '' && groups.length > 0;
	return matches
		.map(({ member, match }) => {
			const names = groupNames.get(member.id) ?? [];
			return {
				...standingOf(member, match, names, { index, shared, seesGroups, settings }),
				...about(member, names),
			};
		})
		.sort((one, other) => (emailKey(one.email) < emailKey(other.email) ? -1 : 1));
}

type Standing = Omit<ComparedMember, 'userId' | 'email' | 'displayName' | 'role' | 'groups'>;

interface Comparison {
	index: RowIndex;
	/** Rows that more than one member matches. */
	shared: ReadonlySet<ListRow>;
	seesGroups: boolean;
	settings: ImportSettings;
}

function standingOf(
	member: User,
	{ row, doubt }: RowMatch,
	names: readonly string[],
	{ index, shared, seesGroups, settings }: Comparison,
): Standing {
	const found = row?.sourceId === undefined ? {} : { sourceId: row.sourceId };
	const leftOut = leftOutBecause(member, names, settings);
	if (leftOut !== undefined) return { standing: 'leftOut', explanation: leftOut, ...found };
	if (doubt !== undefined) return { standing: 'ambiguous', explanation: doubt };
	if (row && shared.has(row)) {
		return { standing: 'ambiguous', explanation: `Several members are the row ${row.sourceId ?? ''} of the directory.`, ...found };
	}
	const fromNotion = memberRow(member, names);
	if (!row) {
		return { standing: 'new', explanation: 'Not in the directory yet.', sourceId: member.id, row: fromNotion, needsLink: true };
	}
	const known = { ...found, needsLink: index.userIdOf(row) === undefined };
	const changes = differences(row, fromNotion, seesGroups);
	if (changes.length === 0) return { standing: 'imported', explanation: importedSentence(row), ...known };
	const changed = Object.fromEntries(changes.map(({ attribute, to }) => [attribute, to]));
	const explanation = `In the directory, which has another ${changes.map(({ attribute }) => attribute).join(', ')}.`;
	return { standing: 'changed', explanation, ...known, changes, row: { ...row, ...changed } };
}

function about(
	{ id, userName, attributes: { displayName }, role }: User,
	groups: string[],
): Pick<ComparedMember, 'userId' | 'email' | 'displayName' | 'role' | 'groups'> {
	return {
		userId: id,
		email: userName,
		...(displayName ? { displayName } : {}),
		...(role ? { role } : {}),
		groups,
	};
}

function importedSentence({ status }: ListRow): string {
	return status === 'active' ? 'In the directory already.' : `In the directory already, with the status "${status ?? ''}".`;
}

function rowsOfSeveral(matches: readonly RowMatch[]): Set<ListRow> {
	const seen = new Set<ListRow>();
	const several = new Set<ListRow>();
	for (const { row } of matches) {
		if (row && seen.has(row)) several.add(row);
		if (row) seen.add(row);
	}
	return several;
}

/** Why the settings leave a member out; undefined where they do not. */
function leftOutBecause(member: User, groups: readonly string[], settings: ImportSettings): string | undefined {
	const { domains, emails, roles } = settings;
	const { role = '', userName } = member;
	const domain = emailDomain(userName);
	if (!member.active) return 'Not active in Notion, and so no member any more.';
	if (settings.leaveOutPrivileged && PRIVILEGED.includes(role)) return `${role} is a privileged role.`;
	if (domains.size > 0 && !isOneOfDomains(domains, domain)) return `${domain} is none of the chosen domains.`;
	if (roles.length > 0 && !roles.includes(role)) return `${role || 'An unknown role'} is none of the chosen roles.`;
	if (settings.groups.length > 0 && !settings.groups.some((name) => groups.includes(name))) {
		return 'In none of the chosen groups.';
	}
	return emails.size > 0 && !emails.has(emailKey(userName)) ? 'Not among the chosen addresses.' : undefined;
}
