import type { Group } from '../../../scim/groupResource';
import { mayBeCut } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import { userLabel } from '../../person/naming';
import type { ProposedChange } from '../proposedChange';
import { proposedChange } from '../proposedChange';
import type { GroupComparison } from './comparison';
import { recordsOf } from './comparison';
import { groupTarget, newGroupTarget, planMember } from './targets';
import type { WantedGroup } from './wantedGroups';

/**
 * One change for each person the directory has in a group and Notion does not.
 *
 * @param group undefined for a group that the plan creates
 */
export function additions(
	wanted: WantedGroup,
	group: Group | undefined,
	comparison: GroupComparison,
): ProposedChange[] {
	return [...ofMembers(wanted, group, comparison), ...ofJoiners(wanted, group)];
}

function ofMembers(
	wanted: WantedGroup,
	group: Group | undefined,
	comparison: GroupComparison,
): ProposedChange[] {
	const { inputs, recent } = comparison;
	const present = new Set(group?.memberIds.map(resourceId));
	// A person who is added to such a group may never be shown, and would be added in every plan.
	const isCut = group !== undefined && mayBeCut(group);
	const unless = isCut ? ', unless they are among those Notion does not show' : '';
	return [...wanted.users].flatMap(([id, user]) => {
		if (present.has(id) || !inputs.isAbout(user, recordsOf(comparison, user))) return [];
		return proposedChange(
			'group.addMembers',
			targetOf(wanted, group),
			'groupMembership',
			`${userLabel(user)} is in ${wanted.key} in the directory, so they are added to ${nameOf(wanted, group)} in Notion${unless}.`,
			{
				member: planMember(user),
				blocked: isCut ? undefined : group && recent.quarantine('group.addMembers', group, user),
				precondition: { ...seenGroup(group), userName: user.userName, active: true },
			},
		);
	});
}

function ofJoiners(wanted: WantedGroup, group: Group | undefined): ProposedChange[] {
	return wanted.joiners.map(({ email, wanted: { attributes } }) =>
		proposedChange(
			'group.addMembers',
			targetOf(wanted, group),
			'groupMembership',
			`${attributes.displayName ?? email} is in ${wanted.key} in the directory, so they are added to ${nameOf(wanted, group)} in Notion once their account exists.`,
			{
				member: { id: null, email: email.trim(), displayName: attributes.displayName ?? null },
				precondition: seenGroup(group),
			},
		),
	);
}

function targetOf(wanted: WantedGroup, group: Group | undefined): ProposedChange['target'] {
	return group ? groupTarget(group) : newGroupTarget(wanted.key);
}

function nameOf(wanted: WantedGroup, group: Group | undefined): string {
	return group?.displayName ?? wanted.key;
}

function seenGroup(group: Group | undefined): ProposedChange['precondition'] {
	return { ...(group ? { groupName: group.displayName } : {}), isMember: false };
}
