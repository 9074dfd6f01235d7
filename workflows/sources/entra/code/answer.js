const users = listed('users');

const allGroupsRead = groupsComplete && !(onlyAssignedGroups && hasFailed('assigned'));

for (const { id } of listed('directMembers')) assigned.add(text(id));
const allAssignmentsRead = !hasFailed('assigned', 'directMembers');

const usersById = new Map(users.map((user) => [user.id, user]));
const emailOf = (user) => text(valueAt(user, PATHS.email));
const attributesOf = (user) =>
	Object.fromEntries(Object.entries(PATHS).map(([attribute, path]) => [attribute, valueAt(user, path)]));

/** Every address that leads to the account. */
function addressesOf({ mail, userPrincipalName, otherMails, proxyAddresses }) {
	const proxies = (proxyAddresses ?? []).flatMap((entry) => /^smtp:(.+)$/i.exec(entry)?.[1] ?? []);
	// The principal name of a guest is no address.
	const principal = /#EXT#/i.test(userPrincipalName ?? '') ? undefined : userPrincipalName;
	return [mail, principal, ...(otherMails ?? []), ...proxies].filter(isAddress);
}

function scopeOf(user, fields) {
	if (user.userType === 'Guest' && includeGuests !== true) {
		return { inScope: false, scopeNote: 'A guest in Microsoft Entra ID, and Settings leave guests out.' };
	}
	const { isAssigned, unread } = assignment(app, user.id, fields.status);
	return inScope(fields, {
		isAssigned,
		unread:
			unread ??
			(isAssigned === false && !allAssignmentsRead
				? 'Not everybody who is assigned to the Notion app could be read.'
				: undefined),
		app: 'the Notion app in Microsoft Entra ID',
		attribute: scopePath,
		values: scopeValues,
		value: isProperty ? valueAt(user, scopePath) : undefined,
	});
}

const persons = users.map((user) => {
	const fields = {
		source: 'entra',
		sourceId: user.id,
		...standing(user, ownWords),
		...attributesOf(user),
		secondaryEmails: addressesOf(user),
		managerEmail: emailOf(usersById.get(user.manager?.id)),
		groups: allGroupsRead ? groupsOf(user.id) : undefined,
	};
	return person({ ...fields, ...scopeOf(user, fields) });
});

/** Graph leaves out what the application may not read, and gives null where there is no value. */
const isRead = ([, path]) =>
	users.length === 0 || users.some((user) => Object.hasOwn(user, path.split('.')[0]));
const attributesRead = Object.entries(PATHS).filter(isRead).map(([attribute]) => attribute);

return directoryAnswer('entra', persons, {
	pages: reading.pages,
	complete: !hasFailed('users') && isScopeRead(scopePath),
	groupsComplete: allGroupsRead,
	attributesRead: [...attributesRead, 'secondaryEmails', 'managerEmail'],
	reasons,
});
