import type { Group } from '../../../scim/groupResource';
import { mayBeCut } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import { isForeign } from '../../guards/guards';
import { listed, userLabel } from '../../person/naming';
import type { PlanInputs, ProposedChange } from '../proposedChange';
import { proposedChange, seenUser } from '../proposedChange';
import { writeBlock } from '../memberGuards';
import type { Member } from '../members';
import type { PlanReason } from '../plannedChange';
import type { Wanted } from '../employmentState';
import type { GroupComparison } from './comparison';
import { groupTarget, planMember } from './targets';
import type { WantedGroup } from './wantedGroups';

/** The members of a group the directory does not put into it. */
export interface Others {
	/** One change for each member who leaves the group. */
	losses: ProposedChange[];
	/** The members who stay, each with the reason. */
	staying: string[];
}

/** @param isExact whether only the people the directory puts into the group may be in it */
export function othersIn(
	group: Group,
	wanted: Pick<WantedGroup, 'users'> | undefined,
	isExact: boolean,
	{ inputs, members, recent }: GroupComparison,
): Others {
	const others: Others = { losses: [], staying: [] };
	for (const id of group.memberIds) {
		const member = members.get(resourceId(id));
		if (!member || wanted?.users.has(resourceId(id))) continue;
		const fate = isExact
			? fateOf(member, inputs)
			: { stays: 'the group was adopted with its members' };
		if (fate === 'goes anyway') continue;
		if ('stays' in fate) {
			others.staying.push(`${member.user.userName} (${fate.stays})`);
			continue;
		}
		const { user } = member;
		others.losses.push(
			proposedChange(
				'group.removeMembers',
				groupTarget(group),
				fate.reason,
				`${userLabel(user)} is in ${group.displayName} in Notion, and ${fate.because}, so they are removed from it.`,
				{
					member: planMember(user),
					blocked: writeBlock(inputs.policy, user) ?? recent.quarantine('group.removeMembers', group, user),
					impact: 1,
					needs: 'groups',
					precondition: { ...seenUser(user), groupName: group.displayName, isMember: true },
				},
			),
		);
	}
	return others;
}

/** `goes anyway`: the plan removes the account, so the membership needs no change of its own. */
type Fate = { stays: string } | { reason: PlanReason; because: string } | 'goes anyway';

/** What happens to the membership of a person the directory does not put into the group. */
function fateOf({ user, employmentState, isHeld }: Member & { isHeld: boolean }, inputs: PlanInputs): Fate {
	const { policy } = inputs;
	if (isHeld) return { stays: 'who they are in the directory is not certain' };
	switch (employmentState.is) {
		case 'wanted':
			return fateOfWanted(employmentState.wanted);
		case 'left':
			return policy.onInactive === 'remove'
				? 'goes anyway'
				: { stays: 'they have left, which is only reported' };
		case 'outOfScope':
			if (policy.onOutOfScope === 'remove') return 'goes anyway';
			return policy.onOutOfScope === 'removeFromGroups'
				? { reason: 'outOfScope', because: 'Notion is not meant for them (any more)' }
				: { stays: 'they are out of scope, which is only reported' };
		case 'absent':
			if (isForeign(policy.guards, user.userName)) {
				return { stays: 'the directory does not list them, and their domain is not an owned one' };
			}
			if (!employmentState.isConfirmed)
				return { stays: 'the directory does not list them, which is not confirmed yet' };
			return policy.onUnlisted === 'remove'
				? 'goes anyway'
				: { stays: 'the directory does not list them, which is only reported' };
		case 'unclear':
			return { stays: 'their status in the directory removes nothing' };
		case 'conflict':
			return { stays: 'their entries in the directory contradict each other' };
		case 'mentioned':
			return { stays: 'who they are in the directory is not certain' };
	}
}

function fateOfWanted(wanted: Wanted): Fate {
	if (wanted.groups === undefined) return { stays: 'their groups were not read' };
	if (!wanted.mayLoseGroups) return { stays: 'they are on leave, which changes nothing' };
	return { reason: 'groupMembership', because: 'not in that group in the directory' };
}

/** The number of names that fit into a sentence. */
const MOST_NAMES = 5;

export function fewOf(names: readonly string[]): string {
	const sorted = [...names].sort();
	const more = sorted.length - MOST_NAMES;
	return listed(more > 0 ? [...sorted.slice(0, MOST_NAMES), `${more} more`] : sorted);
}

/** Says who stays in a group; undefined where all others leave it. */
export function stayingChange(group: Group, staying: string[]): ProposedChange | undefined {
	if (staying.length === 0) return undefined;
	return proposedChange(
		'none',
		groupTarget(group),
		'groupMembership',
		`In ${group.displayName} there ${staying.length === 1 ? 'is' : 'are'} also ${fewOf(staying)}; they stay in it.`,
	);
}

/** Says that a group may have more members than the plan knows. */
export function cutChange(group: Group): ProposedChange | undefined {
	if (!mayBeCut(group)) return undefined;
	return proposedChange(
		'none',
		groupTarget(group),
		'groupMembership',
		`Notion shows exactly 100 members of ${group.displayName}, which may be only some of them. People the directory has in it and Notion does not show are added again, which changes nothing if they are in it; others Notion does not show stay in it.`,
	);
}
