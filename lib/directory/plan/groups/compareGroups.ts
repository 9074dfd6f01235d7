import type { Group } from '../../../scim/groupResource';
import { groupNameKey } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import { inOrder } from '../../person/naming';
import type { Directory } from '../../person/person';
import type { Memory } from '../policy';
import type { Workspace } from '../../workspace/workspace';
import type { PlanInputs, ProposedChange } from '../proposedChange';
import { proposedChange } from '../proposedChange';
import { absencesOf } from '../evidence';
import type { Joiner } from '../joiners';
import type { People } from '../people';
import { adopt } from './adopt';
import type { GroupComparison } from './comparison';
import { comparisonOf, ifAboutGroups } from './comparison';
import { create, leaveAmbiguous, refuseDeleted } from './create';
import type { Vanished } from './delete';
import { vanish } from './delete';
import { diff } from './diff';
import type { GroupIdentity } from './identify';
import { identifyGroups } from './identify';
import { withoutManagedGroup } from './lastGroup';
import { hold, mayBeRenamed, probableRenames } from './rename';
import { groupTarget } from './targets';
import type { WantedGroup } from './wantedGroups';

export interface Groups {
	changes: ProposedChange[];
	/** Since when linked groups are unnamed and people are in no managed group: see {@link Memory}. */
	absentSince: Memory['absentSince'];
}

/**
 * Compares the managed groups: identifies each, then plans what its identity calls for.
 *
 * @param joiners people whose account this plan creates for certain
 */
export function compareGroups(
	directory: Directory,
	workspace: Workspace,
	members: People['members'],
	joiners: readonly Joiner[],
	memory: Memory,
	inputs: PlanInputs,
): Groups {
	if (!inputs.managed.any) return { changes: [], absentSince: {} };
	const comparison = comparisonOf(directory, workspace, members, joiners, memory, inputs);
	const identities = identifyGroups(
		new Set(comparison.wanted.keys()),
		workspace.groups,
		inputs.links.groups,
		inputs.managed,
	);
	const { named, vanished } = sorted(identities, comparison);
	const vanishedIds = vanished.map(({ group }) => resourceId(group.id));
	const absentSince = absencesOf(vanishedIds, comparison.evidence, memory);
	const successors = named.flatMap(([wanted, identity]) => (mayBeRenamed(identity) ? [wanted] : []));
	const renamed = probableRenames(vanished, successors, members);
	const held = new Set(renamed.values());
	const changes = [
		...vanished.flatMap((one) => vanish(one, renamed.get(one.key), absentSince, comparison)),
		...named.flatMap(([wanted, identity]) =>
			held.has(wanted) ? hold(wanted, identity, comparison) : planned(wanted, identity, comparison),
		),
		...unlinked(identities, comparison),
	];
	const leaving = withoutManagedGroup(changes, comparison);
	return { changes: leaving.changes, absentSince: { ...absentSince, ...leaving.absentSince } };
}

/** The groups that the directory names, and the linked ones that it no longer names. */
function sorted(
	identities: ReadonlyMap<string, GroupIdentity>,
	{ wanted }: GroupComparison,
): { named: Array<[WantedGroup, GroupIdentity]>; vanished: Vanished[] } {
	const named: Array<[WantedGroup, GroupIdentity]> = [];
	const vanished: Vanished[] = [];
	for (const [key, identity] of identities) {
		const group = wanted.get(key);
		if (group) named.push([group, identity]);
		else if (identity.is === 'linked') {
			vanished.push({ key, group: identity.group, isAdopted: identity.isAdopted });
		}
	}
	return { named, vanished };
}

function planned(wanted: WantedGroup, identity: GroupIdentity, comparison: GroupComparison): ProposedChange[] {
	switch (identity.is) {
		case 'missing':
			return create(wanted, comparison);
		case 'linked':
			return diff(wanted, identity.group, identity.isAdopted, comparison);
		case 'namesake':
			return adopt(wanted, identity.group, comparison);
		case 'deleted':
			return refuseDeleted(wanted, identity.groupId, comparison);
		case 'ambiguous':
			return leaveAmbiguous(wanted, identity.explanation, comparison);
	}
}

/** Groups that have a managed name, and that neither the directory nor a link knows. */
function unlinked(
	identities: ReadonlyMap<string, GroupIdentity>,
	comparison: GroupComparison,
): ProposedChange[] {
	const { links, managed } = comparison.inputs;
	const linked = new Set(links.groups.map(({ groupId }) => resourceId(groupId)));
	const isUnlinked = ({ id, displayName }: Group): boolean => {
		const key = groupNameKey(displayName);
		return managed.has(key) && !identities.has(key) && !linked.has(resourceId(id));
	};
	const groups = inOrder(comparison.workspace.groups, ({ id }) => id).filter(isUnlinked);
	return ifAboutGroups(
		comparison,
		...groups.map((group) =>
			proposedChange(
				'none',
				groupTarget(group),
				'groupUnlisted',
				`${group.displayName} has the name of a managed group, but the directory has none of that name and no plan has made it, so it is left alone.`,
			),
		),
	);
}
