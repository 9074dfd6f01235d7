import type { Group } from '../../../scim/groupResource';
import { groupNameKey } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import { inOrder } from '../../person/naming';
import type { PlanInputs, ProposedChange } from '../proposedChange';
import { proposedChange } from '../proposedChange';
import type { People } from '../people';
import { append } from '../../append';
import type { GroupComparison } from './comparison';
import { ifAboutGroups } from './comparison';
import type { GroupIdentity } from './identify';
import { groupTarget, newGroupTarget } from './targets';
import type { WantedGroup } from './wantedGroups';

/**
 * The directory's name is the one that counts, as with every identity provider.
 *
 * @param holder another group in Notion that has the name, or one whose name looks the same
 */
export function groupRename(
	group: Group,
	key: string,
	holder: string | undefined,
	inputs: PlanInputs,
): ProposedChange | undefined {
	if (groupNameKey(group.displayName) === key || !inputs.policy.updateDrift) return undefined;
	return proposedChange(
		'group.rename',
		groupTarget(group),
		'groupRenamed',
		`${group.displayName} in Notion is linked with the directory's group ${key}, so it gets that name; its members and its place in teamspaces stay.`,
		{
			changes: [{ attribute: 'displayName', from: group.displayName, to: key }],
			blocked:
				holder &&
				`Another group in Notion is called ${key}, or looks like it: ${holder}. Rename that one first, or correct the link.`,
			precondition: { groupName: group.displayName },
		},
	);
}

/** Whether a named group may be an old one with a new name: no plan has put anyone into it yet. */
export function mayBeRenamed(identity: GroupIdentity): boolean {
	if (identity.is === 'linked') return identity.group.memberIds.length === 0;
	return identity.is === 'missing' || identity.is === 'namesake';
}

/**
 * For each group that the directory no longer names, the new group that has at least half of its people
 * who are still in the directory.
 *
 * @returns by the key of the group that is no longer named
 */
export function probableRenames(
	vanished: ReadonlyArray<{ key: string; group: Group }>,
	successors: readonly WantedGroup[],
	members: People['members'],
): Map<string, WantedGroup> {
	const newGroupsOf = new Map<string, WantedGroup[]>();
	for (const wanted of successors) {
		for (const id of wanted.users.keys()) append(newGroupsOf, id, wanted);
	}
	const renamed = new Map<string, WantedGroup>();
	for (const { key, group } of vanished) {
		const overlaps = new Map<WantedGroup, number>();
		const present = group.memberIds
			.map(resourceId)
			.filter((id) => members.get(id)?.employmentState.is === 'wanted');
		for (const wanted of present.flatMap((id) => newGroupsOf.get(id) ?? [])) {
			overlaps.set(wanted, (overlaps.get(wanted) ?? 0) + 1);
		}
		const [best] = inOrder([...overlaps], ([wanted]) => wanted.key).sort(
			([, one], [, other]) => other - one,
		);
		if (best && best[1] * 2 >= present.length) renamed.set(key, best[0]);
	}
	return renamed;
}

/** Proposes the new name for a group that the directory no longer names. A person decides. */
export function proposeRename(
	{ key, group }: { key: string; group: Group },
	successor: WantedGroup,
	comparison: GroupComparison,
): ProposedChange[] {
	const otherHasToGo = comparison.namesInNotion.has(successor.key)
		? `The other group called ${successor.key} in Notion, and its link, have to go then. `
		: '';
	return ifAboutGroups(
		comparison,
		proposedChange(
			'group.rename',
			groupTarget(group),
			'groupRenamed',
			`The directory has no group ${key} any more, and a new one, ${successor.key}, has at least half of its people.`,
			{
				changes: [{ attribute: 'displayName', from: group.displayName, to: successor.key }],
				blocked: `This is probably a new name, and the place of ${group.displayName} in teamspaces was made by hand. If it is, change the name of the link of ${group.id} from ${key} to ${successor.key}. ${otherHasToGo}If not, delete that link: the new group follows the directory then, and the old one is left alone.`,
				precondition: { groupName: group.displayName },
			},
		),
	);
}

/**
 * The new group waits until a person has decided about the proposed name. If it were filled now, the
 * next plan could no longer tell that it is an old group.
 */
export function hold(
	{ key }: WantedGroup,
	identity: GroupIdentity,
	comparison: GroupComparison,
): ProposedChange[] {
	const isThere = identity.is === 'namesake' || identity.is === 'linked';
	return ifAboutGroups(
		comparison,
		proposedChange(
			identity.is === 'missing' ? 'group.create' : identity.is === 'namesake' ? 'group.adopt' : 'none',
			isThere ? groupTarget(identity.group) : newGroupTarget(key),
			'groupRenamed',
			`The directory has a new group ${key}, which is probably an old one with a new name${isThere ? ', though Notion has one of that name already' : ''}.`,
			{ blocked: 'It waits for a decision about the change that suggests the new name.' },
		),
	);
}
