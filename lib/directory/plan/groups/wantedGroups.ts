import { groupNameKey } from '../../../scim/groupResource';
import type { User } from '../../../scim/userResource';
import { inOrder } from '../../person/naming';
import type { Directory } from '../../person/person';
import type { PlanInputs } from '../proposedChange';
import type { Joiner } from '../joiners';
import type { People } from '../people';

/** A managed group that the directory names, with the people it puts into the group. */
export interface WantedGroup {
	/** Its name, in the form of `groupNameKey`. */
	key: string;
	/** Members by Notion's id. */
	users: Map<string, User>;
	/** People whose account the same plan creates. */
	joiners: Joiner[];
}

/** @returns by key */
export function wantedGroups(
	directory: Directory,
	members: People['members'],
	joiners: readonly Joiner[],
	{ managed, policy }: PlanInputs,
): Map<string, WantedGroup> {
	const named = directory.persons.flatMap(({ groups }) => groups ?? []).filter(managed.has);
	const keys = [...named.map(groupNameKey), ...(policy.createEmptyGroups ? managed.names : [])];
	const wanted = new Map<string, WantedGroup>();
	for (const key of keys) {
		if (!wanted.has(key)) wanted.set(key, { key, users: new Map(), joiners: [] });
	}
	for (const [id, { user, employmentState, isHeld }] of members) {
		if (employmentState.is !== 'wanted' || isHeld) continue;
		for (const key of employmentState.wanted.groups ?? []) wanted.get(key)?.users.set(id, user);
	}
	for (const joiner of inOrder(joiners, ({ email }) => email)) {
		for (const key of joiner.wanted.groups ?? []) wanted.get(key)?.joiners.push(joiner);
	}
	return wanted;
}

export function isEmpty({ users, joiners }: WantedGroup): boolean {
	return users.size === 0 && joiners.length === 0;
}
