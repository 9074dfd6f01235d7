import { createHash } from 'node:crypto';

import type { PersonAttributes } from '../scim/personAttributes';
import type { Change, ChangedAttribute, WatchEvent } from './differences';
import type { Between } from './filters';
import type { WatchedGroup, WatchedPerson } from './snapshot';

/** A person, named as everywhere in the items of a workflow. */
export interface MemberReference {
	id: string;
	/** Null if the list of people does not show the person. */
	email: string | null;
}

/** An event as an item of the workflow. */
export interface EventItem {
	event: WatchEvent | 'watchStarted';
	/** The same for the same change, should n8n ever start two executions for it. */
	eventId: string;
	/** Instant, ISO. */
	detectedAt: string;
	/** Of the person or the group; null for neither. */
	id: string | null;
	/** Null for a group. */
	email: string | null;
	displayName: string | null;
	changed: ChangedAttribute[];
	/** The person or the group; null for one that was not there. */
	before: PersonState | GroupState | null;
	after: PersonState | GroupState | null;
	/** Members of a group. */
	added: MemberReference[];
	removed: MemberReference[];
}

type PersonState = PersonAttributes & { role: string };

interface GroupState {
	displayName: string;
	memberCount: number;
}

/**
 * @param revision number of the snapshot that the change begins from
 * @param detectedAt instant, ISO
 */
export function eventItem(change: Change, { before, after }: Between, revision: number, detectedAt: string): EventItem {
	const reference = (id: string): MemberReference => ({
		id,
		email: (after.people.get(id) ?? before.people.get(id))?.attributes.email ?? null,
	});
	const facts = { ...factsOf(change), ...membersIn(change, reference) };
	return identified(change.event, facts, revision, detectedAt);
}

/** Says that a base line was made, where n8n would not store one without an item. */
export function watchStarted(revision: number, detectedAt: string): EventItem {
	const facts = { id: null, email: null, displayName: null, changed: [], before: null, after: null, added: [], removed: [] };
	return identified('watchStarted', facts, revision, detectedAt);
}

function identified(event: EventItem['event'], facts: Facts, revision: number, detectedAt: string): EventItem {
	const key = JSON.stringify([revision, event, facts]);
	const eventId = createHash('sha256').update(key).digest('base64url').slice(0, 22);
	return { event, eventId, detectedAt, ...facts };
}

type Facts = Omit<EventItem, 'event' | 'eventId' | 'detectedAt'>;

function factsOf(change: Change): Omit<Facts, 'added' | 'removed'> {
	if ('added' in change) {
		const { id, displayName } = change.after ?? change.before;
		return { id, email: null, displayName, changed: [], before: groupState(change.before), after: groupState(change.after) };
	}
	const { id, attributes } = change.after ?? change.before;
	const { email = null, displayName = null } = attributes;
	return {
		id,
		email,
		displayName,
		changed: change.changed,
		before: personState(change.before),
		after: personState(change.after),
	};
}

function membersIn(change: Change, reference: (id: string) => MemberReference): Pick<Facts, 'added' | 'removed'> {
	if (!('added' in change)) return { added: [], removed: [] };
	return { added: change.added.map(reference), removed: change.removed.map(reference) };
}

function personState(person: WatchedPerson | undefined): PersonState | null {
	return person ? { role: person.role, ...person.attributes } : null;
}

function groupState(group: WatchedGroup | undefined): GroupState | null {
	return group ? { displayName: group.displayName, memberCount: group.memberIds.size } : null;
}
