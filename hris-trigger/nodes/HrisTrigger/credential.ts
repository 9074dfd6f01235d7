import type { INodeCredentialTestResult, IWebhookFunctions } from 'n8n-workflow';

import { isFields } from '../../lib/fields';
import type { Trust } from '../../lib/reception';
import { providerNamed } from '../../lib/providers';
import { TtlCache } from '../../lib/ttlCache';

/** Name of the credential type. */
export const CREDENTIAL = 'hrisWebhookApi';

/**
 * To decrypt a credential in a webhook, n8n starts an isolate, which takes about 50 ms of CPU time.
 * Deliveries within one second share one decryption, so a flood of forged ones stays cheap. A rotated secret
 * takes effect after one second.
 */
const trustCache = new TtlCache<Trust | undefined>(1_000);

/**
 * What the chosen credential trusts.
 * @returns undefined if it names no provider that this version knows
 * @throws n8n's error if it cannot be read
 */
export async function trustOf(context: IWebhookFunctions): Promise<Trust | undefined> {
	const chosen = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	return await trustCache.get(
		`${context.getWorkflow().id} ${chosen}`,
		async () => trustFrom(await context.getCredentials(CREDENTIAL)),
		Date.now(),
	);
}

/** @returns undefined if the credential names no provider that this version knows */
export function trustFrom(data: unknown): Trust | undefined {
	if (!isFields(data)) return undefined;
	const { scheme: name, secret } = data;
	const provider = providerNamed(name);
	if (provider === undefined) return undefined;
	return { provider, secret: typeof secret === 'string' ? secret : '' };
}

/** Only the form of the secret can be tested: only the HRIS knows whether it is the right one. */
export function testResultFor(data: unknown): INodeCredentialTestResult {
	const trust = trustFrom(data);
	if (trust === undefined) return { status: 'Error', message: 'Choose a provider.' };
	const problem = trust.provider.problemOfSecret(trust.secret);
	if (problem !== undefined) return { status: 'Error', message: problem };
	const { title } = trust.provider;
	return { status: 'OK', message: `This may be a secret of ${title}. The first delivery will show it.` };
}
