import { z } from 'zod';

import { withKnownNames } from './attributeNames';
import { readNumber } from './scalars';
import { ScimError } from './scimError';

/** A number, also as a text. Anything looser would read `null` as an empty list. */
const total = z.unknown().transform(readNumber).pipe(z.number().int().nonnegative());

/** The names of a list alone: rows are handed on as they came. */
const listResponseSchema = z.object({
	totalResults: total,
	Resources: z.array(z.unknown()).nullish(),
});

/** One page of a list (RFC 7644 section 3.4.2). */
export interface ListPage<T> {
	/** What the server says the whole list holds. */
	total: number;
	rows: T[];
}

/**
 * Reads a ListResponse. `itemsPerPage` and `startIndex` are not looked at: the next index follows
 * from how many rows came, which is the only figure that cannot be wrong.
 *
 * @throws ScimError `unexpectedAnswer` where the body is no list
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
