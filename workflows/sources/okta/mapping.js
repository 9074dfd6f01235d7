// Okta: what its words mean, what is asked, and which of its fields is which attribute.

import { checkedApp, isListOfIds } from '../shared/checks.js';
import { emailKey } from '../shared/emailKey.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState } from '../shared/status.js';
import { beginsWith, joined, text } from '../shared/text.js';

/**
 * Only a deactivated user has left; a user who is locked out or has an old password comes back without
 * an admin.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
 */
export const OKTA_WORDS = {
	staged: 'notStarted',
	provisioned: 'active',
	active: 'active',
	recovery: 'active',
	passwordexpired: 'active',
	lockedout: 'active',
	suspended: 'suspended',
	deprovisioned: 'inactive',
};

/** The employment state, from the status of the account. */
export function employmentState(status, ownWords) {
	return directoryEmploymentState('Okta', status, OKTA_WORDS, ownWords);
}

/**
 * @param settings of the node Settings
 * @returns them with `site`, where all requests go, and `app`, the Notion app
 * @throws Error for one that cannot be meant
 */
function checkedSettings(settings) {
	const site = text(settings.oktaUrl)?.replace(/\/+$/, '').toLowerCase() ?? '';
	if (!/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(site)) {
		throw new Error(
			`Settings: "oktaUrl" must be the address of Okta, such as https://example.okta.com, not "${settings.oktaUrl}".`,
		);
	}
	const emailAttribute = text(settings.emailAttribute);
	if (emailAttribute === undefined) {
		throw new Error('Settings: "emailAttribute" must name an attribute of the profile, such as email.');
	}
	const app = checkedApp(settings, /^[a-z0-9]+$/i, 'the ID of an app in Okta');
	return { ...settings, site, app, emailAttribute, scopeAttribute: text(settings.scopeAttribute) };
}

function firstRequests({ site, app }) {
	// The plain list leaves these out, and they are the ones who have left.
	const deactivated = encodeURIComponent('status eq "DEPROVISIONED"');
	const requests = [
		{ kind: 'users', path: '/users?limit=200', about: 'the list of users' },
		{ kind: 'deactivated', path: `/users?limit=200&filter=${deactivated}`, about: 'the list of deactivated users' },
		{ kind: 'groups', path: '/groups?limit=200', about: 'the list of groups' },
	];
	if (app !== undefined) {
		requests.push({ kind: 'assigned', path: `/apps/${app}/users?limit=500`, about: 'the users of the Notion app' });
	}
	return requests.map(({ path, ...request }) => ({ ...request, url: `${site}/api/v1${path}` }));
}

function membersRequest({ site }, { id, profile }) {
	const name = text(profile.name);
	return {
		kind: 'members',
		of: text(id),
		name,
		about: `the members of the group "${name}"`,
		url: `${site}/api/v1/groups/${encodeURIComponent(id)}/users?limit=200`,
	};
}

/** Groups that Okta makes by itself, such as Everyone, are not given out. */
function isWantedGroup({ groupPrefix }, { type, profile }) {
	return type !== 'BUILT_IN' && beginsWith(profile?.name, groupPrefix);
}

/** Of the links of a page, only rel="next" leads on; behind the last page there is none. */
function nextPage(headers) {
	const links = [headers.link ?? []].flat().join(', ');
	return /<([^<>]+)>\s*;\s*rel="next"/.exec(links)?.[1];
}

function follow(settings, request, body, headers) {
	if (!isListOfIds(body)) return { problem: 'it is no list as Okta gives it' };
	const url = nextPage(headers);
	// The token goes to no other host, whatever an answer says.
	if (url !== undefined && !url.startsWith(`${settings.site}/`)) {
		return { problem: 'its next page is at another host' };
	}
	const next = url === undefined ? [] : [{ ...request, url }];
	const groups = request.kind === 'groups' ? body.filter((group) => isWantedGroup(settings, group)) : [];
	const members = groups.map((group) => membersRequest(settings, group));
	return { rows: body, requests: [...next, ...members] };
}

function emailOf({ emailAttribute }, { profile }) {
	return text(profile?.[emailAttribute]);
}

/** Users by each way in which a company may write a manager. */
function usersByKeyIn(users) {
	const usersByKey = new Map();
	for (const user of users) {
		const { login, email, employeeNumber } = user.profile ?? {};
		for (const key of new Set([user.id, login, email, employeeNumber].map(emailKey).filter(Boolean))) {
			usersByKey.set(key, [...(usersByKey.get(key) ?? []), user]);
		}
	}
	return usersByKey;
}

/** The user of an address, a login or a number, which a deactivated user may have had before. */
function userCalled(key, usersByKey) {
	const called = usersByKey.get(emailKey(key)) ?? [];
	const present = called.filter(({ status }) => status !== 'DEPROVISIONED');
	const [user, ...others] = present.length > 0 ? present : called;
	return others.length === 0 ? user : undefined;
}

/** Okta's managers are a text that each company fills in its own way: an address, a login, a number. */
function managerEmailOf(settings, { managerId, manager }, usersByKey) {
	const written = [managerId, manager].map(text).filter(Boolean);
	const known = written.map((key) => userCalled(key, usersByKey)).find(Boolean);
	return known === undefined ? written.find(isAddress) : emailOf(settings, known);
}

function attributesOf(settings, user, usersByKey) {
	const profile = user.profile ?? {};
	return {
		email: emailOf(settings, user),
		secondaryEmails: [profile.email, profile.login, profile.secondEmail].filter(isAddress),
		displayName: text(profile.displayName) ?? joined(profile.firstName, profile.lastName),
		givenName: profile.firstName,
		familyName: profile.lastName,
		title: profile.title,
		department: profile.department,
		division: profile.division,
		costCenter: profile.costCenter,
		organization: profile.organization,
		employeeNumber: profile.employeeNumber,
		managerEmail: managerEmailOf(settings, profile, usersByKey),
		locale: profile.locale,
		preferredLanguage: profile.preferredLanguage,
		userType: profile.userType,
		phoneNumber: text(profile.primaryPhone) ?? text(profile.mobilePhone),
	};
}

function scopeOf({ app, scopeAttribute, scopeValues }, found, user, fields) {
	return inScope(fields, {
		...found.assignment(app, user.id, fields.status),
		app: 'the Notion app in Okta',
		attribute: scopeAttribute,
		values: scopeValues,
		value: user.profile?.[scopeAttribute],
	});
}

function personOf(settings, found, user, usersByKey) {
	const fields = {
		source: 'okta',
		sourceId: user.id,
		...employmentState(user.status, settings.ownWords),
		...attributesOf(settings, user, usersByKey),
		groups: found.groupsOf(user.id),
	};
	return person({ ...fields, ...scopeOf(settings, found, user, fields) });
}

const ATTRIBUTES_READ = [
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
];

function answer(settings, found) {
	const { pages, groupsComplete, reasons } = found;
	const users = found.listed('users', 'deactivated');
	const usersByKey = usersByKeyIn(users);
	const persons = users.map((user) => personOf(settings, found, user, usersByKey));
	return directoryAnswer('okta', persons, {
		pages,
		complete: !found.hasFailed('users', 'deactivated') && found.isScopeRead(settings.scopeAttribute),
		groupsComplete,
		attributesRead: ATTRIBUTES_READ,
		reasons,
	});
}

export function read(run) {
	return readDirectory(run, { checkedSettings, firstRequests, follow, answer });
}
