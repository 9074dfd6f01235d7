/** The attributes that Notion documents as filterable, each with `eq` alone (Notion help, "SCIM"). */
export type FilterableAttribute = 'email' | 'given_name' | 'family_name' | 'displayName';

/**
 * `attribute eq "value"` (RFC 7644 section 3.4.2.2).
 *
 * The value is a JSON string (RFC 7644 figure 1, `compValue`), so JSON's escaping is the right
 * one: no value can close the quotes and change what the filter means.
 */
export function equalsFilter(attribute: FilterableAttribute, value: string): string {
	return `${attribute} eq ${JSON.stringify(value)}`;
}

/** `members[value eq "id"]`, the RFC's path to one member of a group (RFC 7644 section 3.5.2). */
export function memberPath(id: string): string {
	return `members[value eq ${JSON.stringify(id)}]`;
}
