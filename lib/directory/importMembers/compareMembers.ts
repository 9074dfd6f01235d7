import { isOneOfDomains } from '../../scim/emailAddress';
import { emailDomain, emailKey } from '../../scim/emailKey';
import type { Group } from '../../scim/groupResource';
import type { User } from '../../scim/userResource';
import type { Guard } from '../guards/orderedGuards';
import { firstObjection } from '../guards/orderedGuards';
import type { ListRow } from './listColumns';
import type { ImportLink, RowMatch } from './matches';
import { RowIndex } from './matches';
import type { ImportDifference } from './memberRow';
import { differences, groupsByMember, memberRow } from './memberRow';
import type { ImportSettings } from './settings';

/** How a member of Notion stands in the list. */
export interface ComparedMember {
	comparison: 'new' | 'imported' | 'changed' | 'ambiguous' | 'leftOut';
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
				...comparisonOf(member, match, names, { index, shared, seesGroups, settings }),
				...about(member, names),
			};
		})
		.sort((one, other) => (emailKey(one.email) < emailKey(other.email) ? -1 : 1));
}

type MemberComparison = Omit<ComparedMember, 'userId' | 'email' | 'displayName' | 'role' | 'groups'>;

interface Comparison {
	index: RowIndex;
	/** Rows that more than one member matches. */
	shared: ReadonlySet<ListRow>;
	seesGroups: boolean;
	settings: ImportSettings;
}

function comparisonOf(
	member: User,
	{ row, doubt }: RowMatch,
	names: readonly string[],
	{ index, shared, seesGroups, settings }: Comparison,
): MemberComparison {
	const found = row?.sourceId === undefined ? {} : { sourceId: row.sourceId };
	const leftOut = firstObjection(IMPORT_GUARDS, { member, groups: names, settings });
	if (leftOut !== undefined) return { comparison: 'leftOut', explanation: leftOut, ...found };
	if (doubt !== undefined) return { comparison: 'ambiguous', explanation: doubt };
	if (row && shared.has(row)) {
		return { comparison: 'ambiguous', explanation: `Several members are the row ${row.sourceId ?? ''} of the directory.`, ...found };
	}
	const fromNotion = memberRow(member, names);
	if (!row) {
		return { comparison: 'new', explanation: 'Not in the directory yet.', sourceId: member.id, row: fromNotion, needsLink: true };
	}
	const known = { ...found, needsLink: index.userIdOf(row) === undefined };
	const changes = differences(row, fromNotion, seesGroups);
	if (changes.length === 0) return { comparison: 'imported', explanation: importedSentence(row), ...known };
	const changed = Object.fromEntries(changes.map(({ attribute, to }) => [attribute, to]));
	const explanation = `In the directory, which has another ${changes.map(({ attribute }) => attribute).join(', ')}.`;
	return { comparison: 'changed', explanation, ...known, changes, row: { ...row, ...changed } };
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

interface Candidate {
	member: User;
	/** The names of the groups that the member is in. */
	groups: readonly string[];
	settings: ImportSettings;
}

/** What leaves a member out of an import. */
const IMPORT_GUARDS: ReadonlyArray<Guard<Candidate>> = [
	{
		name: 'active',
		objection: ({ member }) =>
			member.active ? undefined : 'Not active in Notion, and so no member any more.',
	},
	{
		name: 'privileged',
		objection: ({ member: { role = '' }, settings }) =>
			settings.leaveOutPrivileged && PRIVILEGED.includes(role)
				? `${role} is a privileged role.`
				: undefined,
	},
	{
		name: 'domains',
		objection: ({ member: { userName }, settings: { domains } }) => {
			const domain = emailDomain(userName);
			return domains.size === 0 || isOneOfDomains(domains, domain)
				? undefined
				: `${domain} is none of the chosen domains.`;
		},
	},
	{
		name: 'roles',
		objection: ({ member: { role = '' }, settings: { roles } }) =>
			roles.length === 0 || roles.includes(role)
				? undefined
				: `${role || 'An unknown role'} is none of the chosen roles.`,
	},
	{
		name: 'groups',
		objection: ({ groups, settings }) =>
			settings.groups.length === 0 || settings.groups.some((name) => groups.includes(name))
				? undefined
				: 'In none of the chosen groups.',
	},
	{
		name: 'emails',
		objection: ({ member: { userName }, settings: { emails } }) =>
			emails.size === 0 || emails.has(emailKey(userName)) ? undefined : 'Not among the chosen addresses.',
	},
];
