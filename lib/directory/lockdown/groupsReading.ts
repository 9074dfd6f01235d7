import type { ListReading } from '../../scim/completeList';
import type { Group } from '../../scim/groupResource';
import { mayBeCut } from '../../scim/groupResource';
import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import type { GroupReference } from './lockdownRecord';

/** The groups of the workspace at the time of a lockdown, as evidence. */
export interface GroupsReading {
	ofUser: Map<string, GroupReference[]>;
	/** Groups of whose members Notion may show a part only. */
	cut: GroupReference[];
	complete: boolean;
}

/** Of a server that has none. */
export const NO_GROUPS: GroupsReading = { ofUser: new Map(), cut: [], complete: true };

export function groupsByUser({ rows, complete }: ListReading<Group>): GroupsReading {
	const ofUser = new Map<string, GroupReference[]>();
	for (const { id, displayName, memberIds } of rows) {
		for (const memberId of memberIds) {
			const groups = ofUser.get(resourceId(memberId)) ?? [];
			ofUser.set(resourceId(memberId), [...groups, { id, displayName }]);
		}
	}
	const cut = rows.filter(mayBeCut).map(({ id, displayName }) => ({ id, displayName }));
	return { ofUser, cut, complete };
}

/** In which groups a person may be besides those that show them. */
export function maybeIn(user: User, { ofUser, cut }: GroupsReading): GroupReference[] {
	const own = new Set((ofUser.get(resourceId(user.id)) ?? []).map(({ id }) => id));
	return cut.filter(({ id }) => !own.has(id));
}
