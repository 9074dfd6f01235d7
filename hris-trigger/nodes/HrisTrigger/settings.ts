import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isTimeZone } from '../../lib/dates';
import { CREDENTIAL, trustFrom } from './credential';

/** What the person chose in the node. */
export interface Settings {
	timeZone: string;
	/** Empty: all kinds. */
	kinds: readonly string[];
	alarms: boolean;
	includeRaw: boolean;
	showVerificationToken: boolean;
}

export function settingsOf(context: IHookFunctions | IWebhookFunctions): Settings {
	const timeZone = context.getNodeParameter('timeZone', '');
	const kinds = context.getNodeParameter('kinds', []);
	return {
		timeZone: typeof timeZone === 'string' ? timeZone.trim() : '',
		kinds: Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === 'string') : [],
		alarms: context.getNodeParameter('alarms', true) !== false,
		includeRaw: context.getNodeParameter('includeRaw', false) === true,
		showVerificationToken: context.getNodeParameter('showVerificationToken', false) === true,
	};
}

/**
 * What would make every delivery fail, found while somebody is looking: n8n saves a credential whatever
 * its test says.
 *
 * @returns a sentence for that person, without a secret
 */
export async function problemOfSettings(context: IHookFunctions): Promise<string | undefined> {
	const { timeZone, showVerificationToken } = settingsOf(context);
	if (!isTimeZone(timeZone)) {
		return 'Company Time Zone must be a name of the IANA database, such as Europe/Berlin.';
	}
	const trust = trustFrom(await context.getCredentials(CREDENTIAL));
	if (trust === undefined) return 'The credential names no scheme. Choose one there.';
	const { scheme, secret } = trust;
	const waitsForGusto = scheme.name === 'gusto' && secret === '';
	if (waitsForGusto && showVerificationToken) return undefined;
	const problem = scheme.problemOfSecret(secret);
	if (problem === undefined) return undefined;
	return waitsForGusto ? `${problem} To see it, turn on Show Verification Token.` : problem;
}
