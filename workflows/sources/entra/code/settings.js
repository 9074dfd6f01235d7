everybodyAsked($('WhenCalled').all());
const {
	graphUrl,
	emailAttribute,
	ownAttributes,
	notionApp,
	includeGuests,
	scopeAttribute,
	scopeValues,
	groupPrefix,
	onlyAssignedGroups,
	readLeaveDate,
	ownWords,
} = $('Settings').first().json;

const CLOUDS = [
	'https://graph.microsoft.com',
	'https://graph.microsoft.us',
	'https://dod-graph.microsoft.us',
	'https://microsoftgraph.chinacloudapi.cn',
];
/** Where all requests go, without a slash at the end. */
const SITE = text(graphUrl)?.replace(/\/+$/, '');
if (!CLOUDS.includes(SITE)) {
	throw new Error(`Settings: "graphUrl" must be one of ${CLOUDS.join(', ')}, not "${graphUrl}".`);
}
const app = text(notionApp);
if (app !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(app)) {
	throw new Error(
		`Settings: "notionApp" must be the Object ID of Notion under Enterprise applications, not "${app}".`,
	);
}
if (onlyAssignedGroups && app === undefined) {
	throw new Error('Settings: "onlyAssignedGroups" needs "notionApp".');
}

/** Where each attribute stands in Graph's user; Settings may say that it stands elsewhere. */
const PATHS = {
	displayName: 'displayName',
	givenName: 'givenName',
	familyName: 'surname',
	title: 'jobTitle',
	department: 'department',
	division: 'employeeOrgData.division',
	costCenter: 'employeeOrgData.costCenter',
	organization: 'companyName',
	employeeNumber: 'employeeId',
	preferredLanguage: 'preferredLanguage',
	userType: 'userType',
	phoneNumber: 'mobilePhone',
	...ownAttributes,
	email: text(emailAttribute) ?? '',
};
for (const [attribute, path] of Object.entries(PATHS)) {
	if (!/^[A-Za-z]\w*(\.\w+)*$/.test(path)) {
		const setting = attribute === 'email' ? 'emailAttribute' : 'ownAttributes';
		throw new Error(
			`Settings: "${path}" in "${setting}" is no property of a user in Microsoft Graph, such as mail.`,
		);
	}
}

/** An attribute of the person, `groups`, or a property of Graph's user. */
const scopePath = text(scopeAttribute);
const isProperty = scopePath !== undefined && scopePath !== 'groups' && PATHS[scopePath] === undefined;
