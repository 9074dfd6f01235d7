everybodyAsked($('WhenCalled').all());
const {
	subdomain,
	emailAttribute,
	employeeNumberAttribute,
	notionApp,
	scopeAttribute,
	scopeValues,
	rolePrefix,
	groupRules,
	keepOtherRoles,
	ownWords,
} = $('Settings').first().json;

if (!/^[a-z0-9][a-z0-9-]*$/i.test(text(subdomain) ?? '')) {
	throw new Error(
		`Settings: "subdomain" must be the part of OneLogin's address before .onelogin.com, not "${subdomain}".`,
	);
}
const SITE = `https://${text(subdomain)}.onelogin.com`;

const ATTRIBUTE = /^(custom_attributes\.)?\w+$/;
if (!ATTRIBUTE.test(text(emailAttribute) ?? '')) {
	throw new Error('Settings: "emailAttribute" must name an attribute of users, such as email.');
}
if (text(employeeNumberAttribute) !== undefined && !ATTRIBUTE.test(text(employeeNumberAttribute))) {
	throw new Error(
		'Settings: "employeeNumberAttribute" must name an attribute of users, such as external_id, or be empty.',
	);
}
const app = text(notionApp);
if (app !== undefined && !/^\d+$/.test(app)) {
	throw new Error(`Settings: "notionApp" must be the ID of an app in OneLogin, which is a number, not "${app}".`);
}
// A rule with a mistake shall be known before anything is read.
checkedGroupRules(groupRules);
