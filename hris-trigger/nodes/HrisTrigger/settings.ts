import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isTimeZone } from '../../lib/dates';
import type { Kind } from '../../lib/kinds';
import { isKind, kinds } from '../../lib/kinds';
import { CREDENTIAL, trustFrom } from './credential';

/** The settings of the node. */
export interface Settings {
	timeZone: string;
	/** Empty: all kinds. */
	kinds: readonly string[];
	alerts: boolean;
	includeRaw: boolean;
	showVerificationToken: boolean;
}

/**
 * An unreadable result of an expression counts as the default, so that no delivery is lost: every kind
 * starts, and nothing more is shown. {@link problemOfSettings} reports it earlier.
 */
export function settingsOf(context: IHookFunctions | IWebhookFunctions): Settings {
	const raw = rawSettings(context);
	return {
		timeZone: typeof raw.timeZone === 'string' ? raw.timeZone.trim() : '',
		kinds: readKinds(raw.kinds) ?? [],
		alerts: readSwitch(raw.alerts) ?? true,
		includeRaw: readSwitch(raw.includeRaw) ?? false,
		showVerificationToken: readSwitch(raw.showVerificationToken) ?? false,
	};
}

function rawSettings(context: IHookFunctions | IWebhookFunctions): Record<keyof Settings, unknown> {
	return {
		timeZone: context.getNodeParameter('timeZone', ''),
		kinds: context.getNodeParameter('kinds', []),
		alerts: context.getNodeParameter('alerts', true),
		includeRaw: context.getNodeParameter('includeRaw', false),
		showVerificationToken: context.getNodeParameter('showVerificationToken', false),
	};
}

/** @returns undefined for anything but true and false, in any case */
export function readSwitch(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	return word === 'true' ? true : word === 'false' ? false : undefined;
}

/**
 * Kinds from an array, its JSON text, or a text with commas.
 * @returns undefined if one of them is not a kind, so that the node does not wait for a name that never
 * arrives
 */
export function readKinds(value: unknown): Kind[] | undefined {
	const list = typeof value === 'string' ? listIn(value) : value;
	return Array.isArray(list) && list.every(isKind) ? list : undefined;
}

function listIn(text: string): unknown {
	if (!text.trimStart().startsWith('[')) return text.split(/[\s,;]+/).filter((kind) => kind !== '');
	try {
		const list: unknown = JSON.parse(text);
		return list;
	} catch {
		return undefined;
	}
}

/** Labels of switches, which an expression may have set to anything. */
const SWITCHES = [
	['alerts', 'Let Alerts Through'],
	['includeRaw', 'Include Raw'],
	['showVerificationToken', 'Show Verification Token'],
] as const;

function unreadableSetting(raw: Record<keyof Settings, unknown>): string | undefined {
	const [, label] = SWITCHES.find(([name]) => readSwitch(raw[name]) === undefined) ?? [];
	if (label !== undefined) return `${label} must be true or false. Check its expression.`;
	if (readKinds(raw.kinds)) return undefined;
	return `Kinds of Events must hold these only: ${kinds.join(', ')}. Check its expression.`;
}

/**
 * A problem that would make every delivery fail, found while an admin is present: n8n saves a credential
 * whatever its test says.
 * @returns a sentence for that admin, without a secret
 */
export async function problemOfSettings(context: IHookFunctions): Promise<string | undefined> {
	const { timeZone, showVerificationToken } = settingsOf(context);
	const unreadable = unreadableSetting(rawSettings(context));
	if (unreadable !== undefined) return unreadable;
	if (!isTimeZone(timeZone)) {
		return 'Company Time Zone must be a name of the IANA database, such as Europe/Berlin.';
	}
	const trust = trustFrom(await context.getCredentials(CREDENTIAL));
	if (trust === undefined) return 'The credential names no provider. Choose one there.';
	const { provider, secret } = trust;
	const waitsForGusto = provider.name === 'gusto' && secret === '';
	if (waitsForGusto && showVerificationToken) return undefined;
	const problem = provider.problemOfSecret(secret);
	if (problem === undefined) return undefined;
	return waitsForGusto ? `${problem} To see it, turn on Show Verification Token.` : problem;
}
