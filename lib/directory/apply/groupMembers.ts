import { emailKey } from '../../scim/emailKey';
import type { Group } from '../../scim/groupResource';
import { groupNameKey } from '../../scim/groupResource';
import { resourceId } from '../../scim/resourceId';
import type { FreshReading } from './freshReading';
import type { PlannedChange } from '../plan/plannedChange';

/** Whom the changes of a plan add to one group. */
interface Additions {
	ids: Set<string>;
	/** Of people the same plan creates. */
	emails: Set<string>;
}

/** Compares who is in groups with what the plan saw, and knows what its own changes alter in them. */
export class GroupMembers {
	private readonly additions = new Map<string, Additions>();
	private readonly losses = new Map<string, Set<string>>();
	private readonly members = new WeakMap<Group, Set<string>>();

	constructor(
		changes: readonly PlannedChange[],
		private readonly reading: FreshReading,
	) {
		for (const { action, target, member } of changes) {
			if (!member) continue;
			if (action === 'group.addMembers') {
				const key =
					target.id === null ? nameKey(target.displayName ?? '') : idKey(target.id);
				const added = this.additions.get(key) ?? { ids: new Set(), emails: new Set() };
				if (member.id === null) added.emails.add(emailKey(member.email));
				else added.ids.add(resourceId(member.id));
				this.additions.set(key, added);
			}
			if (action === 'group.removeMembers' && target.id !== null) {
				const key = idKey(target.id);
				const lost = this.losses.get(key) ?? new Set<string>();
				this.losses.set(key, lost.add(resourceId(member.id ?? '')));
			}
		}
	}

	has(group: Group, userId: string): boolean {
		return this.idsOf(group).has(resourceId(userId));
	}

	/**
	 * Who is in a group and was not, or the other way round, without those changes of the same plan
	 * add, take out or remove; each the end of the sentence "Since the plan was made, …".
	 */
	async differences({ precondition }: PlannedChange, group: Group): Promise<string[]> {
		const expected = new Set((precondition.memberIds ?? []).map(resourceId));
		const joined = group.memberIds.filter((id) => !expected.has(resourceId(id)));
		const others = await this.strangers(group, joined);
		const takenOut = this.losses.get(idKey(group.id));
		const left: string[] = [];
		for (const id of expected) {
			if (this.has(group, id) || takenOut?.has(id)) continue;
			// A person who has left the workspace is in no group either.
			if ((await this.reading.user(id))?.active) left.push(id);
		}
		return [
			...(others.length > 0 ? [`${others.length} others joined the group "${group.displayName}"`] : []),
			...(left.length > 0 ? [`${left.length} left the group "${group.displayName}"`] : []),
		];
	}

	/** Those of a group no change of this plan adds to it. */
	async strangers(group: Group, memberIds = group.memberIds): Promise<string[]> {
		const added = [idKey(group.id), nameKey(group.displayName)].flatMap(
			(key) => this.additions.get(key) ?? [],
		);
		const strangers: string[] = [];
		for (const id of memberIds) {
			if (added.some(({ ids }) => ids.has(resourceId(id)))) continue;
			const user = added.some(({ emails }) => emails.size > 0) ? await this.reading.user(id) : undefined;
			if (!user || !added.some(({ emails }) => emails.has(emailKey(user.userName)))) strangers.push(id);
		}
		return strangers;
	}

	private idsOf(group: Group): Set<string> {
		const known = this.members.get(group);
		if (known) return known;
		const ids = new Set(group.memberIds.map(resourceId));
		this.members.set(group, ids);
		return ids;
	}
}

function idKey(id: string): string {
	return `id ${resourceId(id)}`;
}

function nameKey(name: string): string {
	return `name ${groupNameKey(name)}`;
}
