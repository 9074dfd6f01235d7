const users = listed('users', 'deactivated');

const emailOf = ({ profile }) => text(profile?.[text(emailAttribute)]);
const usersByKey = new Map();
for (const user of users) {
	const { login, email, employeeNumber } = user.profile ?? {};
	for (const key of new Set([user.id, login, email, employeeNumber].map(emailKey).filter(Boolean))) {
		usersByKey.set(key, [...(usersByKey.get(key) ?? []), user]);
	}
}

/** Who is meant by an address, a login or a number, which somebody deactivated may have had before. */
function userCalled(key) {
	const called = usersByKey.get(emailKey(key)) ?? [];
	const present = called.filter(({ status }) => status !== 'DEPROVISIONED');
	const [user, ...others] = present.length > 0 ? present : called;
	return others.length === 0 ? user : undefined;
}

/** Okta's managers are a text that each company fills in its own way: an address, a login, a number. */
function managerEmailOf({ managerId, manager }) {
	const written = [managerId, manager].map(text).filter(Boolean);
	const known = written.map(userCalled).find(Boolean);
	return known === undefined ? written.find(isAddress) : emailOf(known);
}

const persons = users.map((user) => {
	const profile = user.profile ?? {};
	const found = standing(user.status, ownWords);
	const fields = {
		source: 'okta',
		sourceId: user.id,
		...found,
		email: emailOf(user),
		secondaryEmails: [profile.email, profile.login, profile.secondEmail].filter(isAddress),
		displayName:
			text(profile.displayName) ??
			text([profile.firstName, profile.lastName].map(text).filter(Boolean).join(' ')),
		givenName: profile.firstName,
		familyName: profile.lastName,
		title: profile.title,
		department: profile.department,
		division: profile.division,
		costCenter: profile.costCenter,
		organization: profile.organization,
		employeeNumber: profile.employeeNumber,
		managerEmail: managerEmailOf(profile),
		locale: profile.locale,
		preferredLanguage: profile.preferredLanguage,
		userType: profile.userType,
		phoneNumber: text(profile.primaryPhone) ?? text(profile.mobilePhone),
		groups: groupsOf(user.id),
	};
	const scope = inScope(fields, {
		...assignment(app, user.id, found.status),
		app: 'the Notion app in Okta',
		attribute: scopeAttribute,
		values: scopeValues,
		value: profile[text(scopeAttribute)],
	});
	return person({ ...fields, ...scope });
});

return directoryAnswer('okta', persons, {
	pages: reading.pages,
	complete: !hasFailed('users', 'deactivated') && isScopeRead(scopeAttribute),
	groupsComplete,
	attributesRead: [
		'email',
		'secondaryEmails',
		'displayName',
		'givenName',
		'familyName',
		'title',
		'department',
		'division',
		'costCenter',
		'organization',
		'employeeNumber',
		'managerEmail',
		'locale',
		'preferredLanguage',
		'userType',
		'phoneNumber',
		'groups',
	],
	reasons,
});
