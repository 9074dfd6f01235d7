// OneLogin: what its words mean, what is asked, and which of its fields is which attribute.

import { checkedApp, isListOfIds } from '../shared/checks.js';
import { checkedGroupRules, groupsByRules } from '../shared/groupRules.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState } from '../shared/status.js';
import { beginsWith, joined, text } from '../shared/text.js';

/**
 * OneLogin has no word for a leaver: where a company suspends leavers, it says so in Settings.
 * https://developers.onelogin.com/api-docs/2/users/user-resource
 */
export const ONELOGIN_WORDS = {
	unactivated: 'notStarted',
	active: 'active',
	suspended: 'suspended',
	locked: 'active',
	passwordexpired: 'active',
	awaitingpasswordreset: 'active',
	passwordpending: 'active',
	securityquestionsrequired: 'active',
	unapproved: 'notStarted',
	rejected: 'suspended',
	unlicensed: 'suspended',
};

/**
 * OneLogin's numbers, and what OneLogin itself calls them.
 * https://developers.onelogin.com/api-docs/2/users/user-resource
 */
const STATUSES = {
	0: 'Unactivated',
	1: 'Active',
	2: 'Suspended',
	3: 'Locked',
	4: 'Password expired',
	5: 'Awaiting password reset',
	7: 'Password pending',
	8: 'Security questions required',
};
const STATES = { 0: 'Unapproved', 1: 'Approved', 2: 'Rejected', 3: 'Unlicensed' };

/**
 * The employment state, from the two numbers of the account. An account that is not approved cannot be
 * used, whatever its status.
 */
export function employmentState({ status, state }, ownWords) {
	const wordOf = (words, number) => words[text(number) ?? ''] ?? `number ${text(number) ?? 'missing'}`;
	const byStatus = directoryEmploymentState('OneLogin', wordOf(STATUSES, status), ONELOGIN_WORDS, ownWords);
	const isApproved = text(state) === undefined || text(state) === '1';
	// A suspension, or what a company takes for leaving, says more than a state.
	if (isApproved || byStatus.status === 'inactive') return byStatus;
	const byState = directoryEmploymentState('OneLogin', wordOf(STATES, state), ONELOGIN_WORDS, ownWords);
	const isKept = byStatus.status === 'suspended' && byState.status !== 'inactive';
	return { ...(isKept ? byStatus : byState), statusWord: `${byStatus.statusWord}, ${byState.statusWord}` };
}

/**
 * @param settings of the node Settings
 * @returns them with `site`, where all requests go, and `app`, the Notion app
 * @throws Error for one that cannot be meant
 */
function checkedSettings(settings) {
	const subdomain = text(settings.subdomain);
	if (!/^[a-z0-9][a-z0-9-]*$/i.test(subdomain ?? '')) {
		throw new Error(
			`Settings: "subdomain" must be the part of OneLogin's address before .onelogin.com, not "${settings.subdomain}".`,
		);
	}
	const isAttribute = (name) => /^(custom_attributes\.)?\w+$/.test(name);
	const emailAttribute = text(settings.emailAttribute);
	if (!isAttribute(emailAttribute ?? '')) {
		throw new Error('Settings: "emailAttribute" must name an attribute of users, such as email.');
	}
	const employeeNumberAttribute = text(settings.employeeNumberAttribute);
	if (employeeNumberAttribute !== undefined && !isAttribute(employeeNumberAttribute)) {
		throw new Error(
			'Settings: "employeeNumberAttribute" must name an attribute of users, such as external_id, or be empty.',
		);
	}
	const app = checkedApp(settings, /^\d+$/, 'the ID of an app in OneLogin, which is a number');
	// A rule with a mistake shall be known before anything is read.
	checkedGroupRules(settings.groupRules);
	const site = `https://${subdomain}.onelogin.com`;
	const scopeAttribute = text(settings.scopeAttribute);
	return { ...settings, site, app, emailAttribute, employeeNumberAttribute, scopeAttribute };
}

/** OneLogin gives only what is asked for. */
const FIELDS = [
	'id',
	'email',
	'username',
	'firstname',
	'lastname',
	'title',
	'department',
	'company',
	'phone',
	'preferred_locale_code',
	'manager_user_id',
	'status',
	'state',
	'external_id',
	'userprincipalname',
	'custom_attributes',
];

/** What a scope can go by, and OneLogin does not know under this name. */
const OUR_NAMES = ['roles', 'groups', 'organization', 'locale'];

function fieldsToAsk({ emailAttribute, employeeNumberAttribute, scopeAttribute }) {
	const others = [emailAttribute, employeeNumberAttribute, scopeAttribute].filter(
		(name) => /^[a-z_]+$/.test(name ?? '') && !OUR_NAMES.includes(name),
	);
	return [...new Set([...FIELDS, ...others])].join(',');
}

/** The addresses of a list: of its first page, and of any other one without OneLogin's cursor for it. */
function listAt({ site }, path) {
	return { url: `${site}${path}`, list: `${site}${path}&cursor=` };
}

function firstRequests(settings) {
	const requests = [
		{ kind: 'users', path: `/api/2/users?limit=50&fields=${fieldsToAsk(settings)}`, about: 'the list of users' },
		{ kind: 'groups', path: '/api/2/roles?limit=50', about: 'the list of roles' },
	];
	if (settings.app !== undefined) {
		const path = `/api/2/apps/${settings.app}/users?limit=50`;
		requests.push({ kind: 'assigned', path, about: 'the users of the Notion app' });
	}
	return requests.map(({ path, ...request }) => ({ ...request, ...listAt(settings, path) }));
}

function membersRequest(settings, role) {
	const name = text(role.name);
	return {
		kind: 'members',
		of: text(role.id),
		name,
		about: `the users of the role "${name}"`,
		...listAt(settings, `/api/2/roles/${encodeURIComponent(role.id)}/users?limit=50`),
	};
}

function isWantedGroup({ rolePrefix }, { name }) {
	return beginsWith(name, rolePrefix);
}

/** How long the whole list is, where OneLogin says it. */
function totalOf(headers) {
	const total = text(headers['total-count']);
	return /^\d+$/.test(total ?? '') ? Number(total) : undefined;
}

function follow(settings, request, body, headers) {
	if (!isListOfIds(body)) return { problem: 'it is no list as OneLogin gives it' };
	const cursor = text(headers['after-cursor']);
	const next = cursor === undefined ? [] : [{ ...request, url: `${request.list}${encodeURIComponent(cursor)}` }];
	const groups = request.kind === 'groups' ? body.filter((group) => isWantedGroup(settings, group)) : [];
	const members = groups.map((group) => membersRequest(settings, group));
	return { rows: body, total: totalOf(headers), requests: [...next, ...members] };
}

/** An attribute of a user, also one of those that a company makes for itself. */
function attributeOf(user, name) {
	const custom = /^custom_attributes\.(.+)$/.exec(name)?.[1];
	return text(custom === undefined ? user[name] : user.custom_attributes?.[custom]);
}

function attributesOf({ emailAttribute, employeeNumberAttribute }, user, usersById) {
	const manager = usersById.get(text(user.manager_user_id)) ?? {};
	return {
		email: attributeOf(user, emailAttribute),
		secondaryEmails: [user.email, user.username, user.userprincipalname].filter(isAddress),
		displayName: joined(user.firstname, user.lastname),
		givenName: user.firstname,
		familyName: user.lastname,
		title: user.title,
		department: user.department,
		organization: user.company,
		employeeNumber: attributeOf(user, employeeNumberAttribute ?? ''),
		managerEmail: attributeOf(manager, emailAttribute),
		locale: user.preferred_locale_code,
		phoneNumber: user.phone,
	};
}

/** OneLogin's roles are the groups here, so a scope can name either. */
function scopeOf({ app, scopeAttribute, scopeValues }, found, user, fields) {
	return inScope(fields, {
		...found.assignment(app, fields.sourceId, fields.status),
		app: 'the Notion app in OneLogin',
		attribute: scopeAttribute,
		values: scopeValues,
		value: scopeAttribute === 'roles' ? fields.groups : (fields[scopeAttribute] ?? attributeOf(user, scopeAttribute)),
	});
}

function personOf(settings, found, user, usersById) {
	const { ownWords, groupRules, keepOtherRoles } = settings;
	const id = text(user.id);
	const fields = {
		source: 'onelogin',
		sourceId: id,
		...employmentState(user, ownWords),
		...attributesOf(settings, user, usersById),
		groups: found.groupsOf(id),
	};
	// The scope goes by the roles in OneLogin, and not by the groups that the rules make of them.
	const scope = scopeOf(settings, found, user, fields);
	const groups = groupsByRules(fields, groupRules, { keepOthers: keepOtherRoles });
	return person({ ...fields, ...scope, groups });
}

function attributesReadBy({ employeeNumberAttribute }) {
	return [
		'email',
		'secondaryEmails',
		'displayName',
		'givenName',
		'familyName',
		'title',
		'department',
		'organization',
		...(employeeNumberAttribute === undefined ? [] : ['employeeNumber']),
		'managerEmail',
		'locale',
		'phoneNumber',
		'groups',
	];
}

function answer(settings, found) {
	const { pages, groupsComplete, reasons } = found;
	const users = found.listed('users');
	const usersById = new Map(users.map((user) => [text(user.id), user]));
	const persons = users.map((user) => personOf(settings, found, user, usersById));
	return directoryAnswer('onelogin', persons, {
		pages,
		complete: !found.hasFailed('users') && found.isScopeRead(settings.scopeAttribute),
		groupsComplete,
		attributesRead: attributesReadBy(settings),
		reasons,
	});
}

export function read(run) {
	return readDirectory(run, { checkedSettings, firstRequests, follow, answer });
}
