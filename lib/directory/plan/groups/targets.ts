import type { Group } from '../../../scim/groupResource';
import type { User } from '../../../scim/userResource';
import type { PlanMember, PlanTarget } from '../plannedChange';

export function groupTarget(group: Group): PlanTarget {
	return { type: 'group', id: group.id, displayName: group.displayName };
}

export function newGroupTarget(key: string): PlanTarget {
	return { type: 'group', id: null, displayName: key };
}

export function planMember(user: User): PlanMember {
	return {
		id: user.id,
		email: user.userName,
		displayName: user.attributes.displayName ?? null,
	};
}
