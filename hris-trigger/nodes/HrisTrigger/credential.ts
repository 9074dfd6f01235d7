import type { INodeCredentialTestResult } from 'n8n-workflow';

import { isFields } from '../../lib/fields';
import type { Trust } from '../../lib/reception';
import { schemeNamed } from '../../lib/schemes';

/** Name of the credential type. */
export const CREDENTIAL = 'hrisWebhookApi';

/** @returns undefined where the credential names no scheme that this version knows */
export function trustFrom(data: unknown): Trust | undefined {
	if (!isFields(data)) return undefined;
	const { scheme: name, secret } = data;
	const scheme = schemeNamed(name);
	if (scheme === undefined) return undefined;
	return { scheme, secret: typeof secret === 'string' ? secret : '' };
}

/** The form of the secret is all that can be tested: only the HRIS knows whether it is the right one. */
export function testResultFor(data: unknown): INodeCredentialTestResult {
	const trust = trustFrom(data);
	if (trust === undefined) return { status: 'Error', message: 'Choose a scheme.' };
	const problem = trust.scheme.problemOfSecret(trust.secret);
	if (problem !== undefined) return { status: 'Error', message: problem };
	const { title } = trust.scheme;
	return { status: 'OK', message: `This may be a secret of ${title}. The first delivery will tell.` };
}
