import type { Group } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import type { User } from '../../../scim/userResource';
import type { RecentChange } from '../policy';

/** The period, in milliseconds, within which a membership that was changed back twice is quarantined. */
const A_DAY = 24 * 60 * 60 * 1_000;

/** How often this side added or removed each membership in the last day. */
export class RecentCounts {
	private readonly counts = new Map<string, number>();

	constructor(changes: readonly RecentChange[], now: number) {
		for (const { action, groupId, userId, at } of changes) {
			if (!(Date.parse(at) > now - A_DAY)) continue;
			const key = pairKey(action, groupId, userId);
			this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
		}
	}

	/** Why a change waits, as whole sentences. */
	quarantine(action: RecentChange['action'], group: Group, user: User): string | undefined {
		const count = this.counts.get(pairKey(action, group.id, user.id)) ?? 0;
		if (count < 2) return undefined;
		const done = action === 'group.addMembers' ? 'added to' : 'removed from';
		return `${user.userName} was ${done} ${group.displayName} ${count} times within a day, and it was changed back each time. Two systems seem to manage this group: let only one of them do it.`;
	}
}

function pairKey(action: string, groupId: string, userId: string): string {
	return `${action}\n${resourceId(groupId)}\n${resourceId(userId)}`;
}
