import type { ListReading } from '../scim/completeList';
import type { Group } from '../scim/groupResource';
import { mayBeCut } from '../scim/groupResource';
import type { User } from '../scim/userResource';
import type { WatchedGroup, WatchedPerson } from './snapshot';
import { watchedGroup, watchedPerson } from './snapshot';

/** A row of the list of people: who has left may still be in it. */
export interface SeenPerson {
	id: string;
	/** Undefined if Notion shows that the person has left. */
	person: WatchedPerson | undefined;
}

/** A row of the list of groups. */
export interface SeenGroup extends WatchedGroup {
	/** Notion may show a part of the members only, so someone who is missing may still be a member. */
	isPartial: boolean;
}

/** What one reading of a workspace has shown. */
export interface Observation {
	people: ListReading<SeenPerson>;
	groups: ListReading<SeenGroup>;
	/** False for a server that answers 404 to everything about groups: nothing is known about them. */
	hasGroups: boolean;
	/** A list of exactly 100 members is complete, too: see `showsAllMembers`. */
	showsAllMembers: boolean;
}

export function seenPerson(user: User): SeenPerson {
	return { id: user.id, person: user.active ? watchedPerson(user) : undefined };
}

export function seenGroup(group: Group, showsAll: boolean): SeenGroup {
	return { ...watchedGroup(group), isPartial: !showsAll && mayBeCut(group) };
}
