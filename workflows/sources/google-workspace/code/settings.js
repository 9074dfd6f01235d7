everybodyAsked($('WhenCalled').all());
const { customer, emailAttribute, ownAttributes, scopeAttribute, scopeValues, groupPrefix, ownWords } =
	$('Settings').first().json;

/** Where all requests go, without a slash at the end. */
const SITE = 'https://admin.googleapis.com/admin/directory/v1';
const customerId = text(customer) ?? '';
if (!/^\w+$/.test(customerId)) {
	throw new Error(`Settings: "customer" must be my_customer or a customer ID, not "${customer}".`);
}

/**
 * Where each attribute stands in Google's user, whose lists are made fields by plainUser(); Settings may
 * say that it stands elsewhere.
 */
const PATHS = {
	displayName: 'name.fullName',
	givenName: 'name.givenName',
	familyName: 'name.familyName',
	title: 'organization.title',
	department: 'organization.department',
	costCenter: 'organization.costCenter',
	organization: 'organization.name',
	employeeNumber: 'employeeId',
	managerEmail: 'manager',
	preferredLanguage: 'language',
	phoneNumber: 'phone',
	...ownAttributes,
	email: text(emailAttribute) ?? '',
};
for (const [attribute, path] of Object.entries(PATHS)) {
	if (!/^[A-Za-z]\w*(\.[\w-]+)*$/.test(path)) {
		const setting = attribute === 'email' ? 'emailAttribute' : 'ownAttributes';
		throw new Error(
			`Settings: "${path}" in "${setting}" is no field of a user in Google Workspace, such as primaryEmail.`,
		);
	}
}

/** An attribute of the person, `groups`, or a field of Google's user such as orgUnitPath. */
const scopePath = text(scopeAttribute);
const isField = scopePath !== undefined && scopePath !== 'groups' && PATHS[scopePath] === undefined;
