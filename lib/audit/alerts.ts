import type { Alert } from '../lifecycle/decision';
import type { Finding } from './finding';
import type { Seal } from './seal';
import { countOf } from './words';

/** At most so many sentences stand in one alert. */
const MOST_SENTENCES = 20;

const HOUR = 60 * 60 * 1000;

/** A daily seal that is this late was not made. */
const LATE_AFTER = 36 * HOUR;

/** What was found, as one alert. */
export function findingAlerts(findings: readonly Finding[]): Alert[] {
	if (findings.length === 0) return [];
	const sentences = findings.slice(0, MOST_SENTENCES).map(({ text }) => text);
	const more = findings.length - sentences.length;
	const rest = more > 0 ? ` And ${more} more.` : '';
	return [
		{
			key: 'audit: the journal was changed',
			text: `The journal is not as the workflows left it (${countOf(findings.length, 'finding')}). ${sentences.join(' ')}${rest} Find out who can edit Data Tables or the database of n8n.`,
		},
	];
}

/** @param now epoch milliseconds */
export function lateAlerts(last: Seal | undefined, now: number): Alert[] {
	if (last && now - Date.parse(last.at) < LATE_AFTER) return [];
	const since = last ? `since seal ${last.number}, ${last.at}` : 'yet';
	return [{ key: 'audit: no seal', text: `The journal was not sealed ${since}. Look whether audit-seal is published and runs.` }];
}
