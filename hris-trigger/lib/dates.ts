import { DateTime, IANAZone } from 'luxon';

/** Dates of ISO 8601 in their extended and basic forms, with or without a time. */
const beginsWithDate = /^\d{4}(-?)\d{2}\1\d{2}(?:T|$)/;

/** A date as written, and midnight in Greenwich or elsewhere, by which many systems write a date. */
const dateInDisguise = /^([\d-]+)(?:T00(?::?00(?::?00(?:[.,]0+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** Of a time only: a date ends in `-31` too. */
const hasOffset = /T.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/;

/** @param name of the IANA database; a fixed offset is none, because it knows no summer time */
export function isTimeZone(name: string): boolean {
	return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

/** Many systems write a space for the T, as databases do. */
const inIsoForm = (written: string): string => written.trim().toUpperCase().replace(' ', 'T');

/**
 * The calendar date that a system means.
 *
 * @param written a date or a time of ISO 8601. A real time with an offset falls on the date that it has
 *   in the given zone; one without, or at midnight, keeps its date.
 * @returns `YYYY-MM-DD`, or undefined where there is no such date
 */
export function localDate(written: string, timeZone: string): string | undefined {
	const iso = inIsoForm(written);
	if (!beginsWithDate.test(iso)) return undefined;
	const date = dateInDisguise.exec(iso)?.[1];
	const zone = date === undefined && hasOffset.test(iso) ? timeZone : 'utc';
	return DateTime.fromISO(date ?? iso, { zone }).toISODate() ?? undefined;
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
	const iso = inIsoForm(value ?? '');
	return hasOffset.test(iso) ? (DateTime.fromISO(iso, { zone: 'utc' }).toISO() ?? undefined) : undefined;
}
