import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { AdminAccess } from '../../../lib/admin/adminAccess';
import type { Revoking } from '../../../lib/directory/lockdown';
import { systemClock } from './clock';
import { parseAdminCredential } from './credential';
import { createTransport } from './n8nTransport';

/**
 * Notion's Admin API where the node has a credential for it; asking for one that is not there would
 * be an error.
 *
 * @throws ScimError `invalidInput` where the credential cannot be used
 */
export async function openAdminAccess(
	context: IExecuteFunctions | ILoadOptionsFunctions,
): Promise<Revoking | undefined> {
	if (!('getExecutionCancelSignal' in context)) return undefined;
	if (!context.getNode().credentials?.['notionAdminApi']) return undefined;
	const credential = parseAdminCredential(await context.getCredentials('notionAdminApi'));
	const signal = context.getExecutionCancelSignal();
	return new AdminAccess(createTransport(context, 'notionAdminApi', credential), systemClock, {
		...(signal ? { signal } : {}),
	});
}
