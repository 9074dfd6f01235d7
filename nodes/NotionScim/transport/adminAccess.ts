import type { IExecuteFunctions } from 'n8n-workflow';

import { AdminAccess } from '../../../lib/admin/adminAccess';
import { parseAdminCredential } from '../../../lib/admin/adminCredential';
import { untouched } from '../../../lib/admin/revocations';
import type { Revoking } from '../../../lib/directory/lockdown/lockdown';
import { withoutSecrets } from '../../../lib/scim/scimError';
import { systemClock } from './clock';
import { createTransport } from './n8nTransport';

/**
 * Notion's Admin API if the node has a credential for it; requesting a missing one would be an error. An
 * unusable credential must not stop a lockdown: the record then states that nothing was revoked, and why.
 */
export async function openAdminAccess(context: IExecuteFunctions): Promise<Revoking | undefined> {
	if (!context.getNode().credentials?.['notionAdminApi']) return undefined;
	try {
		const data = await context.getCredentials('notionAdminApi');
		const credential = parseAdminCredential(data);
		const signal = context.getExecutionCancelSignal();
		return new AdminAccess(createTransport(context, { type: 'notionAdminApi', data }, credential), systemClock, {
			...(signal ? { signal } : {}),
		});
	} catch (error) {
		const reason = error instanceof Error ? withoutSecrets(error.message) : 'It cannot be read.';
		const nothing = untouched(`The Notion Admin API credential cannot be used. ${reason}`);
		return { revoke: async () => await Promise.resolve(nothing) };
	}
}
