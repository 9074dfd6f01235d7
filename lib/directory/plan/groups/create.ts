import type { ProposedChange } from '../proposedChange';
import { proposedChange } from '../proposedChange';
import { additions } from './additions';
import type { GroupComparison } from './comparison';
import { ifAboutGroups } from './comparison';
import { lookAlikeOf } from './confusableNames';
import { newGroupTarget } from './targets';
import type { WantedGroup } from './wantedGroups';
import { isEmpty } from './wantedGroups';

/** Notion has no group of the name. */
export function create(wanted: WantedGroup, comparison: GroupComparison): ProposedChange[] {
	const { key } = wanted;
	if (isEmpty(wanted) && !comparison.inputs.policy.createEmptyGroups) {
		return ifAboutGroups(
			comparison,
			proposedChange(
				'none',
				newGroupTarget(key),
				'skipped',
				`The group ${key} is not created, because no one the directory has in it is a member, and Create Empty Groups is off.`,
			),
		);
	}
	const lookAlike = lookAlikeOf(comparison.confusable, key);
	if (lookAlike !== undefined) {
		return ifAboutGroups(
			comparison,
			proposedChange(
				'group.create',
				newGroupTarget(key),
				'groupMissing',
				`The directory has a group ${key}, and Notion has none of exactly that name.`,
				{
					blocked: `It looks like ${lookAlike}, and the two could not be told apart. Rename one of them, so that both have one name if they are one group; or link ${key} with the one in Notion; without adoptedAt in the link, members the directory does not have in it are removed.`,
				},
			),
		);
	}
	const changes = additions(wanted, undefined, comparison);
	if (!comparison.isAboutGroups && changes.length === 0) return [];
	return [
		proposedChange(
			'group.create',
			newGroupTarget(key),
			'groupMissing',
			`The directory has a group ${key}, and Notion has none of that name, so it is created. Attach it to its teamspaces in Notion by hand.`,
		),
		...changes,
	];
}

/** A group that an admin deleted in Notion is not created again. */
export function refuseDeleted(
	{ key }: WantedGroup,
	groupId: string,
	comparison: GroupComparison,
): ProposedChange[] {
	return ifAboutGroups(
		comparison,
		proposedChange(
			'group.create',
			newGroupTarget(key),
			'groupMissing',
			`The directory has a group ${key}, and the group in Notion that was linked with it is gone.`,
			{
				blocked: `The group ${groupId} was deleted in Notion. A new one would be attached to no teamspace. To have one made all the same, delete the link of ${key}; its members are added then.`,
			},
		),
	);
}

export function leaveAmbiguous(
	{ key }: WantedGroup,
	explanation: string,
	comparison: GroupComparison,
): ProposedChange[] {
	return ifAboutGroups(
		comparison,
		proposedChange(
			'none',
			newGroupTarget(key),
			'ambiguous',
			`The directory's group ${key} is left alone, because it is not certain which group in Notion it is.`,
			{ blocked: explanation },
		),
	);
}
