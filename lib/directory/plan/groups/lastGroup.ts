import type { Group } from '../../../scim/groupResource';
import { mayBeCut } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import type { User } from '../../../scim/userResource';
import { userLabel } from '../../person/naming';
import type { Memory } from '../policy';
import type { ProposedChange } from '../proposedChange';
import { proposedChange, userTarget } from '../proposedChange';
import { absencesOf, isConfirmedAbsence } from '../evidence';
import { writeBlock } from '../memberGuards';
import { removal } from '../memberChanges';
import type { Wanted } from '../employmentState';
import { append } from '../../append';
import type { GroupComparison } from './comparison';
import { confirmHours } from './confirmHours';

/** A person the directory has in no managed group. */
interface Leaving {
	user: User;
	wanted: Wanted;
	/** The changes that end the person's memberships. */
	changes: ProposedChange[];
}

/**
 * Turns leaving the last managed group into leaving the workspace, where the admin chose that. One
 * reading ends the memberships, and only another one the account: a source may have overlooked the
 * groups of one person.
 */
export function withoutManagedGroup(
	changes: ProposedChange[],
	comparison: GroupComparison,
): { changes: ProposedChange[]; absentSince: Memory['absentSince'] } {
	const { inputs, evidence, memory } = comparison;
	if (!inputs.policy.removeWithoutManagedGroup) return { changes, absentSince: {} };
	const leaving = leavingTheLastGroup(changes, comparison);
	const absentSince = absencesOf([...leaving.keys()].map(withoutGroupKey), evidence, memory);
	const replaced = new Set<ProposedChange>();
	const added: ProposedChange[] = [];
	for (const [id, one] of leaving) {
		const since = absentSince[withoutGroupKey(id)];
		if (since === undefined || mustWait(one, comparison)) continue;
		const isConfirmed = isConfirmedAbsence(since, evidence, inputs.policy.confirmAfter);
		if (isConfirmed) for (const change of one.changes) replaced.add(change);
		added.push(isConfirmed ? lastRemoval(one, since, comparison) : notice(one, since, comparison));
	}
	return { changes: [...changes.filter((change) => !replaced.has(change)), ...added], absentSince };
}

function mustWait({ user, wanted, changes }: Leaving, { inputs }: GroupComparison): boolean {
	// A quarantined membership waits, and so does everything that depends on it.
	const isQuarantined = changes.some(({ guard }) => guard !== 'ok') && !writeBlock(inputs.policy, user);
	return isQuarantined || !isSettled(wanted) || !inputs.isAbout(user, wanted.records);
}

function lastRemoval({ user, wanted }: Leaving, since: string, { inputs }: GroupComparison): ProposedChange {
	const explanation = `${firstSeen(user, since)}, and not in this reading either, so they are removed from the workspace. They have not left the company.`;
	return removal(user, wanted.records[0], 'withoutManagedGroup', explanation, inputs, 'groups');
}

function notice({ user, wanted }: Leaving, since: string, { inputs }: GroupComparison): ProposedChange {
	const explanation = `${firstSeen(user, since)}. They stay a member for now, and are removed from the workspace if a complete reading ${confirmHours(inputs.policy)} later or more says the same.`;
	return proposedChange('none', userTarget(user, wanted.records[0]), 'withoutManagedGroup', explanation);
}

function firstSeen(user: User, since: string): string {
	return `The directory has ${userLabel(user)} in no managed group any more, first seen at ${since}`;
}

/** People who leave all managed groups with this plan, or did so with an earlier one; by Notion's id. */
function leavingTheLastGroup(
	changes: readonly ProposedChange[],
	comparison: GroupComparison,
): Map<string, Leaving> {
	const { inputs, members, memory } = comparison;
	const losses = new Map<string, ProposedChange[]>();
	for (const change of changes) {
		if (change.action !== 'group.removeMembers' || change.reason !== 'groupMembership') continue;
		append(losses, resourceId(change.member?.id ?? ''), change);
	}
	const managed = managedGroups(comparison);
	const memberships = new Map<string, number>();
	for (const id of managed.flatMap(({ memberIds }) => memberIds.map(resourceId))) {
		memberships.set(id, (memberships.get(id) ?? 0) + 1);
	}
	// Of these groups, no one can be said not to be a member.
	const cut = managed.filter(mayBeCut).map(({ memberIds }) => new Set(memberIds.map(resourceId)));
	const leaving = new Map<string, Leaving>();
	for (const [id, { user, employmentState, isHeld }] of members) {
		const changes = losses.get(id) ?? [];
		const isKnown = changes.length > 0 || Object.hasOwn(memory.absentSince, withoutGroupKey(id));
		if (!isKnown || employmentState.is !== 'wanted' || isHeld) continue;
		const { wanted } = employmentState;
		const isWantedInAny = (wanted.groups ?? []).some(inputs.managed.has);
		const isInOthers = changes.length !== (memberships.get(id) ?? 0) && isSettled(wanted);
		const maybeInOthers = cut.some((ids) => !ids.has(id));
		if (!isWantedInAny && !isInOthers && !maybeInOthers) leaving.set(id, { user, wanted, changes });
	}
	return leaving;
}

/** Groups in Notion that are managed, by link or by name. */
function managedGroups({ inputs: { links, managed }, workspace }: GroupComparison): Group[] {
	const linked = new Set(
		links.groups.filter(({ name }) => managed.has(name)).map(({ groupId }) => resourceId(groupId)),
	);
	return workspace.groups.filter(
		({ id, displayName }) => linked.has(resourceId(id)) || managed.has(displayName),
	);
}

/** The key in the memory. A bare id there stands for a person no source lists. */
function withoutGroupKey(id: string): string {
	return `without group ${id}`;
}

/** Whether the directory says for certain which groups the person belongs to. */
function isSettled({ groups, mayLoseGroups }: Wanted): boolean {
	return groups !== undefined && mayLoseGroups;
}
