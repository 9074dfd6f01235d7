/**
 * The instant at which a local date begins, or the day after it does, as ISO text in UTC. Where a
 * clock change skips midnight, the day begins with its first hour (luxon).
 *
 * @param days 1 for the end of a last day, which is worked through
 */
function startOfDate(date, zone, days = 0) {
	const local = DateTime.fromISO(String(date).slice(0, 10), { zone }).plus({ days }).startOf('day');
	return local.isValid ? local.toUTC().toISO() : undefined;
}
