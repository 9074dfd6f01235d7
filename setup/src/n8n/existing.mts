import { z } from 'zod';

import { NOTION_PACKAGE, TRIGGER_PACKAGE } from '../plan/planSetUp.mts';
import type { Existing } from '../plan/steps.mts';
import type { N8nApi } from './n8nApi.mts';
import { credentialSchema, type ExistingTable, type ExistingWorkflow, tableSchema, tagSchema, workflowSchema } from './schemas.mts';
import { FOR_TAGS, missingScopes, type Scope } from './scopes.mts';

/** The credential types by which a package is known to be there, also where it was unpacked by hand. */
const KNOWN_BY = { [NOTION_PACKAGE]: 'notionScimApi', [TRIGGER_PACKAGE]: 'hrisWebhookApi' };

/** IDs of credentials that are made here begin with this. */
const OWN_CREDENTIAL = 'nscim-';

const isOwn = (id: string) => id.startsWith(OWN_CREDENTIAL);

/** Only owners and admins have it: without it, credentials that no workflow uses yet are not found. */
const LISTS_CREDENTIALS = 'credential:list';

export async function readWorkflows(api: N8nApi): Promise<ExistingWorkflow[]> {
	return await api.list(workflowSchema, '/workflows', { excludePinnedData: 'true' });
}

/**
 * Reads what else n8n has.
 * @param credentialIds that are of interest, besides those that own workflows use
 */
export async function readExisting(
	api: N8nApi,
	scopes: ReadonlySet<Scope>,
	workflows: readonly ExistingWorkflow[],
	credentialIds: readonly string[],
): Promise<Existing> {
	const listed = scopes.has(LISTS_CREDENTIALS) ? await api.list(credentialSchema, '/credentials') : [];
	const ids = new Set([...credentialIds, ...workflows.flatMap(ownCredentialsIn), ...listed.flatMap(({ id }) => (isOwn(id) ? [id] : []))]);
	const credentials = await Promise.all([...ids].map(async (id) => await api.find(credentialSchema, `/credentials/${id}`)));
	return {
		scopes,
		workflows,
		packages: await installedPackages(api),
		credentials: new Map(credentials.flatMap((one) => (one === undefined ? [] : [[one.id, one] as const]))),
		tables: await readTables(api),
		tags: missingScopes(scopes, FOR_TAGS).length === 0 ? await api.list(tagSchema, '/tags') : undefined,
	};
}

export async function installedPackages(api: N8nApi): Promise<Set<string>> {
	const known = await Promise.all(
		Object.entries(KNOWN_BY).map(async ([name, type]) => {
			const schema = await api.find(z.unknown().transform(() => true), `/credentials/schema/${type}`);
			return schema === undefined ? [] : [name];
		}),
	);
	return new Set(known.flat());
}

/** The list of tables may lack their columns. */
async function readTables(api: N8nApi): Promise<ExistingTable[]> {
	return await api.list(tableSchema, '/data-tables');
}

function ownCredentialsIn({ nodes }: ExistingWorkflow): string[] {
	const ids = nodes.flatMap(({ credentials = {} }) => Object.values(credentials).map(({ id }) => id ?? ''));
	return ids.filter(isOwn);
}
