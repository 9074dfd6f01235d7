const FIRST_PAGE = {
	users: '/api/v1/users?limit=200',
	// The plain list leaves these out, and they are the ones who have left.
	deactivated: `/api/v1/users?limit=200&filter=${encodeURIComponent('status eq "DEPROVISIONED"')}`,
	groups: '/api/v1/groups?limit=200',
	assigned: `/api/v1/apps/${app}/users?limit=500`,
};
const ABOUT = {
	users: 'the list of users',
	deactivated: 'the list of deactivated users',
	groups: 'the list of groups',
	assigned: 'the users of the Notion app',
};

function firstRequests() {
	const kinds = ['users', 'deactivated', 'groups', ...(app === undefined ? [] : ['assigned'])];
	return kinds.map((kind) => ({ kind, url: `${SITE}${FIRST_PAGE[kind]}`, about: ABOUT[kind] }));
}

/** The page after this one: its address, or nothing behind the last one. Only rel="next" leads on. */
function nextPage(headers) {
	const links = [headers.link ?? []].flat().join(', ');
	return /<([^<>]+)>\s*;\s*rel="next"/.exec(links)?.[1];
}

/** Groups that Okta makes by itself, such as Everyone, are not given out. */
function isWanted(group) {
	const name = text(group.profile?.name);
	return group.type !== 'BUILT_IN' && name !== undefined && name.startsWith(groupPrefix ?? '');
}

function follow(request, body, headers) {
	if (!Array.isArray(body) || body.some((one) => text(one?.id) === undefined)) {
		return { problem: 'it is no list as Okta gives it' };
	}
	const rows = body;
	const requests = [];
	const url = nextPage(headers);
	if (url !== undefined) {
		// The token goes to no other host, whatever an answer says.
		if (!url.startsWith(`${SITE}/`)) return { problem: 'its next page is at another host' };
		requests.push({ ...request, url });
	}
	if (request.kind === 'groups') {
		for (const group of rows.filter(isWanted)) {
			const name = text(group.profile.name);
			requests.push({
				kind: 'members',
				of: text(group.id),
				name,
				url: `${SITE}/api/v1/groups/${encodeURIComponent(group.id)}/users?limit=200`,
				about: `the members of the group "${name}"`,
			});
		}
	}
	return { rows, requests };
}
