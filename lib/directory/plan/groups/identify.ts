import type { Group } from '../../../scim/groupResource';
import { groupNameKey } from '../../../scim/groupResource';
import { resourceId } from '../../../scim/resourceId';
import type { ManagedGroups } from '../managedGroups';
import { inOrder, listed } from '../../person/naming';
import type { GroupLink } from '../policy';

/** Which group in Notion a group of the directory is. */
export type GroupIdentity =
	/** A link says so. `isAdopted`: it existed before, and others may be in it. */
	| { is: 'linked'; group: Group; isAdopted: boolean }
	/** Notion has one of that name, which is not linked. */
	| { is: 'namesake'; group: Group }
	| { is: 'missing' }
	/** It was linked with a group that is gone. */
	| { is: 'deleted'; groupId: string }
	/** Sentences that say why, and what to do. */
	| { is: 'ambiguous'; explanation: string };

/**
 * Sorts out the managed groups, by link and then by name.
 *
 * @param named keys of the groups that the directory names, in the form of `groupNameKey`
 * @returns by key, for the named groups and for linked ones that the directory names no more
 */
export function identifyGroups(
	named: ReadonlySet<string>,
	groups: readonly Group[],
	links: readonly GroupLink[],
	managed: ManagedGroups,
): Map<string, GroupIdentity> {
	const byId = new Map(groups.map((group) => [resourceId(group.id), group]));
	const byName = new Map<string, Group[]>();
	for (const group of inOrder(groups, ({ id }) => id)) {
		const key = groupNameKey(group.displayName);
		byName.set(key, [...(byName.get(key) ?? []), group]);
	}
	const linksByName = new Map<string, GroupLink[]>();
	for (const link of inOrder(links, ({ name }) => groupNameKey(name))) {
		const key = groupNameKey(link.name);
		if (managed.has(key)) linksByName.set(key, [...(linksByName.get(key) ?? []), link]);
	}
	const owners = ownersOf(linksByName, named);
	const identities = new Map<string, GroupIdentity>();
	for (const key of [...new Set([...named, ...linksByName.keys()])].sort()) {
		const ownLinks = linksByName.get(key) ?? [];
		const identity = byLink(key, ownLinks, byId, owners) ?? byKey(key, ownLinks, byName, owners);
		// A name that was linked once and is no longer in use needs no entry.
		if (named.has(key) || identity.is === 'linked') identities.set(key, identity);
	}
	return identities;
}

/** Which names have a link to a group: those that the directory uses, or else the first. */
function ownersOf(
	linksByName: ReadonlyMap<string, GroupLink[]>,
	named: ReadonlySet<string>,
): Map<string, string[]> {
	const names = new Map<string, string[]>();
	for (const [key, links] of linksByName) {
		for (const id of new Set(links.map(({ groupId }) => resourceId(groupId)))) {
			names.set(id, [...(names.get(id) ?? []), key]);
		}
	}
	return new Map(
		[...names].map(([id, keys]) => {
			const used = keys.filter((key) => named.has(key));
			return [id, used.length > 0 ? used : keys.sort().slice(0, 1)];
		}),
	);
}

function byLink(
	key: string,
	links: GroupLink[],
	byId: ReadonlyMap<string, Group>,
	owners: ReadonlyMap<string, string[]>,
): GroupIdentity | undefined {
	const own = links.filter(({ groupId }) => owners.get(resourceId(groupId))?.includes(key));
	const alive = [...new Set(own.flatMap(({ groupId }) => byId.get(resourceId(groupId)) ?? []))];
	const [group, another] = alive;
	if (!group) return undefined;
	if (another) {
		return {
			is: 'ambiguous',
			explanation: `Links say that the group ${key} is each of ${listed(alive.map(({ id, displayName }) => `${displayName} (${id})`))} in Notion. Delete the wrong links.`,
		};
	}
	const claimants = owners.get(resourceId(group.id)) ?? [];
	if (claimants.length > 1) {
		return {
			is: 'ambiguous',
			explanation: `Links say that the directory's groups ${listed(claimants)} are one group in Notion, ${group.displayName} (${group.id}). Delete the wrong links.`,
		};
	}
	const isAdopted = own.some(
		({ groupId, adoptedAt }) => resourceId(groupId) === resourceId(group.id) && Boolean(adoptedAt),
	);
	return { is: 'linked', group, isAdopted };
}

function byKey(
	key: string,
	links: GroupLink[],
	byName: ReadonlyMap<string, Group[]>,
	owners: ReadonlyMap<string, string[]>,
): GroupIdentity {
	const namesakes = byName.get(key) ?? [];
	const [group, another] = namesakes;
	if (another) {
		return {
			is: 'ambiguous',
			explanation: `Notion has ${namesakes.length} groups called ${key} (${listed(namesakes.map(({ id }) => id))}). Rename or delete all but one, or link the right one; without adoptedAt in the link, members the directory does not have in it are removed.`,
		};
	}
	if (group) {
		const owner = owners.get(resourceId(group.id))?.[0];
		if (owner === undefined) return { is: 'namesake', group };
		return {
			is: 'ambiguous',
			explanation: `The group called ${key} in Notion (${group.id}) is linked with the directory's group ${owner}. Correct the link, or rename the group in Notion.`,
		};
	}
	const [former] = links;
	const isMoved =
		former !== undefined &&
		(owners.get(resourceId(former.groupId)) ?? []).every((owner) => owner !== key);
	return former && !isMoved ? { is: 'deleted', groupId: former.groupId } : { is: 'missing' };
}
