import type { Observation, SeenGroup } from './observation';
import type { Snapshot, WatchedGroup, WatchedPerson } from './snapshot';

/** Who and what was in the last snapshot, and is in the lists no more. Each has to be looked at: a list proves no absence. */
export interface Missing {
	people: string[];
	/** Groups that are gone, or that have lost members. */
	groups: string[];
}

/** What looking at the missing ones has proved. Who is in none of these stays as they were. */
export interface Proof {
	/** People who have left. */
	gonePeople: ReadonlySet<string>;
	goneGroups: ReadonlySet<string>;
	/** Groups that exist, read by themselves. */
	groups: ReadonlyMap<string, SeenGroup>;
}

export const NO_PROOF: Proof = { gonePeople: new Set(), goneGroups: new Set(), groups: new Map() };

/** An incomplete list makes nothing missing. */
export function missingFrom(seen: Observation, before: Snapshot): Missing {
	const people = new Set(seen.people.rows.map(({ id }) => id));
	const groups = new Map(seen.groups.rows.map((group) => [group.id, group]));
	const isMissing = ({ id, memberIds }: WatchedGroup): boolean => {
		const now = groups.get(id);
		return now ? !now.isPartial && hasLost(memberIds, now) : seen.groups.complete && seen.hasGroups;
	};
	return {
		people: seen.people.complete ? [...before.people.keys()].filter((id) => !people.has(id)) : [],
		groups: [...before.groups.values()].filter(isMissing).map(({ id }) => id),
	};
}

function hasLost(members: ReadonlySet<string>, now: WatchedGroup): boolean {
	for (const id of members) if (!now.memberIds.has(id)) return true;
	return false;
}

/** Whether the credential now belongs to another workspace: of all people who were known, no one is there. */
export function isOtherWorkspace(before: Snapshot, { people }: Observation): boolean {
	const isKnown = before.people.size > 0 && people.complete && people.rows.length > 0;
	return isKnown && people.rows.every(({ id }) => !before.people.has(id));
}

/**
 * The workspace as it is now known to be: everything that was seen, and of the last snapshot what is not
 * proved to be gone.
 */
export function advance(before: Snapshot, seen: Observation, proof: Proof): Snapshot {
	return { people: peopleNow(before, seen, proof), groups: groupsNow(before, seen, proof) };
}

function peopleNow(before: Snapshot, seen: Observation, { gonePeople }: Proof): Map<string, WatchedPerson> {
	const people = new Map(before.people);
	for (const id of gonePeople) people.delete(id);
	for (const { id, person } of seen.people.rows) {
		if (person) people.set(id, person);
		else people.delete(id);
	}
	return people;
}

function groupsNow(before: Snapshot, seen: Observation, proof: Proof): Map<string, WatchedGroup> {
	const groups = new Map(before.groups);
	for (const id of proof.goneGroups) groups.delete(id);
	const readings = [...seen.groups.rows.filter(({ id }) => !proof.groups.has(id)), ...proof.groups.values()];
	for (const reading of readings) {
		const { id, displayName } = reading;
		if (proof.goneGroups.has(id)) continue;
		groups.set(id, { id, displayName, memberIds: membersNow(before.groups.get(id), reading, proof.groups.has(id)) });
	}
	return groups;
}

/**
 * Everyone who was seen; and who was a member before stays one until a reading of the group itself shows all
 * members without them.
 */
function membersNow(before: WatchedGroup | undefined, reading: SeenGroup, isProof: boolean): ReadonlySet<string> {
	const provesAbsence = isProof && !reading.isPartial;
	if (!before || provesAbsence || !hasLost(before.memberIds, reading)) return reading.memberIds;
	return new Set([...before.memberIds, ...reading.memberIds]);
}
