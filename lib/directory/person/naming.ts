import type { User } from '../../scim/userResource';
import type { Person } from './person';

/** A person of a directory for a reader: name and address, as far as they are known. */
export function personName({ attributes, source, sourceId }: Person): string {
	const { displayName, givenName, familyName, email } = attributes;
	const name = displayName ?? [givenName, familyName].filter((part) => part).join(' ');
	if (name) return email ? `${name} (${email})` : `${name} (${source} ${sourceId})`;
	return email ?? `${source} ${sourceId}`;
}

/** A member of the workspace as a reader knows them. */
export function userLabel({ attributes, userName }: User): string {
	return attributes.displayName ? `${attributes.displayName} (${userName})` : userName;
}

/** A record of a directory, so that it can be found there. */
export function recordName({ source, sourceId }: { source: string; sourceId: string }): string {
	return `${source} ${sourceId}`;
}

/** So many names fit into a sentence. */
const MOST_LISTED = 20;

/** "a", "a and b", "a, b and c"; of a long list the first ones, and how many more there are. */
export function listed(names: readonly string[]): string {
	const more = names.length - MOST_LISTED;
	if (more > 0) return `${names.slice(0, MOST_LISTED).join(', ')} and ${more} more`;
	if (names.length < 2) return names.join('');
	return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** "1 person", "2 people". */
export function counted(count: number, one: string, many: string): string {
	return `${count} ${count === 1 ? one : many}`;
}

/** Equal for the entries of one record of a directory, and for its links. */
export function recordKey({ source, sourceId }: { source: string; sourceId: string }): string {
	return `${source}\n${sourceId}`;
}

/** A copy in the order of its keys, whatever order it came in. */
export function inOrder<T>(things: readonly T[], keyOf: (thing: T) => string): T[] {
	return things
		.map((thing) => ({ thing, key: keyOf(thing) }))
		.sort((one, other) => compare(one.key, other.key) || compareWhole(one.thing, other.thing))
		.map(({ thing }) => thing);
}

/** Only for things with one key, which are few. */
function compareWhole(one: unknown, other: unknown): number {
	return compare(JSON.stringify(one), JSON.stringify(other));
}

/** By code unit, so that the order is the same on every machine. */
function compare(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
