const users = listed('users');
const usersById = new Map(users.map((user) => [idOf(user), user]));

/** An attribute of a user, also one of those that a company makes for itself. */
function attributeOf(user, name) {
	const custom = /^attributes\.(.+)$/.exec(name)?.[1];
	if (custom === undefined) return text(user[name]);
	return text((user.attributes ?? []).find((attribute) => attribute.name === custom)?.value);
}

const emailOf = (user) => (user === undefined ? undefined : attributeOf(user, text(emailAttribute)));

function phoneNumberOf({ phoneNumbers }) {
	const numbers = Array.isArray(phoneNumbers) ? phoneNumbers : [];
	const work = numbers.find(({ type, number }) => type === 'work' && text(number) !== undefined);
	return (work ?? numbers.find(({ number }) => text(number) !== undefined))?.number;
}

const persons = users.map((user) => {
	const id = idOf(user);
	const found = standing(user, ownWords);
	const fields = {
		source: 'jumpcloud',
		sourceId: id,
		...found,
		email: emailOf(user),
		secondaryEmails: [user.email, user.alternateEmail].filter(isAddress),
		displayName:
			text(user.displayname) ?? text([user.firstname, user.lastname].map(text).filter(Boolean).join(' ')),
		givenName: user.firstname,
		familyName: user.lastname,
		title: user.jobTitle,
		department: user.department,
		costCenter: user.costCenter,
		organization: user.company,
		employeeNumber: user.employeeIdentifier,
		managerEmail: emailOf(usersById.get(text(user.manager))),
		userType: user.employeeType,
		phoneNumber: phoneNumberOf(user),
		groups: groupsOf(id),
	};
	const scope = inScope(fields, {
		...assignment(app, id, found.status),
		app: 'the Notion application in JumpCloud',
		attribute: scopeAttribute,
		values: scopeValues,
		value: fields[text(scopeAttribute)] ?? attributeOf(user, text(scopeAttribute) ?? ''),
	});
	return person({ ...fields, ...scope });
});

return directoryAnswer('jumpcloud', persons, {
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
		'costCenter',
		'organization',
		'employeeNumber',
		'managerEmail',
		'userType',
		'phoneNumber',
		'groups',
	],
	reasons,
});
