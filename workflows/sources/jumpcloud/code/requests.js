/** The most that JumpCloud gives at once. */
const PAGE = 100;

/**
 * A page of a list, from the entry that `skip` says. In the order of the ids, so that it stays one list.
 * Each page begins with the entry that the one before it ended with: another one there means that the list
 * changed meanwhile, and that somebody may have slipped from one page to another.
 *
 * @param request `last` is the id of that entry; nothing for the first page
 */
function page(request, skip) {
	const order = request.kind === 'users' ? '&sort=_id' : '';
	return { ...request, skip, url: `${SITE}${request.path}?limit=${PAGE}&skip=${skip}${order}` };
}

const idOf = (entry) => text(entry?.id) ?? text(entry?._id);

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
	const entries = request.kind === 'users' ? body?.results : body;
	const total = request.kind === 'users' ? body?.totalCount : undefined;
	const isDocumented =
		Array.isArray(entries) &&
		entries.every((entry) => idOf(entry) !== undefined) &&
		(request.kind !== 'users' || Number.isInteger(total));
	if (!isDocumented) return { problem: 'it is no list as JumpCloud gives it' };

	const isFirst = request.last === undefined;
	if (!isFirst && idOf(entries[0]) !== request.last) {
		return { problem: 'it does not go on where the page before it ended' };
	}
	const rows = isFirst ? entries : entries.slice(1);
	const behind = request.skip + entries.length;
	// Only the list of users says how long it is; the others end with a page without new entries.
	const isLast = rows.length === 0 || (total !== undefined && behind >= total);
	// A list of one entry goes on behind it: its first page would be asked for again.
	const last = entries.length > 1 ? idOf(entries.at(-1)) : undefined;
	const requests = isLast ? [] : [page({ ...request, last }, last === undefined ? behind : behind - 1)];
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
