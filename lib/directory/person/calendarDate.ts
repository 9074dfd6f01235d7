import { DateTime } from 'luxon';

/** A date of ISO 8601 in its extended or basic form, with or without a time after it. */
const DATE_FORM = /^(\d{4})(-?)(\d{2})\2(\d{2})(?:T(.+))?$/;

/** Midnight in Greenwich or elsewhere, by which many systems represent a date. */
const MIDNIGHT = /^00(?::?00(?::?00(?:[.,]0+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** A time of day, with or without its offset from UTC. */
const TIME = /^(?:[01]\d|2[0-3])(?::?[0-5]\d(?::?[0-5]\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** The end of a time that states its offset from UTC. */
const OFFSET = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/;

/** Many systems, such as databases, write a space for the T. */
function isoForm(written: string): string {
	return written.trim().toUpperCase().replace(' ', 'T');
}

/**
 * Whether a text means that there is no date: it is empty, consists of zeros (MySQL's `0000-00-00`, SAP's
 * `00.00.0000`), or is the minimum date of .NET, `0001-01-01T00:00:00`.
 */
export function isNoDate(written: string): boolean {
	const iso = isoForm(written);
	if (/^[0.:/TZ-]*$/.test(iso)) return iso === '' || iso.includes('0');
	return /^0001-?01-?01(?:T[0.:Z]+)?$/.test(iso);
}

/**
 * The calendar date that a system means. All sources, lists, parameters and webhooks read dates with it.
 * @param written a date or a time of ISO 8601; other forms do not tell which number is the month
 * @param timeZone IANA name: a real time with an offset falls on the date in this zone. Without it, and for a
 * time without an offset or at midnight, the written date applies
 * @returns `YYYY-MM-DD`, or undefined if there is no such date
 */
export function calendarDate(written: string, timeZone?: string): string | undefined {
	const [, year, , month, day, time] = DATE_FORM.exec(isoForm(written)) ?? [];
	if (day === undefined || isNoDate(written)) return undefined;
	const date = `${year}-${month}-${day}`;
	if (!isInCalendar(date) || (time !== undefined && !TIME.test(time))) return undefined;
	const isMoment = time !== undefined && !MIDNIGHT.test(time) && OFFSET.test(time);
	if (!isMoment || timeZone === undefined) return date;
	return DateTime.fromISO(`${date}T${time}`, { zone: timeZone }).toISODate() ?? undefined;
}

/** JavaScript reads 31 February as 3 March. */
function isInCalendar(date: string): boolean {
	const at = new Date(`${date}T00:00:00Z`);
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}

/**
 * The instant of a text with a time and an offset, as ISO text in UTC; undefined for everything else, because
 * a time without a zone is not an instant.
 */
export function instantWithOffset(written: string): string | undefined {
	const iso = isoForm(written);
	if (!/T.*\d/.test(iso) || !OFFSET.test(iso) || calendarDate(iso) === undefined) return undefined;
	return DateTime.fromISO(iso, { zone: 'utc' }).toISO() ?? undefined;
}

/**
 * The instant of a beginning that is given as a date or a time, as ISO text in UTC. A date begins with its
 * first hour in the time zone, even if it is written as a midnight.
 */
export function calendarInstant(written: string, timeZone: string): string | undefined {
	const date = calendarDate(written);
	if (date === undefined) return undefined;
	const [, time = ''] = isoForm(written).split('T');
	if (time === '' || MIDNIGHT.test(time)) {
		return DateTime.fromISO(date, { zone: timeZone }).startOf('day').toUTC().toISO() ?? undefined;
	}
	return DateTime.fromISO(isoForm(written), { zone: timeZone }).toUTC().toISO() ?? undefined;
}
