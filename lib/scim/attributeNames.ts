import { ATTRIBUTE_DECLARATIONS } from './attributeDeclarations';
import { ENTERPRISE_USER_SCHEMA, NOTION_USER_SCHEMA } from './schemaUrns';

/**
 * The attribute names that this client reads, in its own spelling. Names and schema URNs are case-insensitive
 * (RFC 7643 section 2.1, RFC 8141 section 3.1 for the parts of a URN that matter here).
 */
const KNOWN_NAMES = new Map(
	[
		...['active', 'detail', 'formatted', 'id', 'members', 'message', 'primary', 'Resources', 'role'],
		...['totalResults', 'value', ENTERPRISE_USER_SCHEMA, NOTION_USER_SCHEMA],
		...ATTRIBUTE_DECLARATIONS.flatMap((declared) => [
			...declared.path,
			...('alsoAt' in declared ? declared.alsoAt : []),
		]),
	].map((name) => [name.toLowerCase(), name]),
);

/**
 * Spells every known name in a server's body as this client does; other names and all values stay as they
 * are. If one name comes in two spellings with different values, its value becomes the list of both. No
 * decision about a person reads an attribute from a list, so neither value is trusted.
 * @param depth how many levels of nested objects are normalised; deeper ones stay as they are
 */
export function withKnownNames(body: unknown, depth = Infinity): unknown {
	if (depth === 0 || typeof body !== 'object' || body === null) return body;
	if (Array.isArray(body)) return body.map((entry) => withKnownNames(entry, depth));
	const named = new Map<string, unknown>();
	for (const [written, value] of Object.entries(body)) {
		const name = KNOWN_NAMES.get(written.toLowerCase()) ?? written;
		const read = withKnownNames(value, depth - 1);
		const before = named.get(name) ?? null;
		const isContradiction = before !== null && read !== null && !isEqual(before, read);
		if (isContradiction) named.set(name, [before, read]);
		else if (before === null) named.set(name, read);
	}
	return Object.fromEntries(named);
}

function isEqual(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
