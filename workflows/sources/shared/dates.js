import { DateTime } from 'luxon';

import { calendarDate } from '../../../lib/directory/person/calendarDate.ts';
import { text } from './text.js';

/** The date that a vendor writes, as in 2026-01-31; nothing where there is none or it cannot be read. */
export function dateText(value) {
	return calendarDate(text(value) ?? '');
}

/** The date so many days from now, in UTC. */
export function utcDate(days = 0) {
	return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/**
 * The instant at which a local date begins, or the day after it does, as ISO text in UTC. Where a
 * clock change skips midnight, the day begins with its first hour (luxon).
 *
 * @param days 1 for the end of a last day, which is worked through
 */
export function startOfDate(date, zone, days = 0) {
	const local = DateTime.fromISO(String(date).slice(0, 10), { zone }).plus({ days }).startOf('day');
	return local.isValid ? local.toUTC().toISO() : undefined;
}
