import { z } from 'zod';

import { withKnownNames } from './attributeNames';
import { readNumber } from './scalars';
import { ScimError } from './scimError';

/** A number, or a number as text. Anything looser would read `null` as an empty list. */
const total = z.unknown().transform(readNumber).pipe(z.number().int().nonnegative());

/** Normalises the names of the list only; rows are passed on as received. */
const listResponseSchema = z.object({
	totalResults: total,
	Resources: z.array(z.unknown()).nullish(),
});

/** One page of a list (RFC 7644 section 3.4.2). */
export interface ListPage<T> {
	/** The total that the server states for the whole list. */
	total: number;
	rows: T[];
}

/**
 * Reads a ListResponse. Ignores `itemsPerPage` and `startIndex`: the next index follows from the number of
 * rows received, which is the only figure that cannot be wrong.
 * @throws ScimError `unexpectedAnswer` if the body is not a list
 */
export function parseListPage<T>(body: unknown, parseRow: (row: unknown) => T): ListPage<T> {
	const parsed = listResponseSchema.safeParse(withKnownNames(body, 1));
	if (!parsed.success) {
		throw new ScimError(
			'unexpectedAnswer',
			'The server answered, but not with a SCIM list.',
			'Check the Base URL of the credential. Notion\'s is https://api.notion.com/scim/v2. A proxy or a login page in between may also have answered.',
		);
	}
	return {
		total: parsed.data.totalResults,
		rows: (parsed.data.Resources ?? []).map(parseRow),
	};
}

/** Whether a body is a ListResponse, whatever its rows are. */
export function isListPage(body: unknown): boolean {
	return listResponseSchema.safeParse(withKnownNames(body, 1)).success;
}
