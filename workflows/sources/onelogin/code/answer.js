const users = listed('users');
const usersById = new Map(users.map((user) => [text(user.id), user]));

/** An attribute of a user, also one of those that a company makes for itself. */
function attributeOf(user, name) {
	const custom = /^custom_attributes\.(.+)$/.exec(name)?.[1];
	return text(custom === undefined ? user[name] : user.custom_attributes?.[custom]);
}

const emailOf = (user) => (user === undefined ? undefined : attributeOf(user, text(emailAttribute)));

const persons = users.map((user) => {
	const id = text(user.id);
	const found = standing(user, ownWords);
	const roles = groupsOf(id);
	const fields = {
		source: 'onelogin',
		sourceId: id,
		...found,
		email: emailOf(user),
		secondaryEmails: [user.email, user.username, user.userprincipalname].filter(isAddress),
		displayName: text([user.firstname, user.lastname].map(text).filter(Boolean).join(' ')),
		givenName: user.firstname,
		familyName: user.lastname,
		title: user.title,
		department: user.department,
		organization: user.company,
		employeeNumber: attributeOf(user, text(employeeNumberAttribute) ?? ''),
		managerEmail: emailOf(usersById.get(text(user.manager_user_id))),
		locale: user.preferred_locale_code,
		phoneNumber: user.phone,
		groups: roles,
	};
	const scopeName = text(scopeAttribute) ?? '';
	const scope = inScope(fields, {
		...assignment(app, id, found.status),
		app: 'the Notion app in OneLogin',
		attribute: scopeAttribute,
		values: scopeValues,
		value: scopeName === 'roles' ? roles : (fields[scopeName] ?? attributeOf(user, scopeName)),
	});
	const groups = groupsByRules(fields, groupRules, { keepOthers: keepOtherRoles });
	return person({ ...fields, ...scope, groups });
});

return directoryAnswer('onelogin', persons, {
	pages: reading.pages,
	complete: !hasFailed('users') && isScopeRead(scopeAttribute),
	groupsComplete,
	attributesRead: [
		'email',
		'secondaryEmails',
		'displayName',
		'givenName',
		'familyName',
		'title',
		'department',
		'organization',
		...(text(employeeNumberAttribute) === undefined ? [] : ['employeeNumber']),
		'managerEmail',
		'locale',
		'phoneNumber',
		'groups',
	],
	reasons,
});
