import type { Group } from '../../../scim/groupResource';
import { mayBeCut } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import { counted } from '../../person/naming';
import type { Memory } from '../policy';
import type { ProposedChange } from '../proposedChange';
import { proposedChange } from '../proposedChange';
import { isConfirmedAbsence } from '../evidence';
import { writeBlock } from '../memberGuards';
import type { GroupComparison } from './comparison';
import { ifAboutGroups, ifAboutMember } from './comparison';
import { confirmHours } from './confirmHours';
import { cutChange, fewOf, othersIn, stayingChange } from './others';
import { proposeRename } from './rename';
import { groupTarget } from './targets';
import type { WantedGroup } from './wantedGroups';

/** A linked group that the directory no longer names. */
export interface Vanished {
	key: string;
	group: Group;
	isAdopted: boolean;
}

/** @param successor the group of the directory that is probably this one with a new name */
export function vanish(
	vanished: Vanished,
	successor: WantedGroup | undefined,
	absentSince: Memory['absentSince'],
	comparison: GroupComparison,
): ProposedChange[] {
	const { inputs, evidence } = comparison;
	const { key, group, isAdopted } = vanished;
	if (successor) return proposeRename(vanished, successor, comparison);
	if (isAdopted && inputs.policy.adoptGroups !== 'exact') {
		return ifAboutGroups(
			comparison,
			proposedChange(
				'none',
				groupTarget(group),
				'groupUnlisted',
				`${gone(key)}. ${group.displayName} in Notion was adopted with its members, so it stays as it is.`,
			),
		);
	}
	const since = absentSince[resourceId(group.id)];
	const isConfirmed = isConfirmedAbsence(since, evidence, inputs.policy.confirmAfter);
	const { losses, staying } = othersIn(group, undefined, true, comparison);
	if (inputs.policy.deleteUnlistedGroups && isConfirmed) {
		return ifAboutGroups(comparison, deletion(group, key, staying, comparison));
	}
	return [
		...ifAboutMember(comparison, losses),
		...ifAboutGroups(
			comparison,
			proposedChange(
				'none',
				groupTarget(group),
				'groupUnlisted',
				`${gone(key)}. ${group.displayName} stays in Notion, ${whyStays(since, comparison)}`,
			),
			stayingChange(group, staying),
			cutChange(group),
		),
	];
}

function gone(key: string): string {
	return `The directory has no group ${key} any more`;
}

function whyStays(since: string | undefined, { inputs: { policy } }: GroupComparison): string {
	if (!policy.deleteUnlistedGroups) return 'because Delete Unlisted Groups is off.';
	if (since === undefined) return 'because the directory may not have been read to its end.';
	return `for it may only be empty for a while: first seen at ${since}. It is deleted if a complete reading ${confirmHours(policy)} later or more does not name it either.`;
}

/** @param staying the members who would keep their membership: while there are any, the group stays */
function deletion(
	group: Group,
	key: string,
	staying: readonly string[],
	{ inputs, members }: GroupComparison,
): ProposedChange {
	const privileged = group.memberIds
		.flatMap((id) => members.get(resourceId(id)) ?? [])
		.flatMap(({ user }) => writeBlock(inputs.policy, user) ?? [])
		.sort()[0];
	const kept =
		staying.length === 0
			? undefined
			: `${fewOf(staying)} ${staying.length === 1 ? 'is' : 'are'} still in it, and would lose it. Settle that first, or delete the group in Notion by hand.`;
	const unseen = mayBeCut(group)
		? 'Notion shows exactly 100 members of it, which may be only some of them, so no one can tell who would lose it. Delete the group in Notion by hand.'
		: undefined;
	return proposedChange(
		'group.delete',
		groupTarget(group),
		'groupUnlisted',
		`${gone(key)}, so ${group.displayName} with its ${counted(group.memberIds.length, 'member', 'members')} is deleted in Notion, and its place in teamspaces is lost.`,
		{
			blocked: privileged ?? kept ?? unseen,
			impact: group.memberIds.length,
			needs: 'groups',
			precondition: { groupName: group.displayName, memberIds: [...group.memberIds].sort() },
		},
	);
}
