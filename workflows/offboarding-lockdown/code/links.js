/** Two addresses are the same if their keys are: only ASCII letters are made small. */
function addressKey(email) {
	return String(email ?? '')
		.trim()
		.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

const sameText = (one, other) =>
	String(one ?? '').toLowerCase() === String(other ?? '').toLowerCase();
const unlessOther = (one, other) => !one || !other || sameText(one, other);
const rowsOf = (items) => items.map(({ json }) => json).filter(({ id }) => id !== undefined);

/** Whether this HRIS can be asked about the employee of a link. */
function isAskable(link, event) {
	return sameText(link.source, event.source) && unlessOther(link.companyId, event.companyId);
}

/**
 * The links of an event's employee, oldest first, and the other employees that are linked to the same
 * account.
 *
 * @param items rows of people_links with this employee's ID or address
 * @param accountItems rows of people_links with the same account
 */
function linksOf(event, items, accountItems) {
	const isOwn = (link) =>
		isAskable(link, event) &&
		(event.employeeId
			? sameText(link.employeeId, event.employeeId)
			: Boolean(event.email) && sameText(link.email, event.email));
	const links = rowsOf(items).filter(isOwn);
	const userIds = [...new Set(links.map(({ userId }) => userId).filter(Boolean))];
	const others = rowsOf(accountItems).filter(
		(link) => userIds.includes(link.userId) && !isOwn(link),
	);
	return { links, userIds, others };
}
