import { z } from 'zod';

import type { Answer } from '../scim/answer.mts';
import { WorkspaceRefusal } from '../workspace/refusal.mts';

/**
 * Words for each status. `validation_error` and `unauthorized` are in Notion's description of the
 * API (openapi-adminApi.json, adminApiError400 and adminApiError401); the others are inferred.
 */
const codes: Record<number, string> = {
	400: 'validation_error',
	401: 'unauthorized',
	403: 'restricted_resource',
	404: 'not_found',
	429: 'rate_limited',
	500: 'internal_server_error',
};

/** A refusal of the Admin API. Thrown by its routes, written by its server. */
export class AdminError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.name = 'AdminError';
		this.status = status;
	}
}

export const adminJson = (status: number, content: unknown): Answer => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8' },
	body: JSON.stringify(content),
});

/** The documented form of an error: `{type, code, status, message}`. */
export const adminErrorAnswer = ({ status, message }: AdminError): Answer =>
	adminJson(status, { type: 'error', code: codes[status] ?? 'validation_error', status, message });

/** Any error in a form that can be written. An unexpected one is a 500, and is printed on stderr. */
export const asAdminError = (error: unknown): AdminError => {
	if (error instanceof AdminError) return error;
	if (error instanceof z.ZodError) return new AdminError(400, error.issues[0]?.message ?? 'Invalid');
	if (error instanceof WorkspaceRefusal) return new AdminError(400, error.message);
	process.emitWarning(error instanceof Error ? error : String(error));
	return new AdminError(500, 'Internal server error');
};
