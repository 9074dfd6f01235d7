import type { Group } from '../../../scim/groupResource';
import type { ProposedChange } from '../proposedChange';
import { proposedChange } from '../proposedChange';
import { additions } from './additions';
import type { GroupComparison } from './comparison';
import { ifAboutGroups, ifAboutMember } from './comparison';
import { holderOf } from './confusableNames';
import { cutChange, othersIn, stayingChange } from './others';
import { groupRename } from './rename';
import { groupTarget } from './targets';
import type { WantedGroup } from './wantedGroups';

/**
 * What is different between a group of the directory and the group in Notion that it is linked with.
 *
 * @param isAdopted whether the group existed before it was linked, so that others may be in it
 */
export function diff(
	wanted: WantedGroup,
	group: Group,
	isAdopted: boolean,
	comparison: GroupComparison,
): ProposedChange[] {
	const { inputs, confusable } = comparison;
	const isExact = !isAdopted || inputs.policy.adoptGroups === 'exact';
	const others = othersIn(group, wanted, isExact, comparison);
	const memberships = [
		...additions(wanted, group, comparison),
		...ifAboutMember(comparison, others.losses),
	];
	const rename = groupRename(group, wanted.key, holderOf(confusable, wanted.key, group), inputs);
	const about = [rename, stayingChange(group, others.staying), cutChange(group)].flatMap(
		(change) => change ?? [],
	);
	if (memberships.length > 0 || about.length > 0) {
		return [...memberships, ...ifAboutGroups(comparison, ...about)];
	}
	return ifAboutGroups(
		comparison,
		proposedChange(
			'none',
			groupTarget(group),
			'unchanged',
			`${group.displayName} has the members that the directory says.`,
		),
	);
}
