import { DateTime, IANAZone } from 'luxon';

import { calendarDate, instantWithOffset } from '../directory/person/calendarDate';

/**
 * Whether a text names a zone of the IANA database. A fixed offset has no daylight saving time and is
 * rejected, and so is `local`, which would be the server's zone.
 */
export function isTimeZone(name: string): boolean {
	return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

/** Whether a text is a date of the calendar, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
	return calendarDate(text) === text;
}

/**
 * The instant at which a local date begins. If a clock change skips midnight, the day begins with its first
 * hour.
 * @param date `YYYY-MM-DD`
 * @param zone an IANA name
 * @param days added to the date before
 * @returns epoch milliseconds; undefined if there is no such date or zone
 */
function startOfDate(date: string, zone: string, days = 0): number | undefined {
	if (!isDate(date) || !isTimeZone(zone)) return undefined;
	const { year, month, day } = DateTime.fromISO(date, { zone: 'utc' }).plus({ days });
	return DateTime.fromObject({ year, month, day }, { zone }).startOf('day').toMillis();
}

/**
 * The instant at which a last day is over; the person works on that day. Otherwise as {@link
 * startOfFirstDay}.
 */
export function endOfLastDay(date: string, zone: string): number | undefined {
	return startOfDate(date, zone, 1);
}

/**
 * The instant at which access begins: with the first day, less a lead time.
 * @param leadHours from 0 on; fractions of an hour are allowed
 * @returns epoch milliseconds; undefined if there is no such date or zone
 */
export function startOfFirstDay(date: string, zone: string, leadHours: number): number | undefined {
	const start = startOfDate(date, zone);
	return start === undefined ? undefined : start - leadHours * 3_600_000;
}

/** The local date on which an instant falls. */
export function dateAt(instant: number, zone: string): string {
	return DateTime.fromMillis(instant, { zone }).toFormat('yyyy-MM-dd');
}

/** The form in which the journal holds instants: ISO 8601 in UTC, so that they sort as texts. */
export function isoText(instant: number): string {
	return new Date(instant).toISOString();
}

/** @returns epoch milliseconds; undefined for a text without a zone, which could be any instant of a day */
export function instantOf(text: string): number | undefined {
	const instant = instantWithOffset(text);
	return instant === undefined ? undefined : Date.parse(instant);
}
