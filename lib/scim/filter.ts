import type { ScimErrorKind } from './scimError';
import { ScimError } from './scimError';

/** Failures that a list without a filter would meet as well. */
const NOT_ABOUT_FILTER: ReadonlyArray<ScimErrorKind> = [
	'cancelled',
	'tokenRejected',
	'network',
	'rateLimited',
];

/** Whether a failed list may be due to its filter, so that the same list without it is worth reading. */
export function mayBeDueToFilter(error: unknown): boolean {
	return error instanceof ScimError && !NOT_ABOUT_FILTER.includes(error.kind);
}

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
