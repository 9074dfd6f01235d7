const users = listed('users');

/** Groups that everybody in the company is in, without being listed. */
const groupsOfAll = reading.read
	.filter(({ request, rows }) => request.kind === 'members' && rows.some(({ type }) => type === 'CUSTOMER'))
	.map(({ request }) => request.name);

/** The entry that is marked as the main one, or the first. */
function mainOf(entries, isMain) {
	const list = Array.isArray(entries) ? entries : [];
	return list.find(isMain) ?? list[0];
}

/** Google's user with the lists made fields: `organization`, `employeeId`, `manager`, `language`, `phone`. */
function plainUser(user) {
	return {
		...user,
		organization: mainOf(user.organizations, ({ primary }) => primary === true),
		employeeId: user.externalIds?.find(({ type }) => type === 'organization')?.value,
		manager: user.relations?.find(({ type }) => type === 'manager')?.value,
		language: mainOf(user.languages, ({ preference }) => preference === 'preferred')?.languageCode,
		phone: mainOf(user.phones, ({ primary, type }) => primary === true || type === 'work')?.value,
	};
}

const plainUsers = users.map(plainUser);
const attributesOf = (user) =>
	Object.fromEntries(Object.entries(PATHS).map(([attribute, path]) => [attribute, valueAt(user, path)]));

/** Every address that leads to the account. */
function addressesOf({ primaryEmail, emails, aliases, nonEditableAliases }) {
	const written = (emails ?? []).map(({ address }) => address);
	return [primaryEmail, ...written, ...(aliases ?? []), ...(nonEditableAliases ?? [])].filter(isAddress);
}

/** By every address: the one that people have in Notion. What is somebody's main address is nobody else's. */
const emailByAddress = new Map(
	[addressesOf, ({ primaryEmail }) => [primaryEmail]].flatMap((addresses) =>
		plainUsers.flatMap((user) =>
			addresses(user).map((address) => [emailKey(address), valueAt(user, PATHS.email)]),
		),
	),
);

const persons = plainUsers.map((user) => {
	const groups = [...new Set([...(groupsOf(user.id) ?? []), ...groupsOfAll])].sort();
	const attributes = attributesOf(user);
	const managerEmail = text(attributes.managerEmail);
	const fields = {
		source: 'google',
		sourceId: user.id,
		...standing(user, ownWords),
		...attributes,
		secondaryEmails: addressesOf(user),
		// The relation may name an alias; whoever is no user of Google stays as written.
		managerEmail: emailByAddress.get(emailKey(managerEmail)) ?? managerEmail,
		groups: groupsComplete ? groups : undefined,
	};
	const scope = inScope(fields, {
		attribute: scopePath,
		values: scopeValues,
		value: isField ? valueAt(user, scopePath) : undefined,
	});
	return person({ ...fields, ...scope });
});

return directoryAnswer('google', persons, {
	pages: reading.pages,
	complete: !hasFailed('users') && isScopeRead(scopePath),
	groupsComplete,
	// Google leaves out what has no value, so that nothing shows what it would not give.
	attributesRead: [...Object.keys(PATHS), 'secondaryEmails'],
	reasons,
});
