const LARGEST_PAGE = 999;
const prefix = text(groupPrefix) ?? '';

/** The properties of a user that are asked for; Graph gives no other ones. */
const PROPERTIES = [
	...['id', 'userPrincipalName', 'mail', 'otherMails', 'proxyAddresses', 'accountEnabled'],
	...['userType', 'employeeHireDate', ...(readLeaveDate ? ['employeeLeaveDateTime'] : [])],
	...Object.values(PATHS),
	...(isProperty ? [scopePath] : []),
].map((path) => path.split('.')[0]);

function listUrl(path, query) {
	const parameters = Object.entries({ ...query, $top: LARGEST_PAGE });
	const written = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
	return `${SITE}/v1.0/${path}?${written.join('&')}`;
}

function firstRequests() {
	const requests = [
		{
			kind: 'users',
			about: 'the list of users',
			url: listUrl('users', {
				$select: [...new Set(PROPERTIES)].join(','),
				$expand: 'manager($select=id)',
			}),
		},
	];
	if (!onlyAssignedGroups) {
		const filter =
			prefix === '' ? {} : { $filter: `startswith(displayName,'${prefix.replaceAll("'", "''")}')` };
		const url = listUrl('groups', { $select: 'id,displayName,visibility', ...filter });
		requests.push({ kind: 'groups', about: 'the list of groups', url });
	}
	if (app !== undefined) {
		const url = listUrl(`servicePrincipals/${app}/appRoleAssignedTo`, {});
		requests.push({ kind: 'assigned', about: 'the assignments to the Notion app', url });
	}
	return requests;
}

/**
 * Members of a group: also those of the groups in it, or only its own. Graph could give users alone, but
 * from an index that lags behind; what is no user matches nobody.
 */
function membersRequest({ id, name, isHidden }, kind) {
	const path = { members: 'transitiveMembers', directMembers: 'members' }[kind];
	return {
		kind,
		of: id,
		name: text(name),
		isHidden,
		about: `the ${kind === 'members' ? '' : 'direct '}members of the group "${name}"`,
		url: listUrl(`groups/${encodeURIComponent(id)}/${path}`, { $select: 'id' }),
	};
}

const isWanted = ({ name }) => text(name) !== undefined && name.startsWith(prefix);

/** The people of an assigned group are assigned, but as everywhere in Entra only its own members. */
function membersOf(kind, rows) {
	const groups = rows.filter(({ isGroup }) => isGroup);
	const areGroupsOfPeople = kind === (onlyAssignedGroups ? 'assigned' : 'groups');
	return [
		...(areGroupsOfPeople ? groups.filter(isWanted) : []).map((one) => membersRequest(one, 'members')),
		...(kind === 'assigned' ? groups : []).map((one) => membersRequest(one, 'directMembers')),
	];
}

/** What is needed of an entry of a list. */
const ROWS = {
	groups: ({ id, displayName, visibility }) => ({
		id: text(id),
		name: displayName,
		isGroup: true,
		isHidden: visibility === 'HiddenMembership',
	}),
	assigned: ({ principalId, principalDisplayName, principalType }) => ({
		id: text(principalId),
		name: principalDisplayName,
		isGroup: principalType === 'Group',
	}),
};

function follow(request, body) {
	const rows = Array.isArray(body?.value)
		? body.value.map((one) => (ROWS[request.kind] ?? Object)(Object(one)))
		: undefined;
	if (rows === undefined || rows.some(({ id }) => text(id) === undefined)) {
		return { problem: 'it is no list as Microsoft Graph gives it' };
	}
	// Whoever may not see hidden members is told that there are none.
	if (request.isHidden && rows.length === 0) {
		return { problem: 'the members are hidden, and nobody is listed without the permission Member.Read.Hidden' };
	}
	const url = body['@odata.nextLink'];
	// The token goes to no other host, whatever an answer says.
	if (url !== undefined && !String(url).startsWith(`${SITE}/v1.0/`)) {
		return { problem: 'its next page is at another host' };
	}
	const next = url === undefined ? [] : [{ ...request, url }];
	return { rows, requests: [...next, ...membersOf(request.kind, rows)] };
}
