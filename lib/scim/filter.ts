import type { ScimErrorKind } from './scimError';
import { ScimError } from './scimError';

/** Failures that an unfiltered list would meet as well. */
const NOT_ABOUT_FILTER: ReadonlyArray<ScimErrorKind> = [
	'cancelled',
	'tokenRejected',
	'network',
	'rateLimited',
];

/** Whether a list may have failed because of its filter, so that it is worth reading without one. */
export function mayBeDueToFilter(error: unknown): boolean {
	return error instanceof ScimError && !NOT_ABOUT_FILTER.includes(error.kind);
}

/** The attributes that Notion documents as filterable, each with `eq` only (Notion help, "SCIM"). */
export type FilterableAttribute = 'email' | 'given_name' | 'family_name' | 'displayName';

/**
 * Formats `attribute eq "value"` (RFC 7644 section 3.4.2.2). The value is a JSON string (`compValue` in RFC
 * 7644 figure 1), so JSON escaping prevents a value from closing the quotes and changing the filter.
 */
export function equalsFilter(attribute: FilterableAttribute, value: string): string {
	return `${attribute} eq ${JSON.stringify(value)}`;
}

/** `members[value eq "id"]`, the RFC's path to one member of a group (RFC 7644 section 3.5.2). */
export function memberPath(id: string): string {
	return `members[value eq ${JSON.stringify(id)}]`;
}
