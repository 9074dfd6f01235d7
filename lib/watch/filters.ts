import { isOneOfDomains } from '../scim/emailAddress';
import { emailDomain } from '../scim/emailKey';
import { resourceId } from '../scim/resourceId';
import type { Change, GroupChange, PersonChange, WatchEvent } from './differences';
import type { Snapshot, WatchedPerson } from './snapshot';

/** What an admin wants to hear of. Empty means all. */
export interface Filters {
	events: ReadonlySet<WatchEvent>;
	/** IDs of groups: of these, and of the people who are or were in one of them. */
	groups: ReadonlySet<string>;
	/** Email domains as `readDomain` gives them. */
	domains: ReadonlySet<string>;
}

/** The snapshots that the changes lie between. */
export interface Between {
	before: Snapshot;
	after: Snapshot;
}

export function filtered(changes: readonly Change[], filters: Filters, between: Between): Change[] {
	const groups = new Set([...filters.groups].map(resourceId));
	const inGroups = membersOf(groups, between);
	const isIn = (person: WatchedPerson | undefined): boolean =>
		person !== undefined &&
		(filters.domains.size === 0 || isOneOfDomains(filters.domains, emailDomain(person.attributes.email ?? ''))) &&
		(inGroups === undefined || inGroups.has(person.id));
	return changes
		.filter(({ event }) => filters.events.size === 0 || filters.events.has(event))
		.flatMap((change) => ('added' in change ? ofGroup(change, { ...filters, groups }, between) : ofPerson(change, isIn)));
}

function ofPerson(change: PersonChange, isIn: (person: WatchedPerson | undefined) => boolean): Change[] {
	return isIn(change.before) || isIn(change.after) ? [change] : [];
}

/** With domains, a change of members shows those of the domains only, and is none without them. */
function ofGroup(change: GroupChange, { groups, domains }: Filters, { before, after }: Between): Change[] {
	const { id } = change.after ?? change.before;
	if (groups.size > 0 && !groups.has(resourceId(id))) return [];
	if (domains.size === 0) return [change];
	const isIn = (member: string): boolean => {
		const email = (after.people.get(member) ?? before.people.get(member))?.attributes.email ?? '';
		return isOneOfDomains(domains, emailDomain(email));
	};
	const added = change.added.filter(isIn);
	const removed = change.removed.filter(isIn);
	const isEmpty = added.length + removed.length === 0;
	return change.event === 'membershipChanged' && isEmpty ? [] : [{ ...change, added, removed }];
}

/** Undefined if no group is chosen. */
function membersOf(groups: ReadonlySet<string>, { before, after }: Between): Set<string> | undefined {
	if (groups.size === 0) return undefined;
	const members = new Set<string>();
	for (const { id, memberIds } of [...before.groups.values(), ...after.groups.values()]) {
		if (!groups.has(resourceId(id))) continue;
		for (const member of memberIds) members.add(member);
	}
	return members;
}
