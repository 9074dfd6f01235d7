import { rankOfRole } from '../directory/guards/guards';
import type { PersonAttribute } from '../scim/attributeDeclarations';
import type { Snapshot, WatchedGroup, WatchedPerson } from './snapshot';
import { WATCHED_ATTRIBUTES } from './snapshot';

export type ChangedAttribute = PersonAttribute | 'role';

/** What is different about a person. */
export type PersonChange =
	| { event: 'personAdded'; before: undefined; after: WatchedPerson; changed: [] }
	| { event: 'personRemoved'; before: WatchedPerson; after: undefined; changed: [] }
	/** A raised role is not among `changed`. */
	| { event: 'personChanged'; before: WatchedPerson; after: WatchedPerson; changed: ChangedAttribute[] }
	/** Someone who comes with a role above member has been raised to it. */
	| { event: 'roleRaised'; before: WatchedPerson | undefined; after: WatchedPerson; changed: ['role'] };

/** What is different about a group. Members are IDs. */
export type GroupChange = {
	added: string[];
	removed: string[];
} & (
	| { event: 'groupCreated'; before: undefined; after: WatchedGroup }
	| { event: 'groupDeleted'; before: WatchedGroup; after: undefined }
	| { event: 'groupRenamed' | 'membershipChanged'; before: WatchedGroup; after: WatchedGroup }
);

export type Change = PersonChange | GroupChange;
export type WatchEvent = Change['event'];

/** In the order in which a security team wants to read them. */
export const WATCH_EVENTS: readonly WatchEvent[] = [
	'roleRaised',
	'personAdded',
	'personRemoved',
	'personChanged',
	'membershipChanged',
	'groupCreated',
	'groupRenamed',
	'groupDeleted',
];

/** All differences between two snapshots, in the order of {@link WATCH_EVENTS}; the highest role comes first. */
export function differences(before: Snapshot, after: Snapshot): Change[] {
	const changes: Change[] = [];
	for (const id of union(before.people, after.people)) {
		changes.push(...personChanges(before.people.get(id), after.people.get(id)));
	}
	for (const id of union(before.groups, after.groups)) {
		changes.push(...groupChanges(before.groups.get(id), after.groups.get(id)));
	}
	return changes.sort((one, other) => place(one) - place(other) || rankIn(other) - rankIn(one));
}

function place({ event }: Change): number {
	return WATCH_EVENTS.indexOf(event);
}

function rankIn(change: Change): number {
	return change.event === 'roleRaised' ? rankOfRole(change.after.role) : 0;
}

function union(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): Set<string> {
	return new Set([...one.keys(), ...other.keys()]);
}

function personChanges(before: WatchedPerson | undefined, after: WatchedPerson | undefined): PersonChange[] {
	if (!before && !after) return [];
	if (before && !after) return [{ event: 'personRemoved', before, after, changed: [] }];
	if (!after) return [];
	const isRaised = rankOfRole(after.role) > rankOfRole(before?.role ?? 'member');
	const raised: PersonChange[] = isRaised ? [{ event: 'roleRaised', before, after, changed: ['role'] }] : [];
	if (!before) return [...raised, { event: 'personAdded', before, after, changed: [] }];
	const changed: ChangedAttribute[] = WATCHED_ATTRIBUTES.filter(
		(name) => before.attributes[name] !== after.attributes[name],
	);
	if (before.role !== after.role && !isRaised) changed.push('role');
	return changed.length === 0 ? raised : [...raised, { event: 'personChanged', before, after, changed }];
}

function groupChanges(before: WatchedGroup | undefined, after: WatchedGroup | undefined): GroupChange[] {
	if (!before) {
		return after ? [{ event: 'groupCreated', before, after, added: [...after.memberIds], removed: [] }] : [];
	}
	if (!after) return [{ event: 'groupDeleted', before, after, added: [], removed: [...before.memberIds] }];
	const changes: GroupChange[] = [];
	if (before.displayName !== after.displayName) {
		changes.push({ event: 'groupRenamed', before, after, added: [], removed: [] });
	}
	const added = [...after.memberIds].filter((id) => !before.memberIds.has(id));
	const removed = [...before.memberIds].filter((id) => !after.memberIds.has(id));
	if (added.length + removed.length > 0) changes.push({ event: 'membershipChanged', before, after, added, removed });
	return changes;
}
