// Microsoft Entra ID: what its words mean, what is asked, and which of its fields is which attribute.

import { checkedApp, checkedPaths, isListOfIds, scopePathIn } from '../shared/checks.js';
import { dateText } from '../shared/dates.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, isGuestName, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState, inDoubt, inDoubtOfDates } from '../shared/status.js';
import { text, valueAt, valuesAt } from '../shared/text.js';

/**
 * Microsoft Graph has no words, only whether the account is enabled, and the date of hiring: an account
 * that is made beforehand is often disabled until then.
 * https://learn.microsoft.com/graph/api/resources/user
 */
export const ENTRA_WORDS = {
	enabled: 'active',
	disabled: 'inactive',
	enabledbeforehire: 'notStarted',
	disabledbeforehire: 'notStarted',
};

/**
 * The employment state.
 *
 * @param user Graph's: { accountEnabled, employeeHireDate, employeeLeaveDateTime }
 * @returns { active, status, statusWord, startAt, endDate, explanation }
 */
export function employmentState({ accountEnabled, employeeHireDate, employeeLeaveDateTime }, ownWords, now = Date.now()) {
	const begins = Date.parse(employeeHireDate ?? '');
	const isBeforeHire = begins > now;
	const words = { true: 'enabled', false: 'disabled' };
	const word = words[accountEnabled];
	const statusWord = word !== undefined && isBeforeHire ? `${word} before hire` : word;
	const found = directoryEmploymentState('Microsoft Entra ID', statusWord, ENTRA_WORDS, ownWords);
	const startAt =
		found.status === 'notStarted' && isBeforeHire ? new Date(begins).toISOString() : undefined;
	if (statusWord === undefined) {
		found.explanation = 'Microsoft Graph does not say whether the account is enabled. A person must look.';
	}
	const dated = { ...found, startAt, endDate: dateText(employeeLeaveDateTime) };
	return inDoubt(inDoubtOfDates(dated, [employeeLeaveDateTime]));
}

const CLOUDS = [
	'https://graph.microsoft.com',
	'https://graph.microsoft.us',
	'https://dod-graph.microsoft.us',
	'https://microsoftgraph.chinacloudapi.cn',
];

/** Where each attribute is in Graph's user; Settings may name another place. */
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
};

/**
 * @param settings of the node Settings
 * @returns them with `site`, where all requests go, `app`, the Notion app, `paths`, where each attribute is, and
 * `scopePath`, see scopePathIn()
 * @throws Error for one that cannot be meant
 */
function checkedSettings(settings) {
	const site = text(settings.graphUrl)?.replace(/\/+$/, '');
	if (!CLOUDS.includes(site)) {
		throw new Error(`Settings: "graphUrl" must be one of ${CLOUDS.join(', ')}, not "${settings.graphUrl}".`);
	}
	const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
	const app = checkedApp(settings, objectId, 'the Object ID of Notion under Enterprise applications');
	if (settings.onlyAssignedGroups && app === undefined) {
		throw new Error('Settings: "onlyAssignedGroups" needs "notionApp".');
	}
	const meant = 'property of a user in Microsoft Graph, such as mail';
	const paths = checkedPaths(PATHS, settings, /^[A-Za-z]\w*(\.\w+)*$/, meant);
	const groupPrefix = text(settings.groupPrefix) ?? '';
	return { ...settings, site, app, paths, scopePath: scopePathIn(settings, paths), groupPrefix };
}

const LARGEST_PAGE = 999;

/** Graph's names begin with a $, which withQuery() would encode. */
function listUrl({ site }, path, query) {
	const parameters = Object.entries({ ...query, $top: LARGEST_PAGE });
	const written = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
	return `${site}/v1.0/${path}?${written.join('&')}`;
}

/** Graph gives no other properties of a user than those that are asked for. */
function propertiesToAsk({ paths, scopePath, readLeaveDate }) {
	const asked = [
		...['id', 'userPrincipalName', 'mail', 'otherMails', 'proxyAddresses', 'accountEnabled'],
		...['userType', 'employeeHireDate', ...(readLeaveDate ? ['employeeLeaveDateTime'] : [])],
		...Object.values(paths),
		...(scopePath === undefined ? [] : [scopePath]),
	];
	return [...new Set(asked.map((path) => path.split('.')[0]))].join(',');
}

function groupsUrl(settings) {
	const { groupPrefix } = settings;
	const beginning = groupPrefix.replaceAll("'", "''");
	const filter = groupPrefix === '' ? {} : { $filter: `startswith(displayName,'${beginning}')` };
	return listUrl(settings, 'groups', { $select: 'id,displayName,visibility', ...filter });
}

function firstRequests(settings) {
	const { app, onlyAssignedGroups } = settings;
	const query = { $select: propertiesToAsk(settings), $expand: 'manager($select=id)' };
	const requests = [{ kind: 'users', about: 'the list of users', url: listUrl(settings, 'users', query) }];
	if (!onlyAssignedGroups) {
		requests.push({ kind: 'groups', about: 'the list of groups', url: groupsUrl(settings) });
	}
	if (app !== undefined) {
		const url = listUrl(settings, `servicePrincipals/${app}/appRoleAssignedTo`, {});
		requests.push({ kind: 'assigned', about: 'the assignments to the Notion app', url });
	}
	return requests;
}

/**
 * Members of a group: also those of the groups in it, or only its own. Graph could give users alone, but
 * from an index that lags behind; what is no user matches no one.
 */
function membersRequest(settings, { id, name, isHidden }, kind) {
	const path = { members: 'transitiveMembers', directMembers: 'members' }[kind];
	return {
		kind,
		of: id,
		name: text(name),
		isHidden,
		about: `the ${kind === 'members' ? '' : 'direct '}members of the group "${name}"`,
		url: listUrl(settings, `groups/${encodeURIComponent(id)}/${path}`, { $select: 'id' }),
	};
}

function isWantedGroup({ groupPrefix }, { name }) {
	return text(name) !== undefined && name.startsWith(groupPrefix);
}

/** The people of an assigned group are assigned, but as everywhere in Entra only its own members. */
function membersRequests(settings, kind, rows) {
	const groups = rows.filter(({ isGroup }) => isGroup);
	const areGroupsOfPeople = kind === (settings.onlyAssignedGroups ? 'assigned' : 'groups');
	const wanted = areGroupsOfPeople ? groups.filter((group) => isWantedGroup(settings, group)) : [];
	return [
		...wanted.map((group) => membersRequest(settings, group, 'members')),
		...(kind === 'assigned' ? groups : []).map((group) => membersRequest(settings, group, 'directMembers')),
	];
}

/** What is needed of an entry of a list. */
const ROWS = {
	groups: ({ id, displayName, visibility }) => ({
		id: text(id),
		name: displayName,
		isGroup: true,
		isHidden: visibility === 'HiddenMembership',
	}),
	assigned: ({ principalId, principalDisplayName, principalType }) => ({
		id: text(principalId),
		name: principalDisplayName,
		isGroup: principalType === 'Group',
	}),
};

function follow(settings, request, body) {
	const rowOf = ROWS[request.kind] ?? Object;
	const rows = Array.isArray(body?.value) ? body.value.map((one) => rowOf(Object(one))) : undefined;
	if (!isListOfIds(rows)) return { problem: 'it is no list as Microsoft Graph gives it' };
	// A caller who may not see hidden members is told that there are none.
	if (request.isHidden && rows.length === 0) {
		return { problem: 'the members are hidden, and no one is listed without the permission Member.Read.Hidden' };
	}
	const url = body['@odata.nextLink'];
	// The token goes to no other host, whatever an answer says.
	if (url !== undefined && !String(url).startsWith(`${settings.site}/v1.0/`)) {
		return { problem: 'its next page is at another host' };
	}
	const next = url === undefined ? [] : [{ ...request, url }];
	return { rows, requests: [...next, ...membersRequests(settings, request.kind, rows)] };
}

/** The principal name of a guest is no address; Entra has the address that was invited in `mail`. */
function emailOf({ paths }, user) {
	const written = text(valueAt(user, paths.email));
	return isGuestName(written) ? (text(user.mail) ?? written) : written;
}

/** Every address that leads to the account. */
function addressesOf({ mail, userPrincipalName, otherMails, proxyAddresses }) {
	const proxies = (proxyAddresses ?? []).flatMap((entry) => /^smtp:(.+)$/i.exec(entry)?.[1] ?? []);
	return [mail, userPrincipalName, ...(otherMails ?? []), ...proxies].filter(isAddress);
}

function attributesOf(settings, user, usersById) {
	return {
		...valuesAt(user, settings.paths),
		email: emailOf(settings, user),
		secondaryEmails: addressesOf(user),
		managerEmail: emailOf(settings, usersById.get(user.manager?.id) ?? {}),
	};
}

function scopeOf({ app, includeGuests, scopeAttribute, scopePath, scopeValues }, found, user, fields) {
	if (user.userType === 'Guest' && includeGuests !== true) {
		return { inScope: false, scopeNote: 'A guest in Microsoft Entra ID, and Settings leave guests out.' };
	}
	return inScope(fields, {
		...found.assignment(app, user.id, fields.status),
		app: 'the Notion app in Microsoft Entra ID',
		attribute: scopeAttribute,
		values: scopeValues,
		value: scopePath === undefined ? undefined : valueAt(user, scopePath),
	});
}

/** Where only assigned groups are wanted, the assignments are the list of groups. */
function areGroupsRead({ onlyAssignedGroups }, { groupsComplete, hasFailed }) {
	return groupsComplete && !(onlyAssignedGroups && hasFailed('assigned'));
}

function personOf(settings, found, user, usersById) {
	const fields = {
		source: 'entra',
		sourceId: user.id,
		...employmentState(user, settings.ownWords),
		...attributesOf(settings, user, usersById),
		groups: areGroupsRead(settings, found) ? found.groupsOf(user.id) : undefined,
	};
	return person({ ...fields, ...scopeOf(settings, found, user, fields) });
}

/**
 * Graph leaves out what the application may not read, and gives null where there is no value. To an
 * application that may read basic profiles only, it gives null for both, and so for whether anyone's account
 * is enabled.
 * https://learn.microsoft.com/graph/api/user-list#permissions
 */
function attributesReadBy({ paths }, users) {
	const isBlind = users.every(({ accountEnabled }) => typeof accountEnabled !== 'boolean');
	const isRead = ([, path]) => {
		const [property] = path.split('.');
		const isThere = (user) => (isBlind ? (user[property] ?? null) !== null : Object.hasOwn(user, property));
		return users.length === 0 || users.some(isThere);
	};
	const attributes = Object.entries(paths).filter(isRead).map(([attribute]) => attribute);
	return [...attributes, 'secondaryEmails', 'managerEmail'];
}

/** Why the reading is not complete: guests whose address no one knows. */
function doubtsAbout(nameless) {
	if (nameless.length === 0) return [];
	const name = text(nameless[0].userPrincipalName);
	return [
		`${nameless.length} guests have no mail in Microsoft Entra ID, and their principal name is no address, as in ${name}.`,
	];
}

function answer(settings, found) {
	const users = found.listed('users');
	const usersById = new Map(users.map((user) => [user.id, user]));
	const nameless = users.filter((user) => isGuestName(emailOf(settings, user)));
	const persons = users.map((user) => personOf(settings, found, user, usersById));
	return directoryAnswer('entra', persons, {
		pages: found.pages,
		complete: !found.hasFailed('users') && found.isScopeRead(settings.scopeAttribute) && nameless.length === 0,
		silence:
			'Microsoft Graph says of no account whether it is enabled: the app registration lacks the application permission User.Read.All, with the consent of an administrator. User.ReadBasic.All is not enough.',
		groupsComplete: areGroupsRead(settings, found),
		attributesRead: attributesReadBy(settings, users),
		reasons: [...found.reasons, ...doubtsAbout(nameless)],
	});
}

export function read(run) {
	// A token that has expired is renewed before the next round.
	return readDirectory(run, { checkedSettings, firstRequests, follow, answer, passing: [401] });
}
