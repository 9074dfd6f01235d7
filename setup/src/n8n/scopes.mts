import { z } from 'zod';

import { N8nError } from './n8nError.mts';
import type { N8nApi } from './n8nApi.mts';
import { discoverSchema } from './schemas.mts';

/** Without these nothing can be planned or done. */
const NEEDED = [
	...['credential:create', 'credential:read', 'dataTable:create', 'dataTable:list', 'dataTable:read', 'dataTableColumn:create', 'dataTableColumn:read'],
	...['workflow:activate', 'workflow:create', 'workflow:list', 'workflow:read', 'workflow:update'],
];

const NEEDED_TO_UPDATE = ['credential:update'];

/** The tags and the result of the test hire are worth having, and not needed. */
export const FOR_TAGS = ['tag:create', 'tag:list', 'workflowTags:update'];
export const FOR_TEST_HIRE = ['dataTableRow:read'];

const NEEDED_TO_REMOVE = ['credential:delete', 'credential:read', 'dataTable:list', 'dataTable:read', 'workflow:delete', 'workflow:list'];

export type Purpose = 'setUp' | 'remove';

export const missingScopes = (given: readonly string[], needed: readonly string[]): string[] =>
	needed.filter((scope) => !given.includes(scope));

/** @returns a sentence, or undefined if the key suffices */
export function problemOfScopes(given: readonly string[], purpose: Purpose, updatesCredentials = false): string | undefined {
	const needed = purpose === 'remove' ? NEEDED_TO_REMOVE : [...NEEDED, ...(updatesCredentials ? NEEDED_TO_UPDATE : [])];
	const missing = missingScopes(given, needed);
	if (missing.length === 0) return undefined;
	return `The API key lacks ${missing.join(', ')}. In n8n, open Settings → n8n API, edit the key and add ${missing.length === 1 ? 'that scope' : 'these scopes'}, or make a key with all of them.`;
}

/**
 * Looks whether this is an n8n that this command can work with.
 * @returns the scopes of the key
 * @throws N8nError that says what it is instead
 */
export async function scopesOfKey(api: N8nApi): Promise<string[]> {
	try {
		return (await api.call(discoverSchema, 'GET', '/discover')).data.scopes;
	} catch (error) {
		const isUnknown = error instanceof N8nError && error.status !== undefined && ![401, 403].includes(error.status);
		if (!isUnknown) throw error;
	}
	throw new N8nError(await whatIsThere(api));
}

async function whatIsThere(api: N8nApi): Promise<string> {
	const hasApi = await api.call(z.object({ data: z.array(z.unknown()) }), 'GET', '/workflows?limit=1').then(() => true, () => false);
	return hasApi
		? `The n8n at ${api.url} is too old: its API cannot say what the key may do. Update it to 2.41 or newer.`
		: `There is no API of n8n at ${api.url}. Use the address that you open n8n with, without a path. If it is right, n8n's public API is switched off (N8N_PUBLIC_API_DISABLED).`;
}
