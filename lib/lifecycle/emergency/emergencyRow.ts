import type { EmergencyApp } from '../details';
import type { Change } from '../journal';

/** The apps that can be locked, in the order of the rows of a call. */
export const LOCKED_APPS = ['notion', 'entra', 'okta', 'google'] as const satisfies readonly EmergencyApp[];

export type LockedApp = (typeof LOCKED_APPS)[number];

const APP_NAMES: Readonly<Record<EmergencyApp, string>> = {
	notion: 'Notion',
	entra: 'Entra',
	okta: 'Okta',
	google: 'Google',
	none: '',
};

/** How a sentence names an app. */
export function appName(app: EmergencyApp): string {
	return APP_NAMES[app];
}

/** How an emergency can end for one person in one app. */
export type EmergencyOutcome =
	| 'lockedDown'
	| 'alreadyLocked'
	| 'notFound'
	| 'failed'
	| 'notVerified'
	| 'notSetUp'
	| 'protected'
	| 'held'
	| 'expired'
	| 'copy';

/** Which app a row is about. */
export function appOf({ details }: Pick<Change, 'details'>): EmergencyApp {
	return details.app ?? 'none';
}

/**
 * The same for every copy of a call, for each person and app. The app is its last part, by which a workflow
 * splits the rows.
 */
export function emergencyKey(call: { source: string; delivery: string }, person: string, app: EmergencyApp): string {
	const [source, delivery] = [call.source, call.delivery].map((part) => part.replaceAll('|', '/'));
	return ['emergency', source, delivery, person, app].join('|');
}

/** What all rows of one call have in common, for alerts. */
export function callOf({ key }: Pick<Change, 'key'>): string {
	return key.split('|').slice(1, 3).join('|');
}

/** The person whose access a row is about, for the start of a sentence or a list. */
export function personIn(row: Pick<Change, 'email' | 'details'>): string {
	const app = appName(appOf(row));
	const person = row.email || 'A person without an address';
	return app === '' ? person : `${person} in ${app}`;
}
