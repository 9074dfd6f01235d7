import { DateTime, IANAZone } from 'luxon';

import { instantWithOffset } from './calendarDate';

/** @param name of the IANA database; a fixed offset is rejected, because it has no daylight saving time */
export function isTimeZone(name: string): boolean {
	return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

/**
 * The instant at which a local date begins, or, if the day itself still counts, at which it is over. If
 * clocks skip midnight, the day begins with its first hour.
 * @param date `YYYY-MM-DD`, an existing one
 * @returns ISO 8601 in UTC
 */
export function instantOf(date: string, timeZone: string, dayIncluded: boolean): string {
	const day = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: dayIncluded ? 1 : 0 });
	const { year, month, day: dayOfMonth } = day;
	const begin = DateTime.fromObject({ year, month, day: dayOfMonth }, { zone: timeZone });
	return begin.startOf('day').toUTC().toJSDate().toISOString();
}

/**
 * When something occurred, if that can be known: a time without a zone is ambiguous.
 * @param value ISO 8601, or seconds since 1970
 * @returns ISO 8601 in UTC
 */
export function instantFrom(value: string | number | undefined): string | undefined {
	if (typeof value === 'number') return DateTime.fromSeconds(value, { zone: 'utc' }).toISO() ?? undefined;
	return instantWithOffset(value ?? '');
}
