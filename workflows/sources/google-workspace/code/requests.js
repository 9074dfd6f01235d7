const prefix = text(groupPrefix) ?? '';

function listUrl(path, query) {
	const written = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
	return `${SITE}/${path}?${written.join('&')}`;
}

function firstRequests() {
	return [
		{
			kind: 'users',
			about: 'the list of users',
			url: listUrl('users', { customer: customerId, projection: 'full', maxResults: 500 }),
		},
		{
			kind: 'groups',
			about: 'the list of groups',
			url: listUrl('groups', { customer: customerId, maxResults: 200 }),
		},
	];
}

/** Members of the group and of the groups in it. */
function membersRequest({ id, name }) {
	return {
		kind: 'members',
		of: text(id),
		name: text(name),
		about: `the members of the group "${name}"`,
		url: listUrl(`groups/${encodeURIComponent(id)}/members`, {
			includeDerivedMembership: true,
			maxResults: 200,
		}),
	};
}

const isWanted = ({ name }) => text(name) !== undefined && name.startsWith(prefix);

/** The same list, from the page on that Google names. */
function nextPage(url, token) {
	return `${url.replace(/&pageToken=[^&]*/, '')}&pageToken=${encodeURIComponent(token)}`;
}

function follow(request, body) {
	// An empty list is left out, so only the kind tells that this is Google's answer.
	const rows = body?.[request.kind] ?? [];
	const isList =
		body?.kind === `admin#directory#${request.kind}` &&
		Array.isArray(rows) &&
		rows.every((row) => text(row?.id) !== undefined);
	if (!isList) return { problem: 'it is no list as Google gives it' };
	const token = text(body.nextPageToken);
	const next = token === undefined ? [] : [{ ...request, url: nextPage(request.url, token) }];
	const members = request.kind === 'groups' ? rows.filter(isWanted).map(membersRequest) : [];
	return { rows, requests: [...next, ...members] };
}
