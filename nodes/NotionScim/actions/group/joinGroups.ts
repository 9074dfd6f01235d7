import type { Group } from '../../../../lib/scim/groupResource';
import { groupNameKey } from '../../../../lib/scim/groupResource';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { groupsToJoin } from '../../descriptions/groupsToJoin';
import { textsOf } from '../../execution/lists';
import { isCancellation } from '../../execution/nodeErrors';
import type { Options } from '../../execution/scalarParameters';
import type { Session } from '../../transport/session';
import type { GroupLocator } from './group';
import { ensureGroup, requireGroup } from './group';
import { concernsAllItems, unconfirmedNote } from './membershipItems';

/** A group for a person to join. */
export interface GroupToJoin {
	locator: GroupLocator;
	/** Whether the group is created if Notion has none with that name. */
	create?: boolean;
}

/** A group that the person is a member of now. */
interface JoinedGroup {
	group: Group;
	/** Why Notion's answer cannot be confirmed. */
	note?: string;
}

/** The result for one group: the group, or why the person did not join it. */
export type GroupJoin = { name: string } & (JoinedGroup | { error: unknown });

/**
 * The option Groups to Join: an array of names and IDs, or a text with names separated by new lines or
 * commas.
 * @throws ScimError `invalidInput` for an entry that is not a text: that group would be left out unnoticed
 */
export function readGroupsToJoin(options: Options): GroupToJoin[] {
	if (!Object.hasOwn(options, groupsToJoin.name)) return [];
	const names = textsOf(options[groupsToJoin.name], 'Groups to Join', namesIn).map((name) => name.trim());
	const unique = [...new Map(names.map((name) => [groupNameKey(name), name])).values()];
	return unique.map((name) => ({ locator: { mode: 'any', value: name } }));
}

function namesIn(text: string): string[] {
	return text.split(/[,\n]/).filter((name) => name.trim() !== '');
}

/**
 * Adds a person to groups, one after the other. A failed group does not stop the others, unless they would
 * all fail the same way.
 * @throws ScimError `cancelled` only
 */
export async function joinGroups(
	session: Session,
	userId: string,
	groups: readonly GroupToJoin[],
): Promise<GroupJoin[]> {
	const joins: GroupJoin[] = [];
	let ended: { error: unknown } | undefined;
	for (const wanted of groups) {
		const name = wanted.locator.value;
		try {
			joins.push({ name, ...(ended ?? (await joinGroup(session, userId, wanted))) });
		} catch (error) {
			if (isCancellation(error)) return Promise.reject(error);
			if (concernsAllItems(error)) ended = { error };
			joins.push({ name, error });
		}
	}
	return joins;
}

async function joinGroup(session: Session, userId: string, { locator, create }: GroupToJoin): Promise<JoinedGroup> {
	const isMade = create && locator.mode === 'name';
	const group = isMade ? (await ensureGroup(session, locator.value)).group : await requireGroup(session, locator);
	const result = (await session.groups.changeMembers(group, 'add', [userId])).get(userId);
	if (result instanceof ScimError) return Promise.reject(result);
	return { group, ...(result === 'unconfirmed' ? { note: unconfirmedNote(group, 1, 'added') } : {}) };
}

/** The names of the groups that the person is a member of now. */
export function namesJoined(joins: readonly GroupJoin[]): string[] {
	return joins.flatMap((join) => ('group' in join ? [join.group.displayName] : []));
}

/** What is unknown about the groups, as a sentence for each. */
export function notesOf(joins: readonly GroupJoin[]): string[] {
	return joins.flatMap((join) => ('group' in join && join.note !== undefined ? [join.note] : []));
}

/** The person was written, and a group failed. */
export function notJoined(user: User, outcome: string, joins: readonly GroupJoin[], cause: unknown): ScimError {
	const missing = joins.flatMap((join) => ('error' in join ? [`"${join.name}"`] : []));
	const joined = namesJoined(joins).map((name) => `"${name}"`);
	const reason = cause instanceof Error ? cause.message : 'Something unexpected happened.';
	return new ScimError(
		cause instanceof ScimError ? cause.kind : 'unexpectedAnswer',
		`${user.userName} is a member (${outcome}) and did not join ${missing.join(', ')}.${
			joined.length > 0 ? ` Joined: ${joined.join(', ')}.` : ''
		} ${reason}`,
		cause instanceof ScimError ? cause.remedy : 'Run this item again: finished steps are not repeated.',
	);
}
