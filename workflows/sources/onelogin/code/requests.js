// OneLogin gives only what is asked for here.
const FIELDS = [
	'id',
	'email',
	'username',
	'firstname',
	'lastname',
	'title',
	'department',
	'company',
	'phone',
	'preferred_locale_code',
	'manager_user_id',
	'status',
	'state',
	'external_id',
	'userprincipalname',
	'custom_attributes',
];

/** What a scope can go by, and OneLogin does not know under this name. */
const OUR_NAMES = ['roles', 'groups', 'organization', 'locale'];

function firstRequests() {
	const others = [emailAttribute, employeeNumberAttribute, scopeAttribute]
		.map(text)
		.filter((name) => /^[a-z_]+$/.test(name ?? '') && !OUR_NAMES.includes(name));
	const fields = [...new Set([...FIELDS, ...others])].join(',');
	const requests = [
		{ kind: 'users', path: `/api/2/users?limit=50&fields=${fields}`, about: 'the list of users' },
		{ kind: 'groups', path: '/api/2/roles?limit=50', about: 'the list of roles' },
	];
	if (app !== undefined) {
		const path = `/api/2/apps/${app}/users?limit=50`;
		requests.push({ kind: 'assigned', path, about: 'the users of the Notion app' });
	}
	return requests.map((request) => ({ ...request, url: `${SITE}${request.path}` }));
}

function follow(request, body, headers) {
	if (!Array.isArray(body) || body.some((one) => text(one?.id) === undefined)) {
		return { problem: 'it is no list as OneLogin gives it' };
	}
	const requests = [];
	const cursor = text(headers['after-cursor']);
	if (cursor !== undefined) {
		const url = `${SITE}${request.path}&cursor=${encodeURIComponent(cursor)}`;
		requests.push({ ...request, url });
	}
	if (request.kind === 'groups') {
		for (const role of body) {
			const name = text(role.name);
			if (name === undefined || !name.startsWith(rolePrefix ?? '')) continue;
			const path = `/api/2/roles/${encodeURIComponent(role.id)}/users?limit=50`;
			const about = `the users of the role "${name}"`;
			requests.push({ kind: 'members', of: text(role.id), name, path, url: `${SITE}${path}`, about });
		}
	}
	return { rows: body, total: totalOf(headers), requests };
}

/** How long the whole list is, where OneLogin says it. */
function totalOf(headers) {
	const total = text(headers['total-count']);
	return /^\d+$/.test(total ?? '') ? Number(total) : undefined;
}
