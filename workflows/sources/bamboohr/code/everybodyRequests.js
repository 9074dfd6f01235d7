const ABOUT = 'the list of employees';

/** What is asked for besides what BambooHR always gives. */
const FIELDS = [
	...new Set([
		...Object.values(ATTRIBUTE_FIELDS),
		...groupsFrom.map((name) => GROUP_FIELDS[name]),
		...(settings.scopeAttribute === 'location' ? [GROUP_FIELDS.location] : []),
		'hireDate',
		'terminationDate',
		'employmentStatusName',
	]),
].filter((name) => !['firstName', 'lastName', 'jobTitleName'].includes(name));

function page(cursor) {
	const query = { fields: FIELDS.join(','), 'page[limit]': '2500' };
	if (cursor !== undefined) query['page[after]'] = cursor;
	const parts = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
	const url = `https://${company}.bamboohr.com/api/v1/employees?${parts.join('&')}`;
	return { kind: 'employees', about: ABOUT, url };
}

function firstRequests() {
	return [page()];
}

function follow(_request, body) {
	const total = body?.meta?.total;
	if (!Array.isArray(body?.data) || typeof total !== 'number') {
		return { problem: 'it is no list as BambooHR gives it' };
	}
	const cursor = text(body.meta.page?.nextCursor);
	return { rows: body.data, total, requests: cursor === undefined ? [] : [page(cursor)] };
}
