import { z } from 'zod';

import { isWithoutGroups } from './failures';
import { parseListPage } from './listResponse';
import type { Requester } from './requester';
import { ScimError } from './scimError';

/** What the server says about itself (RFC 7644 section 4), as received. */
export interface WorkspaceConfiguration {
	serviceProviderConfig: Record<string, unknown>;
	/** Undefined if the server does not offer the endpoint. */
	resourceTypes: unknown[] | undefined;
	schemas: unknown[] | undefined;
	memberCount: number;
	/** False if the server offers no groups. */
	groupsAvailable: boolean;
	/** Null if there are no groups to count. */
	groupCount: number | null;
}

/**
 * Reads the three discovery endpoints and both totals, as far as the server offers them. The totals need the
 * token, so a good result also proves the token; ServiceProviderConfig answers without one.
 */
export async function readConfiguration(requester: Requester): Promise<WorkspaceConfiguration> {
	const { memberCount } = await requester.control();
	const groupCount = await readGroupCount(requester);
	const config = await requester.read({ method: 'GET', path: '/ServiceProviderConfig' });
	return {
		serviceProviderConfig: z.record(z.unknown()).catch({}).parse(config),
		resourceTypes: await readDiscoveryList(requester, '/ResourceTypes'),
		schemas: await readDiscoveryList(requester, '/Schemas'),
		memberCount,
		groupsAvailable: groupCount !== null,
		groupCount,
	};
}

async function readGroupCount(requester: Requester): Promise<number | null> {
	try {
		const body = await requester.read({
			method: 'GET',
			path: '/Groups',
			query: { startIndex: 1, count: 1 },
		});
		return parseListPage(body, (row) => row).total;
	} catch (error) {
		return isWithoutGroups(error) ? null : Promise.reject(error);
	}
}

/** Notion seems to answer with a bare array where the RFC requires a ListResponse; both are read. */
async function readDiscoveryList(
	requester: Requester,
	path: string,
): Promise<unknown[] | undefined> {
	try {
		const body = await requester.read({ method: 'GET', path });
		return Array.isArray(body) ? body : parseListPage(body, (row) => row).rows;
	} catch (error) {
		// How servers reject an endpoint that they do not offer (RFC 7644 section 3.12).
		const isMissing =
			error instanceof ScimError &&
			([404, 405, 501].includes(error.status ?? 0) || error.kind === 'unexpectedAnswer');
		return isMissing ? undefined : Promise.reject(error);
	}
}
