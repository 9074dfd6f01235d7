import type { Group } from '../../../scim/groupResource';
import { counted } from '../../person/naming';
import type { ProposedChange } from '../proposedChange';
import { proposedChange } from '../proposedChange';
import { additions } from './additions';
import type { GroupComparison } from './comparison';
import { ifAboutGroups } from './comparison';
import { cutChange, othersIn, stayingChange } from './others';
import { groupTarget } from './targets';
import type { WantedGroup } from './wantedGroups';
import { isEmpty } from './wantedGroups';

/** A group of the directory has the name of a group in Notion that no link knows. */
export function adopt(wanted: WantedGroup, group: Group, comparison: GroupComparison): ProposedChange[] {
	const { adoptGroups } = comparison.inputs.policy;
	if (isEmpty(wanted)) {
		return ifAboutGroups(
			comparison,
			proposedChange(
				'none',
				groupTarget(group),
				'skipped',
				`${wanted.key} is left alone: no one the directory has in it is a member, and the group of that name in Notion is not linked.`,
			),
		);
	}
	if (adoptGroups === 'off') return ifAboutGroups(comparison, refusal(wanted, group));
	const changes = additions(wanted, group, comparison).map(beforeAdoption);
	const { staying } = othersIn(group, wanted, false, comparison);
	const isAbout = comparison.isAboutGroups || changes.length > 0;
	return [
		...(isAbout ? [adoption(wanted, group, adoptGroups)] : []),
		...changes,
		...ifAboutGroups(comparison, stayingChange(group, staying), cutChange(group)),
	];
}

function refusal({ key }: WantedGroup, group: Group): ProposedChange {
	return proposedChange(
		'group.adopt',
		groupTarget(group),
		'groupExists',
		`${existing(key, group)} that was not made by a plan.`,
		{
			blocked: `A group that no plan made is left alone. To let ${key} follow the directory, set Adopt Groups to Union, or rename one of the two.`,
			precondition: seenGroup(group),
		},
	);
}

function adoption({ key }: WantedGroup, group: Group, adoptGroups: 'union' | 'exact'): ProposedChange {
	const then =
		adoptGroups === 'exact'
			? 'From the next plan on, members the directory does not have in it are removed.'
			: 'Its members stay.';
	return proposedChange(
		'group.adopt',
		groupTarget(group),
		'groupExists',
		`${existing(key, group)}, so that one is adopted: from now on it is known by its id. ${then}`,
		{ precondition: seenGroup(group) },
	);
}

function existing(key: string, { memberIds }: Group): string {
	return `The directory has a group ${key}, and Notion has one of that name with ${counted(memberIds.length, 'member', 'members')}`;
}

function seenGroup({ displayName, memberIds }: Group): ProposedChange['precondition'] {
	return { groupName: displayName, memberIds: [...memberIds].sort() };
}

/** A member is added only after the group has been adopted. */
function beforeAdoption(change: ProposedChange): ProposedChange {
	return { ...change, precondition: { ...change.precondition, isLinked: false } };
}
