const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

/** IDs of the HRIS; an empty one is nobody's. */
function isSameId(one, other) {
	const text = String(one ?? '').trim();
	return text !== '' && text === String(other ?? '').trim();
}

/** A company that is not named contradicts none. */
function isSameCompany(one, other) {
	return !one || !other || String(one) === String(other);
}

function isZone(zone) {
	return Boolean(zone) && DateTime.now().setZone(zone).isValid;
}

/** Without a zone, or with the wrong one, somebody's access would end in the middle of their last day. */
function zoneTrouble({ timeZone }) {
	return isZone(timeZone)
		? undefined
		: `Enter timeZone in Settings, such as Europe/Berlin: ${timeZone ? `"${timeZone}" is no time zone.` : 'it is empty.'}`;
}

/** Epoch milliseconds of an instant as text; undefined for what is none. */
function instant(value) {
	const milliseconds = value instanceof Date ? value.getTime() : Date.parse(String(value ?? ''));
	return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** The instant at which a leaver's last day is over, in milliseconds; undefined without a date or a zone. */
function endOfLastDay({ endDate, timeZone }, settings) {
	const zone = [timeZone, settings.timeZone].find(isZone);
	return endDate && zone ? instant(startOfDate(endDate, zone, 1)) : undefined;
}

/** Whether a row of a table is about this record of the HRIS; by its ID, and by address only without one. */
function isAbout(row, { source, sourceId, companyId, email }) {
	if (row.source && source && row.source !== source) return false;
	if (row.employeeId && sourceId)
		return isSameId(row.employeeId, sourceId) && isSameCompany(row.companyId, companyId);
	return emailKey(row.email) !== '' && emailKey(row.email) === emailKey(email);
}

/** The member of Notion who this record of the HRIS is: by link, else by primary address. */
function memberOf(record, members, links) {
	const linked = links.filter((link) => link.userId && link.employeeId && isAbout(link, record));
	const byLink = members.find(({ id }) => linked.some(({ userId }) => userId === id));
	const key = emailKey(record.email);
	return (
		byLink ?? (key === '' ? undefined : members.find(({ email }) => emailKey(email) === key))
	);
}

function nameOf({ displayName, email, source, sourceId, employeeId }) {
	const id = sourceId ?? employeeId;
	const label = [source, id].filter(Boolean).join(' ');
	return `${displayName || email || 'Somebody'}${label ? ` (${label})` : ''}`;
}

/** A few of many, as one text. */
function someOf(texts, most = 20) {
	const more = texts.length > most ? `; and ${texts.length - most} more` : '';
	return `${texts.slice(0, most).join('; ')}${more}`;
}
