import type { ListReading } from '../../scim/completeList';
import { isWithoutGroups } from '../../scim/failures';
import type { Group } from '../../scim/groupResource';
import type { Groups } from '../../scim/groups';
import type { Users } from '../../scim/users';
import { completeRows } from '../../scim/users';
import type { ListEvidence, Workspace } from './workspace';

/**
 * Reads all users and all groups of a workspace.
 *
 * @param id see {@link Workspace.id}
 * @param now epoch milliseconds
 * @param needsGroups whether a server without groups is a failure; otherwise it has an empty list of them
 * @throws ScimError `listIncomplete` where one of the lists has gaps
 */
export async function readWorkspace(
	id: string,
	users: Users,
	groups: Groups,
	now: () => number,
	{ needsGroups = false } = {},
): Promise<Workspace> {
	const startedAt = new Date(now()).toISOString();
	const [userReading, groupReading] = await Promise.all([
		users.readAll(),
		needsGroups ? groups.readAll() : groupsIfAny(groups),
	]);
	return {
		id,
		users: completeRows(userReading, 'users'),
		groups: completeRows(groupReading, 'groups'),
		reading: {
			startedAt,
			readAt: new Date(now()).toISOString(),
			users: evidenceOf(userReading),
			groups: evidenceOf(groupReading),
		},
	};
}

async function groupsIfAny(groups: Groups): Promise<ListReading<Group>> {
	try {
		return await groups.readAll();
	} catch (error) {
		if (!isWithoutGroups(error)) return Promise.reject(error);
		return { rows: [], complete: true, firstTotal: 0, lastTotal: 0, pages: 1, passes: 1 };
	}
}

function evidenceOf({ rows, firstTotal, lastTotal, pages, passes }: ListReading<unknown>): ListEvidence {
	return { count: rows.length, firstTotal, lastTotal, pages, passes };
}
