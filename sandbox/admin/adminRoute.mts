import { z } from 'zod';

import type { Workspace } from '../workspace/workspace.mts';
import { AdminError } from './adminError.mts';
import type { AdminScope } from './adminTokens.mts';

/** Everything that a route of the Admin API needs to know about a request. */
export interface AdminRequest {
	workspace: Workspace;
	/** A part of the path, such as `space_id`; empty if the route has no part with this name. */
	param: (name: string) => string;
	query: URLSearchParams;
	/** The parsed body; undefined when there is none. */
	body: unknown;
}

export interface AdminRoute {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below the base URL. */
	path: string;
	scope: AdminScope;
	/** Returns the body of a 200. Throws AdminError or ZodError to refuse the request. */
	handle: (request: AdminRequest) => unknown;
}

/** Documented: every target that does not exist or is not in this organization gets the same answer. */
export const notFound = (): AdminError => new AdminError(404, 'This could not be found');

/** @throws AdminError 404 for any other workspace than this one */
export const checkSpace = ({ workspace }: AdminRequest, id: string): void => {
	if (id !== workspace.id) throw notFound();
};

/** All values of a filter, in bracket encoding (documented) or without the brackets. */
export const valuesOf = (query: URLSearchParams, name: string): string[] => [
	...query.getAll(`${name}[]`),
	...query.getAll(name),
];

const pageSize = z.coerce
	.number({ message: 'page_size must be a number' })
	.int('page_size must be a whole number')
	.min(1, 'page_size must be at least 1')
	.max(100, 'page_size must be at most 100');

/**
 * One page of a list. Documented: pages by cursor, ten rows if no size is requested, at most 100. Inferred:
 * that the cursor is opaque, and refused if it is unknown.
 * @param keyOf the part of a row that stays the same from one request to the next
 */
export const pageOf = <Row,>(
	rows: readonly Row[],
	query: URLSearchParams,
	keyOf: (row: Row) => string,
): { object: 'list'; results: Row[]; has_more: boolean; next_cursor: string | null } => {
	const size = pageSize.parse(query.get('page_size') ?? 10);
	const cursor = query.get('start_cursor');
	const start = cursor === null ? 0 : rows.findIndex((row) => cursorOf(keyOf(row)) === cursor);
	if (start < 0) throw new AdminError(400, 'start_cursor is not valid');
	const next = rows[start + size];
	return {
		object: 'list',
		results: rows.slice(start, start + size),
		has_more: next !== undefined,
		next_cursor: next === undefined ? null : cursorOf(keyOf(next)),
	};
};

const cursorOf = (key: string): string => Buffer.from(key).toString('base64url');
