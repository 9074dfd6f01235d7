import type { PersonAttribute } from '../scim/attributeDeclarations';
import type { Group } from '../scim/groupResource';
import type { PersonAttributes } from '../scim/personAttributes';
import { PERSON_ATTRIBUTES } from '../scim/personAttributes';
import type { User } from '../scim/userResource';

/** The address of a photo changes by itself, because it is signed for some time only. */
const UNWATCHED: readonly PersonAttribute[] = ['photoUrl'];

export const WATCHED_ATTRIBUTES = PERSON_ATTRIBUTES.filter((name) => !UNWATCHED.includes(name));

/** A person as they were when the workspace was read. */
export interface WatchedPerson {
	/** As Notion spells it. */
	id: string;
	/** Notion states it for everyone but members. */
	role: string;
	/** `email` is always there. */
	attributes: PersonAttributes;
}

/** A group as it was when the workspace was read. */
export interface WatchedGroup {
	/** As Notion spells it. */
	id: string;
	displayName: string;
	memberIds: ReadonlySet<string>;
}

/** What was last seen of a workspace, and has been told. */
export interface Snapshot {
	people: ReadonlyMap<string, WatchedPerson>;
	groups: ReadonlyMap<string, WatchedGroup>;
}

export const EMPTY_SNAPSHOT: Snapshot = { people: new Map(), groups: new Map() };

export function watchedPerson(user: User): WatchedPerson {
	const attributes: PersonAttributes = {};
	for (const name of WATCHED_ATTRIBUTES) {
		const value = user.attributes[name];
		if (value) attributes[name] = value;
	}
	return { id: user.id, role: user.role ?? 'member', attributes };
}

export function watchedGroup({ id, displayName, memberIds }: Group): WatchedGroup {
	return { id, displayName, memberIds: new Set(memberIds) };
}
