import { groupNameKey } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import type { User } from '../../../scim/userResource';
import type { Directory, Person } from '../../person/person';
import type { Memory } from '../policy';
import type { Workspace } from '../../workspace/workspace';
import type { PlanInputs, ProposedChange } from '../proposedChange';
import type { Evidence } from '../evidence';
import { aboutGroups } from '../evidence';
import type { Joiner } from '../joiners';
import type { People } from '../people';
import type { ConfusableNames } from './confusableNames';
import { confusableNames } from './confusableNames';
import { RecentCounts } from './recentCounts';
import type { WantedGroup } from './wantedGroups';
import { wantedGroups } from './wantedGroups';

/** What every step of the group comparison reads. No step changes it. */
export interface GroupComparison {
	inputs: PlanInputs;
	workspace: Workspace;
	/** By Notion's id. */
	members: People['members'];
	memory: Memory;
	/** Evidence for what depends on the groups of people. */
	evidence: Evidence;
	/** The groups that the directory names, by `groupNameKey`. */
	wanted: ReadonlyMap<string, WantedGroup>;
	/** The `groupNameKey` of every group in Notion. */
	namesInNotion: ReadonlySet<string>;
	confusable: ConfusableNames;
	recent: RecentCounts;
	/** False for a plan about one person, which says nothing about groups as a whole. */
	isAboutGroups: boolean;
}

export function comparisonOf(
	directory: Directory,
	workspace: Workspace,
	members: People['members'],
	joiners: readonly Joiner[],
	memory: Memory,
	inputs: PlanInputs,
): GroupComparison {
	const wanted = wantedGroups(directory, members, joiners, inputs);
	return {
		inputs,
		workspace,
		members,
		memory,
		evidence: aboutGroups(inputs.evidence),
		wanted,
		namesInNotion: new Set(workspace.groups.map(({ displayName }) => groupNameKey(displayName))),
		confusable: confusableNames(workspace.groups, [...wanted.keys()]),
		recent: new RecentCounts(inputs.recentChanges, inputs.now),
		isAboutGroups: inputs.policy.only === undefined,
	};
}

/** Of changes that concern a group as a whole, those that the plan is about. */
export function ifAboutGroups(
	{ isAboutGroups }: GroupComparison,
	...changes: ReadonlyArray<ProposedChange | undefined>
): ProposedChange[] {
	return isAboutGroups ? changes.flatMap((change) => change ?? []) : [];
}

/** Of changes to memberships, those of people the plan is about. */
export function ifAboutMember(comparison: GroupComparison, changes: readonly ProposedChange[]): ProposedChange[] {
	return changes.filter(({ member }) => {
		const user = comparison.members.get(resourceId(member?.id ?? ''))?.user;
		return user !== undefined && comparison.inputs.isAbout(user, recordsOf(comparison, user));
	});
}

/** The entries of the directory that are a member. */
export function recordsOf({ members }: GroupComparison, user: User): readonly Person[] {
	const employmentState = members.get(resourceId(user.id))?.employmentState;
	if (employmentState?.is === 'wanted') return employmentState.wanted.records;
	return employmentState && 'records' in employmentState ? employmentState.records : [];
}
