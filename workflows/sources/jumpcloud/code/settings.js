everybodyAsked($('WhenCalled').all());
const { host, emailAttribute, notionApp, scopeAttribute, scopeValues, groupPrefix, ownWords } =
	$('Settings').first().json;

if (!/^console(\.[a-z]+)*\.jumpcloud\.com$/.test(text(host) ?? '')) {
	throw new Error(
		`Settings: "host" must be where your JumpCloud is, console.jumpcloud.com or console.eu.jumpcloud.com, not "${host}".`,
	);
}
const SITE = `https://${text(host)}`;

if (!/^(attributes\.)?\w+$/.test(text(emailAttribute) ?? '')) {
	throw new Error('Settings: "emailAttribute" must name an attribute of users, such as email.');
}
const app = text(notionApp);
if (app !== undefined && !/^[0-9a-f]{24}$/.test(app)) {
	throw new Error(
		`Settings: "notionApp" must be the ID of an application in JumpCloud, which has 24 digits and letters, not "${app}".`,
	);
}
