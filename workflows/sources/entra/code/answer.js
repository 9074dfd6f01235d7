const users = listed('users');

const allGroupsRead = groupsComplete && !(onlyAssignedGroups && hasFailed('assigned'));

for (const { id } of listed('directMembers')) assigned.add(text(id));
const allAssignmentsRead = !hasFailed('assigned', 'directMembers');

const usersById = new Map(users.map((user) => [user.id, user]));

/** The principal name of a guest is no address; Entra has the address that was invited in `mail`. */
function emailOf(user) {
	const written = text(valueAt(user, PATHS.email));
	return isGuestName(written) ? (text(user.mail) ?? written) : written;
}

const attributesOf = (user) => ({
	...Object.fromEntries(Object.entries(PATHS).map(([attribute, path]) => [attribute, valueAt(user, path)])),
	email: emailOf(user),
});

/** Every address that leads to the account. */
function addressesOf({ mail, userPrincipalName, otherMails, proxyAddresses }) {
	const proxies = (proxyAddresses ?? []).flatMap((entry) => /^smtp:(.+)$/i.exec(entry)?.[1] ?? []);
	return [mail, userPrincipalName, ...(otherMails ?? []), ...proxies].filter(isAddress);
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
		managerEmail: emailOf(usersById.get(user.manager?.id) ?? {}),
		groups: allGroupsRead ? groupsOf(user.id) : undefined,
	};
	return person({ ...fields, ...scopeOf(user, fields) });
});

/**
 * Every account is enabled or not: null for all of them is Graph's answer to an application that may read
 * nothing but basic profiles.
 * https://learn.microsoft.com/graph/api/user-list#permissions
 */
const isBlind = users.length > 0 && users.every(({ accountEnabled }) => typeof accountEnabled !== 'boolean');
const nameless = users.filter((user) => isGuestName(emailOf(user)));
if (nameless.length > 0) {
	reasons.push(
		`${nameless.length} guests have no mail in Microsoft Entra ID, and their principal name is no address, as in ${text(nameless[0].userPrincipalName)}.`,
	);
}

/**
 * Graph leaves out what the application may not read, and gives null where there is no value; to an
 * application that may read basic profiles only, it gives null for both.
 */
const isRead = ([, path]) => {
	const [property] = path.split('.');
	const isThere = (user) => (isBlind ? (user[property] ?? null) !== null : Object.hasOwn(user, property));
	return users.length === 0 || users.some(isThere);
};
const attributesRead = Object.entries(PATHS).filter(isRead).map(([attribute]) => attribute);

return directoryAnswer('entra', persons, {
	pages: reading.pages,
	complete: !hasFailed('users') && isScopeRead(scopePath) && nameless.length === 0,
	silence:
		'Microsoft Graph says of no account whether it is enabled: the app registration lacks the application permission User.Read.All, with the consent of an administrator. User.ReadBasic.All is not enough.',
	groupsComplete: allGroupsRead,
	attributesRead: [...attributesRead, 'secondaryEmails', 'managerEmail'],
	reasons,
});
