import { emailKey } from '../../scim/emailKey';
import type { Group } from '../../scim/groupResource';
import { groupNameKey } from '../../scim/groupResource';
import type { AttributeChange } from '../../scim/patchOperation';
import { attributeChanges } from '../../scim/patchOperation';
import type { PersonAttributes } from '../../scim/personAttributes';
import { resourceId } from '../../scim/resourceId';
import { isSameValue } from '../../scim/sameValue';
import type { User } from '../../scim/userResource';
import type { PlannedChange, Precondition } from '../plan/plannedChange';

/**
 * What the changes of one plan themselves make different from what the plan saw. A run that was cut off
 * may have done a part of it before.
 */
export class OwnChanges {
	private readonly userNames = new Map<string, Set<string>>();
	private readonly roles = new Map<string, Set<string>>();
	private readonly groupNames = new Map<string, Set<string>>();

	constructor(plannedChanges: readonly PlannedChange[]) {
		for (const { action, target, changes } of plannedChanges) {
			if (target.id === null) continue;
			const id = resourceId(target.id);
			if (action === 'group.rename') add(this.groupNames, id, groupNameKey(newGroupName({ target, changes })));
			if (action !== 'user.rename' && action !== 'user.update') continue;
			for (const { attribute, to } of changes) {
				if (attribute === 'email') add(this.userNames, id, emailKey(to));
				if (attribute === 'role') add(this.roles, id, to);
			}
		}
	}

	givesUserName({ id, userName }: User): boolean {
		return this.userNames.get(resourceId(id))?.has(emailKey(userName)) ?? false;
	}

	givesRole({ id, role }: User): boolean {
		return this.roles.get(resourceId(id))?.has(roleOr(role)) ?? false;
	}

	givesGroupName({ id, displayName }: Group): boolean {
		return this.groupNames.get(resourceId(id))?.has(groupNameKey(displayName)) ?? false;
	}
}

/** What is different about a user; each the end of the sentence "Since the plan was made, …". */
export function userDifferences(expected: Precondition, user: User, own: OwnChanges): string[] {
	const differences: string[] = [];
	const { userName, role, active } = expected;
	if (active !== undefined && active !== user.active) {
		differences.push(`${user.userName} ${user.active ? 'has come back to' : 'has left'} the workspace`);
	}
	if (userName !== undefined && emailKey(userName) !== emailKey(user.userName) && !own.givesUserName(user)) {
		differences.push(`the address of ${userName} has become ${user.userName}`);
	}
	if (role !== undefined && roleOr(role) !== roleOr(user.role) && !own.givesRole(user)) {
		differences.push(`the role of ${user.userName} has become ${roleOr(user.role)} (it was ${roleOr(role)})`);
	}
	return differences;
}

/** Values that are neither what the plan saw nor what it wants. */
export function valueDifferences(
	changes: readonly AttributeChange[],
	expected: Precondition,
	user: User,
): string[] {
	return changes.flatMap(({ attribute, from, to }) => {
		const seen = expected.values?.[attribute] ?? from;
		const now = attribute === 'role' ? roleOr(user.role) : (user.attributes[attribute] ?? null);
		const before = attribute === 'role' ? roleOr(seen ?? undefined) : seen;
		if (isSame(attribute, now, to) || isSame(attribute, now, before)) return [];
		return [`${attribute} of ${user.userName} has become ${quoted(now)} (it was ${quoted(before)})`];
	});
}

/** The changes that are still to be made; the role is the last one. */
export function changesLeft(changes: readonly AttributeChange[], user: User): AttributeChange[] {
	const desired: PersonAttributes = {};
	for (const { attribute, to } of changes) {
		if (attribute !== 'role') desired[attribute] = to;
	}
	const role = changes.find(({ attribute }) => attribute === 'role');
	return [
		...attributeChanges(user, desired),
		...(role && role.to !== roleOr(user.role) ? [{ ...role, from: roleOr(user.role) }] : []),
	];
}

/** What is different about a group, as {@link userDifferences}; its members are compared elsewhere. */
export function groupDifferences(expected: Precondition, group: Group, own: OwnChanges): string[] {
	const { groupName } = expected;
	if (groupName === undefined || groupNameKey(groupName) === groupNameKey(group.displayName)) return [];
	if (own.givesGroupName(group)) return [];
	return [`the group "${groupName}" was renamed to "${group.displayName}"`];
}

/** The name that a change gives a group, or by which it knows one. */
export function newGroupName({ target, changes }: Pick<PlannedChange, 'target' | 'changes'>): string {
	return changes.find(({ attribute }) => attribute === 'displayName')?.to ?? target.displayName ?? '';
}

/** A role that is not stated is a member's. */
export function roleOr(role: string | undefined): string {
	return role || 'member';
}

function isSame(
	attribute: AttributeChange['attribute'],
	one: string | null,
	other: string | null,
): boolean {
	if (one === null || other === null || attribute === 'role') return one === other;
	return isSameValue(attribute, one, other);
}

function quoted(value: string | null): string {
	return value === null ? 'empty' : `"${value}"`;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
	map.set(key, (map.get(key) ?? new Set<string>()).add(value));
}
