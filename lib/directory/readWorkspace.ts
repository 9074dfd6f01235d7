import type { ListReading } from '../scim/completeList';
import type { Groups } from '../scim/groups';
import type { Users } from '../scim/users';
import { completeRows } from '../scim/users';
import type { ListEvidence, Workspace } from './workspace';

/**
 * Reads everybody and every group of a workspace.
 *
 * @param id see {@link Workspace.id}
 * @param now epoch milliseconds
 * @throws ScimError `listIncomplete` where one of the lists has gaps
 */
export async function readWorkspace(
	id: string,
	users: Users,
	groups: Groups,
	now: () => number,
): Promise<Workspace> {
	const startedAt = new Date(now()).toISOString();
	const [userReading, groupReading] = await Promise.all([users.readAll(), groups.readAll()]);
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

function evidenceOf({ rows, firstTotal, lastTotal, pages, passes }: ListReading<unknown>): ListEvidence {
	return { count: rows.length, firstTotal, lastTotal, pages, passes };
}
