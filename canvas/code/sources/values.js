/** A text without the space around it; nothing for what is empty or no text. */
function text(value) {
	const found =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	return found === '' ? undefined : found;
}

/** The date that a vendor writes, as in 2026-01-31; nothing where there is none or it cannot be read. */
function dateText(value) {
	return calendarDate(text(value) ?? '');
}

/** The fields that the HRIS gives. An attribute that it does not give must not be an empty text. */
function given(fields) {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A leave of absence is not the end of an employment, and one who has yet to begin has not left. */
function isActive(status) {
	return status === 'active' || status === 'onLeave' || status === 'notStarted';
}

const MEANINGS = ['active', 'notStarted', 'onLeave', 'inactive'];

/**
 * What a vendor's word means, whatever its capitals, spaces and lines; nothing for an unknown one.
 *
 * @param table by word, without capitals, spaces and lines
 * @param ownWords by word as the company writes it; they win
 * @param meanings what there is
 */
function meaningOf(word, table, ownWords = {}, meanings = MEANINGS) {
	const plain = (found) => (text(found) ?? '').toLowerCase().replace(/[\s_-]+/g, '');
	const own = Object.entries(ownWords).find(([key]) => plain(key) === plain(word))?.[1];
	if (own !== undefined && !meanings.includes(own)) {
		throw new Error(`Settings: "${own}" in ownWords must be one of ${meanings.join(', ')}.`);
	}
	return own ?? (Object.hasOwn(table, plain(word)) ? table[plain(word)] : undefined);
}

/** The date so many days from now, in UTC. */
function utcDate(days = 0) {
	return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/**
 * Two days after a last day, a person who is still active may have stayed, or a word was forgotten: that
 * is for a person to find out. Until then a vendor may only be late.
 */
function inDoubt(found) {
	const { status, statusWord, endDate } = found;
	const isLate = endDate !== undefined && endDate < utcDate(-2);
	if (!isLate || (status !== 'active' && status !== 'onLeave')) return found;
	const explanation = `Still "${statusWord}", although the last day was ${endDate}. A person must look.`;
	return { ...found, status: 'unknown', explanation };
}

/**
 * A last day that cannot be read may be any day, so the person does not simply stay.
 *
 * @param written the last days as the vendor writes them
 */
function inDoubtOfDates(found, written) {
	const unread = written.map((value) => text(value) ?? '').find((value) => !isNoDate(value) && !dateText(value));
	if (unread === undefined || found.status === 'inactive' || found.status === 'unknown') return found;
	const explanation = `The last day is "${unread}", which is no date such as 2026-01-31. A person must look.`;
	return { ...found, status: 'unknown', explanation };
}

/** Takes one of several records with the same id only once. */
function onceEach(records) {
	return [...new Map(records.map((record) => [record.sourceId, record])).values()];
}

/**
 * The items that answer one question: everybody who was found, or that there is nobody.
 *
 * @param asked { employeeId, email } of the question
 */
function answerTo(asked, source, records) {
	if (records.length > 0)
		return onceEach(records).map((record) => ({ json: { ...record, asked } }));
	return [
		{ json: given({ found: false, source, sourceId: asked.employeeId || undefined, asked }) },
	];
}

/** Leavers since a day, and whoever must be looked at; behind them, how the reading went. */
function leaversAnswer(source, records, since, { pages, complete, explanation }) {
	const left = onceEach(records).filter(
		({ active, status, endDate }) =>
			status === 'unknown' || (!active && endDate !== undefined && endDate >= since),
	);
	const readAt = new Date().toISOString();
	const manifest = {
		manifest: true,
		source,
		readAt,
		pages,
		count: left.length,
		complete,
		explanation,
	};
	return [...left.map((json) => ({ json })), { json: given(manifest) }];
}
