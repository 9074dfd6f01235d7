import { z } from 'zod';

import type { WantedCredential } from '../catalog/credentials.mts';
import { N8nError } from '../n8n/n8nError.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import { credentialSchema, credentialTestSchema } from '../n8n/schemas.mts';

/**
 * Makes or updates a credential and lets n8n test it. A new one that does not work is taken away again, so that
 * the next run asks for its secret anew.
 * @returns what the test says
 * @throws N8nError with n8n's reason
 */
export async function writeCredential(api: N8nApi, { id, name, type, data }: WantedCredential, secret: string, isNew: boolean): Promise<string> {
	const body = { name, type, data: data(secret) };
	if (isNew) await api.call(credentialSchema, 'POST', '/credentials', { id, ...body });
	else await api.call(credentialSchema, 'PATCH', `/credentials/${id}`, body);
	const { status, message = '' } = await api.call(credentialTestSchema, 'POST', `/credentials/${id}/test`);
	if (status === 'OK') return 'tested';
	if (/no testing function/i.test(message)) return 'n8n has no test for this type';
	if (isNew) await api.call(z.unknown(), 'DELETE', `/credentials/${id}`).catch(() => undefined);
	throw new N8nError(
		`The credential "${name}" does not work: ${message.replace(/\.?$/, '.')} Correct the answer, then run this again${isNew ? '' : ' with --update-credentials'}.`,
	);
}
