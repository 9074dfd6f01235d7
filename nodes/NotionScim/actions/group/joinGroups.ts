import type { Group } from '../../../../lib/scim/groupResource';
import { groupNameKey } from '../../../../lib/scim/groupResource';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { isCancellation } from '../../execution/nodeErrors';
import { asText } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import type { GroupLocator } from './group';
import { requireGroup } from './group';
import { concernsAllItems } from './membershipItems';

/** A group that a person is to join. */
export interface GroupToJoin {
	locator: GroupLocator;
	/** Whether a group of that name is made where Notion has none. */
	create?: boolean;
}

/** What became of one group: the group, or why the person did not join it. */
export type GroupJoin = { name: string } & ({ group: Group } | { error: unknown });

/**
 * The option Groups to Join: an array of names and IDs, or a text with a name in each line or between
 * commas.
 *
 * @throws ScimError `invalidInput` for an entry that is no text: that group would be left out unnoticed
 */
export function readGroupsToJoin(options: Record<string, unknown>): GroupToJoin[] {
	const value = options['groupsToJoin'];
	if (value === undefined) return [];
	const list: unknown[] = Array.isArray(value) ? value : asText(value).split(/[,\n]/);
	if (!Array.isArray(value) && typeof value !== 'string') throw unreadableGroups();
	const names = list.map((entry) => asText(entry).trim());
	if (Array.isArray(value) && names.includes('')) throw unreadableGroups();
	const unique = [...new Map(names.map((name) => [groupNameKey(name), name])).values()];
	return unique.filter((name) => name !== '').map((name) => ({ locator: { mode: 'any', value: name } }));
}

/**
 * Adds a person to groups, one after the other. A group that fails keeps the person out of no other one,
 * unless no other one can fare better.
 *
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
			joins.push({ name, ...(ended ?? { group: await joinGroup(session, userId, wanted) }) });
		} catch (error) {
			if (isCancellation(error)) return Promise.reject(error);
			if (concernsAllItems(error)) ended = { error };
			joins.push({ name, error });
		}
	}
	return joins;
}

async function joinGroup(session: Session, userId: string, { locator, create }: GroupToJoin): Promise<Group> {
	const group = create && locator.mode === 'name' ? await groupMade(session, locator.value) : await requireGroup(session, locator);
	const result = (await session.groups.changeMembers(group, 'add', [userId])).get(userId);
	return result instanceof ScimError ? Promise.reject(result) : group;
}

/** @throws ScimError `ambiguous` where two runs have made the group at once: names need not be unique */
async function groupMade(session: Session, name: string): Promise<Group> {
	const existing = await session.groups.findOneByName(name);
	if (existing) return existing;
	const group = await session.groups.create(name);
	await session.groups.findOneByName(name);
	return group;
}

/** The names of the groups that a person is in now. */
export function namesJoined(joins: readonly GroupJoin[]): string[] {
	return joins.flatMap((join) => ('group' in join ? [join.group.displayName] : []));
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
		cause instanceof ScimError ? cause.remedy : 'Run this item again: what is done is left alone.',
	);
}

function unreadableGroups(): ScimError {
	return new ScimError(
		'invalidInput',
		'Groups to Join cannot be read. Nothing was written.',
		'Pick groups from the list, or give an array of names or IDs. Check that the expression names a field that every entry has.',
	);
}
