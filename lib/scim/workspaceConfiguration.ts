import { z } from 'zod';

import { parseListPage } from './listResponse';
import type { Requester } from './requester';
import { ScimError } from './scimError';

/** What the server says of itself (RFC 7644 section 4), as it came. */
export interface WorkspaceConfiguration {
	serviceProviderConfig: Record<string, unknown>;
	/** Undefined where the server does not offer the endpoint. */
	resourceTypes: unknown[] | undefined;
	schemas: unknown[] | undefined;
	memberCount: number;
	groupCount: number;
}

/**
 * Reads the three discovery endpoints and both totals. The totals need the token, so a good result
 * also proves the token; ServiceProviderConfig alone would not, since it answers without one.
 */
export async function readConfiguration(requester: Requester): Promise<WorkspaceConfiguration> {
	const { memberCount } = await requester.control();
	const groups = await requester.read({
		method: 'GET',
		path: '/Groups',
		query: { startIndex: 1, count: 1 },
	});
	const config = await requester.read({ method: 'GET', path: '/ServiceProviderConfig' });
	return {
		serviceProviderConfig: z.record(z.unknown()).catch({}).parse(config),
		resourceTypes: await readDiscoveryList(requester, '/ResourceTypes'),
		schemas: await readDiscoveryList(requester, '/Schemas'),
		memberCount,
		groupCount: parseListPage(groups, (row) => row).total,
	};
}

/** Notion seems to answer with a bare array where the RFC asks for a ListResponse; both are read. */
async function readDiscoveryList(
	requester: Requester,
	path: string,
): Promise<unknown[] | undefined> {
	try {
		const body = await requester.read({ method: 'GET', path });
		return Array.isArray(body) ? body : parseListPage(body, (row) => row).rows;
	} catch (error) {
		const isMissing =
			error instanceof ScimError && (error.status === 404 || error.kind === 'unexpectedAnswer');
		return isMissing ? undefined : Promise.reject(error);
	}
}
