import { DateTime, IANAZone } from 'luxon';

/** A date as written, and midnight in Greenwich, by which many systems write a date. */
const dateInDisguise = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?)?$/;
const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** @param name of the IANA database; a fixed offset is none, because it knows no summer time */
export function isTimeZone(name: string): boolean {
	return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

/**
 * The calendar date that a system means.
 *
 * @param written a date or a time of ISO 8601. A real time with an offset falls on the date that it has
 *   in the given zone; one without keeps its date.
 * @returns `YYYY-MM-DD`, or undefined where there is no such date
 */
export function localDate(written: string, timeZone: string): string | undefined {
	const date = dateInDisguise.exec(written)?.[1];
	const parsed =
		date === undefined && hasOffset.test(written)
			? DateTime.fromISO(written, { zone: timeZone })
			: DateTime.fromISO(date ?? written, { zone: 'utc' });
	return /^\d{4}-\d{2}-\d{2}/.test(written) ? (parsed.toISODate() ?? undefined) : undefined;
}

/**
 * The instant at which a local date begins, or, where the day itself still counts, at which it is over.
 * Where clocks skip midnight, the day begins with its first hour.
 *
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
 * When something occurred, if that can be known: a time without a zone is nobody's.
 *
 * @param value ISO 8601, or seconds since 1970
 * @returns ISO 8601 in UTC
 */
export function instantFrom(value: string | number | undefined): string | undefined {
	if (typeof value === 'number') return DateTime.fromSeconds(value, { zone: 'utc' }).toISO() ?? undefined;
	if (value === undefined || !hasOffset.test(value)) return undefined;
	return DateTime.fromISO(value, { zone: 'utc' }).toISO() ?? undefined;
}
