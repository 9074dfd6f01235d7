/** The most that JumpCloud gives at once. */
const PAGE = 100;

/** A page of a list, from the entry that `skip` says. In the order of the ids, so that it stays one list. */
function page(request, skip) {
	const order = request.kind === 'users' ? '&sort=_id' : '';
	return { ...request, skip, url: `${SITE}${request.path}?limit=${PAGE}&skip=${skip}${order}` };
}

function firstRequests() {
	const requests = [
		{ kind: 'users', path: '/api/systemusers', about: 'the list of users' },
		{ kind: 'groups', path: '/api/v2/usergroups', about: 'the list of groups' },
	];
	if (app !== undefined) {
		const path = `/api/v2/applications/${app}/users`;
		requests.push({ kind: 'assigned', path, about: 'the users of the Notion application' });
	}
	return requests.map((request) => page(request, 0));
}

function follow(request, body) {
	const rows = request.kind === 'users' ? body?.results : body;
	const total = request.kind === 'users' ? body?.totalCount : undefined;
	const isDocumented =
		Array.isArray(rows) &&
		rows.every((row) => text(row?.id ?? row?._id) !== undefined) &&
		(request.kind !== 'users' || Number.isInteger(total));
	if (!isDocumented) return { problem: 'it is no list as JumpCloud gives it' };

	const behind = request.skip + rows.length;
	// Only the list of users says how long it is; the others end with a page without entries.
	const isLast = rows.length === 0 || (total !== undefined && behind >= total);
	const requests = isLast ? [] : [page(request, behind)];
	if (request.kind === 'groups') {
		for (const group of rows) {
			const name = text(group.name);
			if (name === undefined || !name.startsWith(groupPrefix ?? '')) continue;
			const path = `/api/v2/usergroups/${encodeURIComponent(group.id)}/membership`;
			const about = `the members of the group "${name}"`;
			requests.push(page({ kind: 'members', of: text(group.id), name, path, about }, 0));
		}
	}
	return { rows, total, requests };
}
