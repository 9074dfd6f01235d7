import { emailKey } from '../scim/emailKey';
import type { Group } from '../scim/groupResource';
import { groupNameKey, mayBeCut } from '../scim/groupResource';
import { splitList } from '../scim/personAttributes';
import { resourceId } from '../scim/resourceId';
import type { User } from '../scim/userResource';
import type { GroupMeaning } from './groupMeanings';
import type { Guards } from '../directory/guards/guards';
import { privilege } from '../directory/guards/guards';
import { listed } from '../directory/person/naming';
import type { Manifest, Person, PersonStatus } from '../directory/person/person';
import { digest } from '../directory/plan/planSigner';
import type { Workspace, WorkspaceReading } from '../directory/workspace/workspace';

/**
 * The directory's status of a member: `notListed` if no entry has the address, `unclear` if the directory has
 * the address only as a secondary or a confusable one, or has unreadable addresses, `notAsked` without a
 * directory.
 */
export type DirectoryStatus = PersonStatus | 'notListed' | 'unclear' | 'notAsked';

/** One person in one group, or one person without a group. */
export interface AccessRow {
	snapshotId: string;
	/** Notion's id. */
	userId: string;
	email: string;
	/** All other addresses of the person, so that no one reviews themselves under another address. */
	otherEmails: string[];
	displayName: string | null;
	/** `member` if Notion does not state it. */
	role: string;
	privileged: boolean;
	/** Why, as the end of a sentence. */
	privilegedBecause: string | null;
	/** Null for the only row of a person without a group, as the five below. */
	groupId: string | null;
	group: string | null;
	/** Whether Group Meanings has an entry for the group. */
	meaningKnown: boolean | null;
	teamspace: string | null;
	sensitivity: string | null;
	groupOwner: string | null;
	title: string | null;
	department: string | null;
	managerEmail: string | null;
	/** The source that states the manager. */
	managerFrom: 'directory' | 'notion' | null;
	directoryStatus: DirectoryStatus;
	/** The directory's own status word, and remarks on the entry for a person. */
	directoryNote: string | null;
	source: string | null;
	sourceId: string | null;
	/** Digest of all fields above except the snapshot: what a reviewer was shown. */
	rowDigest: string;
}

/** The evidence that the rows include every member, and what they cannot show. */
export interface AccessPopulation {
	population: true;
	snapshotId: string;
	/** See {@link Workspace.id}. */
	workspace: string;
	reading: WorkspaceReading;
	/** Active members; each has at least one row. */
	members: number;
	/** People Notion lists as having left; they have no row. */
	inactive: number;
	privileged: number;
	groups: number;
	memberships: number;
	withoutGroups: number;
	rows: number;
	groupsWithoutMembers: string[];
	groupsWithoutMeaning: string[];
	meaningsWithoutGroup: string[];
	/** Member ids in groups that no listed member has. A person must look: SCIM does not say who they are. */
	unknownMembers: Array<{ groupId: string; group: string; userId: string }>;
	/** How the directory was read; empty without a directory. */
	sources: Manifest[];
	/** Digest of all rows, in any order. */
	rowsDigest: string;
	meaningsDigest: string;
	/** Digest of the credential's guards, which decide who is privileged. */
	guardsDigest: string;
	/** Sentences. */
	notVisible: string[];
}

/** What a comparison with the directory says about members. */
export interface KnownRecords {
	/** All entries for this member, by link or primary address. */
	recordsOf(userId: string): Person[];
	/** Includes secondary and confusable addresses. */
	isMentioned(userId: string): boolean;
	/** Why a member without an entry may be listed all the same: see `absenceDoubts`. */
	doubts: readonly string[];
}

const NOT_VISIBLE = [
	'Guests: SCIM does not list them, nor the pages that they can open.',
	'Public links and pages that are shared with the whole web.',
	'Pages and databases that are shared with single people: SCIM knows membership in groups only.',
	'Which teamspaces a group is attached to: that is what Group Meanings says.',
	'Bots, integrations and personal access tokens.',
	'Whether people use what they may open.',
];

/** What a snapshot is taken of, beside the workspace. */
export interface SnapshotInputs {
	/** Undefined where no directory was given. */
	records: KnownRecords | undefined;
	sources: Manifest[];
	/** What in the directory could not be read, as sentences. */
	notRead: readonly string[];
	meanings: GroupMeaning[];
	guards: Guards;
}

/** The workspace in the order of the snapshot, and who is in which group. */
interface Access {
	members: User[];
	groups: Group[];
	/** `user` is undefined where the member list does not have the id. */
	memberships: Array<{ group: Group; userId: string; user: User | undefined }>;
	meaningOf: ReadonlyMap<string, GroupMeaning>;
}

type RowContent = Omit<AccessRow, 'snapshotId'>;

/** Who can open what, as far as SCIM shows it. */
export function accessSnapshot(
	workspace: Workspace,
	inputs: SnapshotInputs,
): { rows: AccessRow[]; population: AccessPopulation } {
	const access = accessIn(workspace, inputs.meanings);
	const contents = rowContents(access, inputs);
	const rowsDigest = digest(contents.map(({ rowDigest }) => rowDigest).sort());
	const { id, reading } = workspace;
	const snapshotId = digest({ workspace: id, reading, rowsDigest }).slice(0, 16);
	const rows = contents.map((row) => ({ snapshotId, ...row }));
	return {
		rows,
		population: {
			population: true,
			snapshotId,
			workspace: id,
			reading,
			...countsOf(workspace, access, rows, inputs.guards),
			...gapsIn(access, inputs.meanings),
			sources: inputs.sources,
			rowsDigest,
			meaningsDigest: digest(
				[...inputs.meanings].sort((one, other) => compare(groupNameKey(one.group), groupNameKey(other.group))),
			),
			guardsDigest: guardsDigest(inputs.guards),
			notVisible: [...NOT_VISIBLE, ...cutGroups(access.groups), ...inputs.notRead],
		},
	};
}

function accessIn(workspace: Workspace, meanings: readonly GroupMeaning[]): Access {
	const groups = [...workspace.groups].sort(
		(one, other) => compare(one.displayName, other.displayName) || compare(one.id, other.id),
	);
	const known = new Map(workspace.users.map((user) => [resourceId(user.id), user]));
	return {
		members: workspace.users
			.filter((user) => user.active)
			.sort((one, other) => compare(emailKey(one.userName), emailKey(other.userName))),
		groups,
		memberships: groups.flatMap((group) =>
			group.memberIds.map((userId) => ({ group, userId, user: known.get(resourceId(userId)) })),
		),
		meaningOf: new Map(meanings.map((meaning) => [groupNameKey(meaning.group), meaning])),
	};
}

function rowContents({ members, memberships, meaningOf }: Access, { guards, records }: SnapshotInputs): RowContent[] {
	const groupsOf = new Map<User, Group[]>();
	for (const { group, user } of memberships) {
		if (user) groupsOf.set(user, [...(groupsOf.get(user) ?? []), group]);
	}
	return members
		.flatMap((user): Array<Omit<RowContent, 'rowDigest'>> => {
			const person = personPart(user, guards, records);
			const groups = groupsOf.get(user) ?? [];
			if (groups.length === 0) return [{ ...person, ...NO_GROUP }];
			return groups.map((group) => ({ ...person, ...groupPart(group, meaningOf) }));
		})
		.map((row) => ({ ...row, rowDigest: digest(row) }));
}

function groupPart({ id, displayName }: Group, meaningOf: Access['meaningOf']) {
	const meaning = meaningOf.get(groupNameKey(displayName));
	return {
		groupId: id,
		group: displayName,
		meaningKnown: meaning !== undefined,
		teamspace: meaning?.teamspace ?? null,
		sensitivity: meaning?.sensitivity ?? null,
		groupOwner: meaning?.owner ?? null,
	};
}

function countsOf(workspace: Workspace, { members, groups }: Access, rows: readonly AccessRow[], guards: Guards) {
	const memberships = rows.filter(({ groupId }) => groupId !== null).length;
	return {
		members: members.length,
		inactive: workspace.users.length - members.length,
		privileged: members.filter((user) => privilege(guards, user)).length,
		groups: groups.length,
		memberships,
		withoutGroups: rows.length - memberships,
		rows: rows.length,
	};
}

/** What does not fit together: groups, their meanings and their members. */
function gapsIn({ groups, memberships, meaningOf }: Access, meanings: readonly GroupMeaning[]) {
	const names = new Set(groups.map(({ displayName }) => groupNameKey(displayName)));
	return {
		groupsWithoutMembers: groups
			.filter(({ memberIds }) => memberIds.length === 0)
			.map(({ displayName }) => displayName),
		groupsWithoutMeaning: groups
			.filter(({ displayName }) => !meaningOf.has(groupNameKey(displayName)))
			.map(({ displayName }) => displayName),
		meaningsWithoutGroup: meanings
			.filter(({ group }) => !names.has(groupNameKey(group)))
			.map(({ group }) => group),
		unknownMembers: memberships
			.filter(({ user }) => user === undefined)
			.map(({ group, userId }) => ({ groupId: group.id, group: group.displayName, userId })),
	};
}

function guardsDigest({ access, ownedDomains, protectedEmails, tokenCreatorEmail }: Guards): string {
	return digest({
		access,
		ownedDomains: [...ownedDomains].sort(),
		protectedEmails: [...protectedEmails].sort(),
		tokenCreatorEmail: tokenCreatorEmail ?? null,
	});
}

/** Groups of which Notion may show only some members. */
function cutGroups(groups: readonly Group[]): string[] {
	const names = groups.filter(mayBeCut).map(({ displayName, id }) => `${displayName} (${id})`);
	if (names.length === 0) return [];
	return [
		`Further members of ${listed(names)}: Notion shows exactly 100 members there, which may be only some of them.`,
	];
}

const NO_GROUP = {
	groupId: null,
	group: null,
	meaningKnown: null,
	teamspace: null,
	sensitivity: null,
	groupOwner: null,
};

function personPart(user: User, guards: Guards, records: KnownRecords | undefined) {
	const found = records?.recordsOf(user.id) ?? [];
	const record = decisive(found);
	const because = privilege(guards, user);
	const { attributes } = user;
	const managerEmail = record?.attributes.managerEmail ?? attributes.managerEmail;
	return {
		userId: user.id,
		email: user.userName,
		otherEmails: otherEmails(user, found),
		displayName: attributes.displayName ?? record?.attributes.displayName ?? null,
		role: user.role ?? 'member',
		privileged: because !== undefined,
		privilegedBecause: because ?? null,
		title: record?.attributes.title ?? attributes.title ?? null,
		department: record?.attributes.department ?? attributes.department ?? null,
		managerEmail: managerEmail ?? null,
		managerFrom: managerSource(managerEmail, record),
		directoryStatus: directoryStatus(user, record, records),
		directoryNote: directoryNote(record, found.length),
		source: record?.source ?? null,
		sourceId: record?.sourceId ?? null,
	};
}

function managerSource(email: string | undefined, record: Person | undefined): 'directory' | 'notion' | null {
	if (email === undefined) return null;
	return record?.attributes.managerEmail === undefined ? 'notion' : 'directory';
}

/** If one member has several entries, an active one takes precedence over one of a former employment. */
function decisive(records: Person[]): Person | undefined {
	const order: PersonStatus[] = ['active', 'onLeave', 'notStarted', 'suspended', 'unknown', 'inactive'];
	return [...records].sort(
		(one, other) =>
			order.indexOf(one.status) - order.indexOf(other.status) ||
			compare(one.source, other.source) ||
			compare(one.sourceId, other.sourceId),
	)[0];
}

function directoryStatus(
	user: User,
	record: Person | undefined,
	records: KnownRecords | undefined,
): DirectoryStatus {
	if (records === undefined) return 'notAsked';
	if (record) return record.status;
	return records.isMentioned(user.id) || records.doubts.length > 0 ? 'unclear' : 'notListed';
}

function directoryNote(record: Person | undefined, count: number): string | null {
	if (!record) return null;
	const several = count > 1 ? `One of ${count} entries of the directory.` : '';
	const word = record.statusWord === undefined ? '' : `The directory says "${record.statusWord}".`;
	return [word, record.explanation ?? '', several].filter((sentence) => sentence !== '').join(' ') || null;
}

function otherEmails(user: User, records: Person[]): string[] {
	const all = [
		...splitList(user.attributes.secondaryEmails ?? ''),
		...records.flatMap(({ attributes }) => [
			...(attributes.email === undefined ? [] : [attributes.email]),
			...splitList(attributes.secondaryEmails ?? ''),
		]),
	].map(emailKey);
	return [...new Set(all)].filter((email) => email !== emailKey(user.userName)).sort();
}

/** Sorted by code units, so that the order is the same on every machine. */
function compare(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
