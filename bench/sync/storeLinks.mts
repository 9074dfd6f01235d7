import { z } from 'zod';

import { signIn } from '../../host/n8nRest.mts';
import type { N8nHost } from '../../host/startHost.mts';
import type { Workspace } from '../../sandbox/server.mts';
import type { Person } from './directory.mts';

const ROWS_AT_ONCE = 500;

/**
 * What the first run would store one row at a time, which takes minutes: which entry of the directory is which
 * member.
 */
export async function storeLinks(
	{ url, owner, client }: N8nHost,
	people: readonly Person[],
	workspace: Workspace,
): Promise<void> {
	const rest = await signIn(url, owner);
	const table = (await client.dataTables()).find(({ name }) => name === 'notion_scim_links');
	const idOf = new Map(workspace.members().map(({ id, profile }) => [profile.userName, id]));
	const rows = people.map(({ source, sourceId, email }) => ({
		...{ source, employeeId: sourceId, email, userId: idOf.get(email) ?? '' },
		...{ groupId: '', groupName: '' },
	}));
	const path = `rest/projects/${table?.projectId}/data-tables/${table?.id}/insert`;
	for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
		await rest(z.unknown(), 'POST', path, { data: rows.slice(from, from + ROWS_AT_ONCE) });
	}
}
