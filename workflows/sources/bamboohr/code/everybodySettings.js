everybodyAsked($('WhenCalled').all());
const settings = $('Settings').first().json;
const { company, emailField, ownWords } = settings;

if (!/^[a-z0-9][a-z0-9-]*$/i.test(company ?? '')) {
	throw new Error(
		`Settings: "company" must be the part of BambooHR's address before .bamboohr.com, not "${company}".`,
	);
}
if (!DateTime.fromISO('2026-01-01', { zone: text(settings.timeZone) ?? 'none' }).isValid) {
	throw new Error(
		`Settings: "timeZone" must be one such as Europe/Berlin or UTC, not "${settings.timeZone}".`,
	);
}

/** Fields of the list that a group can be named after. BambooHR is asked for a location only where it is wanted. */
const GROUP_FIELDS = {
	department: 'departmentName',
	division: 'divisionName',
	location: 'locationName',
};
const groupsFrom = settingsList(settings.groupsFrom);
for (const name of groupsFrom) {
	if (!Object.hasOwn(GROUP_FIELDS, name)) {
		throw new Error(
			`Settings: "groupsFrom" can name ${Object.keys(GROUP_FIELDS).join(', ')}, not "${name}".`,
		);
	}
}
const groupRules = settings.groupRules ?? [];
checkedGroupRules(groupRules);

/** Which field of the list each attribute is. */
const ATTRIBUTE_FIELDS = {
	email: emailField,
	displayName: 'displayName',
	givenName: 'firstName',
	familyName: 'lastName',
	title: 'jobTitleName',
	department: 'departmentName',
	division: 'divisionName',
	employeeNumber: 'employeeNumber',
	managerEmail: 'reportsToId',
};
