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
import { digest } from '../directory/plan/seal';
import type { Workspace, WorkspaceReading } from '../directory/workspace/workspace';

/**
 * What the directory says of a member: `notListed` where it has nobody of this address, `unclear` where it
 * knows the address as a secondary or a similar one only, or has addresses that cannot be read, `notAsked` where there is no directory.
 */
export type DirectoryStatus = PersonStatus | 'notListed' | 'unclear' | 'notAsked';

/** One person in one group, or one person who is in none. */
export interface AccessRow {
	snapshotId: string;
	/** Notion's id. */
	userId: string;
	email: string;
	/** Every other address that is theirs, so that nobody reviews themselves under another one. */
	otherEmails: string[];
	displayName: string | null;
	/** Where Notion does not state it, it is a member. */
	role: string;
	privileged: boolean;
	/** Why, as the end of a sentence. */
	privilegedBecause: string | null;
	/** Null for the one row of somebody who is in no group, as the five below. */
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
	/** Who says who the manager is. */
	managerFrom: 'directory' | 'notion' | null;
	directoryStatus: DirectoryStatus;
	/** The directory's own words, and what a person must know about the entry. */
	directoryNote: string | null;
	source: string | null;
	sourceId: string | null;
	/** Of all fields above but the snapshot: what a reviewer was shown. */
	rowDigest: string;
}

/** How the rows are known to be everybody, and what they cannot show. */
export interface AccessPopulation {
	population: true;
	snapshotId: string;
	/** See {@link Workspace.id}. */
	workspace: string;
	reading: WorkspaceReading;
	/** Active members, of whom there is at least one row each. */
	members: number;
	/** People whom Notion still lists as having left; they have no row. */
	inactive: number;
	privileged: number;
	groups: number;
	memberships: number;
	withoutGroups: number;
	rows: number;
	groupsWithoutMembers: string[];
	groupsWithoutMeaning: string[];
	meaningsWithoutGroup: string[];
	/** Ids in groups that are nobody of the member list. Somebody must look: SCIM does not say who. */
	unknownMembers: Array<{ groupId: string; group: string; userId: string }>;
	/** How the directory was read; empty where none was given. */
	sources: Manifest[];
	/** Of all rows, in any order. */
	rowsDigest: string;
	meaningsDigest: string;
	/** Of what decides who is privileged: the guards of the credential. */
	guardsDigest: string;
	/** Sentences. */
	notVisible: string[];
}

/** What a comparison with the directory knows of members. */
export interface KnownRecords {
	/** All entries that are this member, by link or primary address. */
	recordsOf(userId: string): Person[];
	/** Also by a secondary or similar address. */
	isMentioned(userId: string): boolean;
	/** Why a member whom no entry names may be listed all the same: see `absenceDoubts`. */
	doubts: readonly string[];
}

const NOT_VISIBLE = [
	'Guests: SCIM does not list them, nor the pages that they can open.',
	'Public links and pages that are shared with the whole web.',
	'Pages and databases that are shared with single people: SCIM knows membership in groups only.',
	'Which teamspaces a group is attached to: that is what Group Meanings says.',
	'Bots, integrations and personal access tokens.',
	'Whether somebody uses what they may open.',
];

/**
 * Who can open what, as far as SCIM knows it.
 *
 * @param records undefined where no directory was given
 */
export function accessSnapshot(
	workspace: Workspace,
	{
		records,
		sources,
		notRead,
		meanings,
		guards,
	}: {
		records: KnownRecords | undefined;
		sources: Manifest[];
		/** What in the directory could not be read, as sentences. */
		notRead: readonly string[];
		meanings: GroupMeaning[];
		guards: Guards;
	},
): { rows: AccessRow[]; population: AccessPopulation } {
	const active = workspace.users.filter((user) => user.active);
	const meaningOf = new Map(meanings.map((meaning) => [groupNameKey(meaning.group), meaning]));
	const groups = [...workspace.groups].sort(
		(one, other) => compare(one.displayName, other.displayName) || compare(one.id, other.id),
	);
	const known = new Map(workspace.users.map((user) => [resourceId(user.id), user]));
	const memberships = groups.flatMap((group) =>
		group.memberIds.map((userId) => ({ group, userId, user: known.get(resourceId(userId)) })),
	);
	const groupsOf = new Map<User, typeof groups>();
	for (const { group, user } of memberships) {
		if (user) groupsOf.set(user, [...(groupsOf.get(user) ?? []), group]);
	}

	const unnamed = active
		.sort((one, other) => compare(emailKey(one.userName), emailKey(other.userName)))
		.flatMap((user): Array<Omit<AccessRow, 'snapshotId' | 'rowDigest'>> => {
			const person = personPart(user, guards, records);
			const own = groupsOf.get(user) ?? [];
			if (own.length === 0) return [{ ...person, ...NO_GROUP }];
			return own.map(({ id, displayName }) => {
				const meaning = meaningOf.get(groupNameKey(displayName));
				return {
					...person,
					groupId: id,
					group: displayName,
					meaningKnown: meaning !== undefined,
					teamspace: meaning?.teamspace ?? null,
					sensitivity: meaning?.sensitivity ?? null,
					groupOwner: meaning?.owner ?? null,
				};
			});
		})
		.map((row) => ({ ...row, rowDigest: digest(row) }));

	const rowsDigest = digest(unnamed.map(({ rowDigest }) => rowDigest).sort());
	const snapshotId = digest({
		workspace: workspace.id,
		reading: workspace.reading,
		rowsDigest,
	}).slice(0, 16);
	const names = new Set(groups.map(({ displayName }) => groupNameKey(displayName)));
	const rows = unnamed.map((row) => ({ snapshotId, ...row }));
	return {
		rows,
		population: {
			population: true,
			snapshotId,
			workspace: workspace.id,
			reading: workspace.reading,
			members: active.length,
			inactive: workspace.users.length - active.length,
			privileged: active.filter((user) => privilege(guards, user)).length,
			groups: groups.length,
			memberships: rows.filter(({ groupId }) => groupId !== null).length,
			withoutGroups: rows.filter(({ groupId }) => groupId === null).length,
			rows: rows.length,
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
			sources,
			rowsDigest,
			meaningsDigest: digest(
				[...meanings].sort((one, other) => compare(groupNameKey(one.group), groupNameKey(other.group))),
			),
			guardsDigest: digest({
				access: guards.access,
				ownedDomains: [...guards.ownedDomains].sort(),
				protectedEmails: [...guards.protectedEmails].sort(),
				tokenCreatorEmail: guards.tokenCreatorEmail ?? null,
			}),
			notVisible: [...NOT_VISIBLE, ...cutGroups(groups), ...notRead],
		},
	};
}

/** Of whose members Notion may show a part only. */
function cutGroups(groups: readonly Group[]): string[] {
	const names = groups.filter(mayBeCut).map(({ displayName, id }) => `${displayName} (${id})`);
	if (names.length === 0) return [];
	return [
		`Further members of ${listed(names)}: Notion shows exactly 100 members there, which may be a part of them.`,
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

/** Of several entries of one member, an active one says more than one of a former employment. */
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

/** By code units, so that the order is the same on every machine. */
function compare(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
