import { z } from 'zod';

import { N8nError } from './n8nError.mts';
import type { N8nApi } from './n8nApi.mts';
import { discoverSchema } from './schemas.mts';

/** A scope of an API key, such as `workflow:create`. */
export type Scope = string;

/** Without these nothing can be planned or done. */
const NEEDED: readonly Scope[] = [
	'credential:create',
	'credential:read',
	'dataTable:create',
	'dataTable:list',
	'dataTableColumn:create',
	'workflow:activate',
	'workflow:create',
	'workflow:list',
	'workflow:read',
	'workflow:update',
];

/** The tags and the result of the test hire are worth having, and not needed. */
export const FOR_TAGS: readonly Scope[] = ['tag:create', 'tag:list', 'workflowTags:update'];
export const FOR_TEST_HIRE: readonly Scope[] = ['dataTable:list', 'dataTableRow:read'];

const NEEDED_TO_REMOVE: readonly Scope[] = [
	'credential:delete',
	'credential:read',
	'dataTable:list',
	'workflow:deactivate',
	'workflow:delete',
	'workflow:list',
];

export interface Purpose {
	removes: boolean;
	updatesCredentials: boolean;
	removesTables: boolean;
}

export const missingScopes = (given: ReadonlySet<Scope>, needed: readonly Scope[]): Scope[] => needed.filter((scope) => !given.has(scope));

/** @returns a sentence, or undefined if the key suffices */
export function problemOfScopes(given: ReadonlySet<Scope>, { removes, updatesCredentials, removesTables }: Purpose): string | undefined {
	const needed = [...(removes ? NEEDED_TO_REMOVE : NEEDED)];
	if (updatesCredentials) needed.push('credential:update');
	if (removesTables) needed.push('dataTable:delete');
	const missing = missingScopes(given, needed);
	if (missing.length === 0) return undefined;
	return `The API key lacks ${missing.join(', ')}. In n8n, open Settings → n8n API, edit the key and add ${missing.length === 1 ? 'that scope' : 'these scopes'}, or make a key with all of them.`;
}

/**
 * Looks whether this is an n8n that this command can work with, and what the key may do.
 * @throws N8nError that says what it is instead
 */
export async function scopesOfKey(api: N8nApi): Promise<Set<Scope>> {
	try {
		return new Set((await api.call(discoverSchema, 'GET', '/discover')).data.scopes);
	} catch (error) {
		const isAboutKey = error instanceof N8nError && (error.status === undefined || [401, 403].includes(error.status));
		if (isAboutKey || !(error instanceof N8nError)) throw error;
	}
	throw new N8nError(await whatIsThere(api));
}

async function whatIsThere(api: N8nApi): Promise<string> {
	const isN8n = await api.call(z.object({ data: z.array(z.unknown()) }), 'GET', '/workflows?limit=1').then(() => true, () => false);
	return isN8n
		? `The n8n at ${api.url} is too old: its API cannot say what the key may do. Update it to 2.41 or newer.`
		: `There is no API of n8n at ${api.url}. Use the address that you open n8n with, without a path. If it is right, n8n's public API is switched off (N8N_PUBLIC_API_DISABLED).`;
}
