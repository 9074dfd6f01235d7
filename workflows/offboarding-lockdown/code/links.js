const idOf = (value) => String(value ?? '').trim();
const sourceKey = (source) => idOf(source).toLowerCase();
const rowsOf = (items) => items.map(({ json }) => json).filter(({ id }) => id !== undefined);

/** Whether this HRIS can be asked about the employee of a link. A company that is not named contradicts none. */
function isAskable(link, event) {
	const companies = [link.companyId, event.companyId].map(idOf).filter(Boolean);
	return sourceKey(link.source) === sourceKey(event.source) && new Set(companies).size < 2;
}

/** Whether a row is about this employee: by the ID as the HRIS writes it; by address where one of them has none. */
function isOfEmployee(row, person) {
	if (!isAskable(row, person)) return false;
	if (idOf(row.employeeId) && idOf(person.employeeId))
		return idOf(row.employeeId) === idOf(person.employeeId);
	return emailKey(person.email) !== '' && emailKey(row.email) === emailKey(person.email);
}

/** Names that senders have who do not say which HRIS they are. */
const NAMELESS = ['', 'standardwebhooks', 'headertoken'];

/** The HRIS of an event, before that was read: behind a door that knows none, it is the one of Settings. */
function sourceOf({ door, source }, settings) {
	return door === 'HrisWebhook' || NAMELESS.includes(sourceKey(source)) ? settings.source : source;
}

/**
 * An event as the HRIS itself names it, so that rows of different doors are about the same employee.
 *
 * @param answers of the HRIS to the questions about this event
 * @param records everybody whom it found, each once
 */
function identified(event, answers, records) {
	const [only, ...more] = records;
	return {
		...event,
		source: answers.find(({ source }) => source)?.source ?? event.source,
		employeeId: event.employeeId || (only && more.length === 0 ? only.sourceId : ''),
	};
}

/**
 * The links of an event's employee, oldest first, and the other employees that are linked to the same
 * account.
 *
 * @param items rows of people_links with this employee's ID or address
 * @param accountItems rows of people_links with the same account
 */
function linksOf(event, items, accountItems) {
	const isOwn = (link) => isOfEmployee(link, event);
	const links = rowsOf(items).filter(isOwn);
	const userIds = [...new Set(links.map(({ userId }) => userId).filter(Boolean))];
	const others = rowsOf(accountItems).filter(
		(link) => userIds.includes(link.userId) && !isOwn(link),
	);
	return { links, userIds, others };
}
