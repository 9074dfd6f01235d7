everybodyAsked($('WhenCalled').all());
const { oktaUrl, emailAttribute, notionApp, scopeAttribute, scopeValues, groupPrefix, ownWords } =
	$('Settings').first().json;

/** Where all requests go, without a slash at the end. */
const SITE = text(oktaUrl)?.replace(/\/+$/, '').toLowerCase() ?? '';
if (!/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(SITE)) {
	throw new Error(
		`Settings: "oktaUrl" must be the address of Okta, such as https://example.okta.com, not "${oktaUrl}".`,
	);
}
if (text(emailAttribute) === undefined) {
	throw new Error('Settings: "emailAttribute" must name an attribute of the profile, such as email.');
}
const app = text(notionApp);
if (app !== undefined && !/^[a-z0-9]+$/i.test(app)) {
	throw new Error(`Settings: "notionApp" must be the ID of an app in Okta, not "${app}".`);
}
