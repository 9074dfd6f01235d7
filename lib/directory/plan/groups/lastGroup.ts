import type { Group } from '../../../scim/groupResource';
import { mayBeCut } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import type { User } from '../../../scim/userResource';
import { userLabel } from '../../person/naming';
import type { Memory } from '../policy';
import type { Draft } from '../draft';
import { draft, userTarget } from '../draft';
import { absencesOf, isConfirmedAbsence } from '../evidence';
import { writeBlock } from '../memberGuards';
import { removal } from '../memberLines';
import type { Wanted } from '../standing';
import { append } from './append';
import type { GroupComparison } from './comparison';
import { confirmHours } from './confirmHours';

/** A person whom the directory has in no managed group. */
interface Leaving {
	user: User;
	wanted: Wanted;
	/** The changes that end the person's memberships. */
	lines: Draft[];
}

/**
 * Turns leaving the last managed group into leaving the workspace, where the admin chose that. One
 * reading ends the memberships, and only another one the account: a source may have overlooked the
 * groups of one person.
 */
export function withoutManagedGroup(
	drafts: Draft[],
	comparison: GroupComparison,
): { drafts: Draft[]; absentSince: Memory['absentSince'] } {
	const { basis, evidence, memory } = comparison;
	if (!basis.policy.removeWithoutManagedGroup) return { drafts, absentSince: {} };
	const leaving = leavingTheLastGroup(drafts, comparison);
	const absentSince = absencesOf([...leaving.keys()].map(withoutGroupKey), evidence, memory);
	const replaced = new Set<Draft>();
	const added: Draft[] = [];
	for (const [id, one] of leaving) {
		const since = absentSince[withoutGroupKey(id)];
		if (since === undefined || mustWait(one, comparison)) continue;
		const isConfirmed = isConfirmedAbsence(since, evidence, basis.policy.confirmAfter);
		if (isConfirmed) for (const line of one.lines) replaced.add(line);
		added.push(isConfirmed ? lastRemoval(one, since, comparison) : notice(one, since, comparison));
	}
	return { drafts: [...drafts.filter((line) => !replaced.has(line)), ...added], absentSince };
}

function mustWait({ user, wanted, lines }: Leaving, { basis }: GroupComparison): boolean {
	// A quarantined membership waits, and so does everything that depends on it.
	const isQuarantined = lines.some(({ guard }) => guard !== 'ok') && !writeBlock(basis.policy, user);
	return isQuarantined || !isSettled(wanted) || !basis.isAbout(user, wanted.records);
}

function lastRemoval({ user, wanted }: Leaving, since: string, { basis }: GroupComparison): Draft {
	const explanation = `${firstSeen(user, since)}, and not in this reading either, so they are removed from the workspace. They have not left the company.`;
	return removal(user, wanted.records[0], 'withoutManagedGroup', explanation, basis, 'groups');
}

function notice({ user, wanted }: Leaving, since: string, { basis }: GroupComparison): Draft {
	const explanation = `${firstSeen(user, since)}. They stay a member for now, and are removed from the workspace if a complete reading ${confirmHours(basis.policy)} later or more says the same.`;
	return draft('none', userTarget(user, wanted.records[0]), 'withoutManagedGroup', explanation);
}

function firstSeen(user: User, since: string): string {
	return `The directory has ${userLabel(user)} in no managed group any more, first seen at ${since}`;
}

/** People who leave all managed groups with this plan, or did so with an earlier one; by Notion's id. */
function leavingTheLastGroup(
	drafts: readonly Draft[],
	comparison: GroupComparison,
): Map<string, Leaving> {
	const { basis, members, memory } = comparison;
	const losses = new Map<string, Draft[]>();
	for (const line of drafts) {
		if (line.action !== 'group.removeMembers' || line.reason !== 'groupMembership') continue;
		append(losses, resourceId(line.member?.id ?? ''), line);
	}
	const managed = managedGroups(comparison);
	const memberships = new Map<string, number>();
	for (const id of managed.flatMap(({ memberIds }) => memberIds.map(resourceId))) {
		memberships.set(id, (memberships.get(id) ?? 0) + 1);
	}
	// Of these groups, no one can be said not to be a member.
	const cut = managed.filter(mayBeCut).map(({ memberIds }) => new Set(memberIds.map(resourceId)));
	const leaving = new Map<string, Leaving>();
	for (const [id, { user, standing, isHeld }] of members) {
		const lines = losses.get(id) ?? [];
		const isKnown = lines.length > 0 || Object.hasOwn(memory.absentSince, withoutGroupKey(id));
		if (!isKnown || standing.is !== 'wanted' || isHeld) continue;
		const { wanted } = standing;
		const isWantedInAny = (wanted.groups ?? []).some(basis.managed.has);
		const isInOthers = lines.length !== (memberships.get(id) ?? 0) && isSettled(wanted);
		const maybeInOthers = cut.some((ids) => !ids.has(id));
		if (!isWantedInAny && !isInOthers && !maybeInOthers) leaving.set(id, { user, wanted, lines });
	}
	return leaving;
}

/** Groups in Notion that are managed, by link or by name. */
function managedGroups({ basis: { links, managed }, workspace }: GroupComparison): Group[] {
	const linked = new Set(
		links.groups.filter(({ name }) => managed.has(name)).map(({ groupId }) => resourceId(groupId)),
	);
	return workspace.groups.filter(
		({ id, displayName }) => linked.has(resourceId(id)) || managed.has(displayName),
	);
}

/** The key in the memory. A bare id there stands for a person whom no source lists. */
function withoutGroupKey(id: string): string {
	return `without group ${id}`;
}

/** Whether the directory says for certain which groups the person belongs to. */
function isSettled({ groups, mayLoseGroups }: Wanted): boolean {
	return groups !== undefined && mayLoseGroups;
}
