/** Milliseconds. */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Offsets from UTC in minutes that are in use, including daylight saving time. Of the hours that share a
 * clock with another day (UTC-11 with UTC+13, UTC+14 with UTC-10) the one with more people applies: within 24
 * hours each moment is then midnight in one place at most.
 */
const OFFSETS = [
	-600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -150, -120, -60, 0, 60, 120, 180, 210,
	240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 825,
];

/** A time of ISO 8601 with its zone: date, time, sign, hours and minutes of the zone. */
const INSTANT =
	/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(?:Z|([+-]\d{2})(?::?(\d{2}))?)$/i;

/**
 * The calendar date of a system that writes dates as instants: the beginning of the local day, or its end
 * (`2025-08-31T15:59:59.999Z` is 31 August where clocks are eight hours ahead). The zone need not be known:
 * at each moment a day begins or ends in one zone only.
 * @param written ISO 8601
 * @param edgeIn the date, if the instant (in milliseconds since 1970) begins or ends a day in the zone of the
 * company or the employee; this takes precedence over all other zones
 * @returns `YYYY-MM-DD`; undefined for a text that is not an instant, or not the edge of a day
 */
export function dateByDayEdge(
	written: string,
	edgeIn?: (instant: number) => string | undefined,
): string | undefined {
	const [, date, time = '', hours = '+00', minutes = '00'] = INSTANT.exec(written.trim()) ?? [];
	if (date === undefined || !isDate(date)) return undefined;
	const local = Date.parse(`${date}T${time.replace(',', '.')}Z`);
	if (Number.isNaN(local)) return undefined;
	if (isDayEdge(local)) return date;
	const own = Number(`${hours}${minutes}`);
	// A time with its own zone refers to that zone.
	if (own !== 0) return undefined;
	const known = edgeIn?.(local);
	if (known !== undefined) return known;
	const offset = OFFSETS.find((east) => isDayEdge(local + east * MINUTE));
	return offset === undefined ? undefined : dateOf(local + offset * MINUTE);
}

/**
 * Whether a local time is the first moment of a day, or the last second or minute of one as systems
 * write it: 00:00:00, 23:59:59 with or without a fraction, 23:59:00.
 *
 * @param local milliseconds since 1970 on the local clock
 */
export function isDayEdge(local: number): boolean {
	const ofDay = ((local % DAY) + DAY) % DAY;
	return ofDay === 0 || ofDay === DAY - MINUTE || ofDay >= DAY - 1_000;
}

/** JavaScript reads 30 February as 2 March. */
function isDate(date: string): boolean {
	const midnight = Date.parse(`${date}T00:00:00Z`);
	return !Number.isNaN(midnight) && dateOf(midnight) === date;
}

function dateOf(local: number): string {
	return new Date(local).toISOString().slice(0, 10);
}
