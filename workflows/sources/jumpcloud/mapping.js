// JumpCloud: what its words mean, what is asked, and which of its fields is which attribute.

import { checkedApp } from '../shared/checks.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState } from '../shared/status.js';
import { beginsWith, joined, text } from '../shared/text.js';

/**
 * JumpCloud has no word for a leaver: where a company suspends leavers, it says so in Settings. A user
 * who is locked out comes back without an admin.
 * https://jumpcloud.com/support/manage-user-states
 */
export const JUMPCLOUD_WORDS = {
	staged: 'notStarted',
	activated: 'active',
	suspended: 'suspended',
	lockedout: 'active',
	passwordpending: 'active',
};

/**
 * The employment state, from the state of the account and the marks beside it.
 *
 * @param user { state, suspended, activated, account_locked }; older records have no state
 */
export function employmentState({ state, suspended, activated, account_locked: locked }, ownWords) {
	const marked = () => {
		if (suspended === true) return 'SUSPENDED';
		if (text(state) !== undefined && text(state) !== 'ACTIVATED') return text(state);
		if (locked === true) return 'LOCKED OUT';
		if (activated === false) return 'PASSWORD PENDING';
		return text(state) ?? (activated === true ? 'ACTIVATED' : undefined);
	};
	return directoryEmploymentState('JumpCloud', marked(), JUMPCLOUD_WORDS, ownWords);
}

/**
 * @param settings of the node Settings
 * @returns them with `site`, where all requests go, and `app`, the Notion app
 * @throws Error for one that cannot be meant
 */
function checkedSettings(settings) {
	const host = text(settings.host);
	if (!/^console(\.[a-z]+)*\.jumpcloud\.com$/.test(host ?? '')) {
		throw new Error(
			`Settings: "host" must be where your JumpCloud is, console.jumpcloud.com or console.eu.jumpcloud.com, not "${settings.host}".`,
		);
	}
	const emailAttribute = text(settings.emailAttribute);
	if (!/^(attributes\.)?\w+$/.test(emailAttribute ?? '')) {
		throw new Error('Settings: "emailAttribute" must name an attribute of users, such as email.');
	}
	const meant = 'the ID of an application in JumpCloud, which has 24 digits and letters';
	const app = checkedApp(settings, /^[0-9a-f]{24}$/, meant);
	return { ...settings, site: `https://${host}`, app, emailAttribute, scopeAttribute: text(settings.scopeAttribute) };
}

/** The most that JumpCloud gives at once. */
const PAGE = 100;

/**
 * A page of a list, from the entry that `skip` says. In the order of the ids, so that it stays one list.
 * Each page begins with the entry that the one before it ended with: another one there means that the list
 * changed meanwhile, and that a person may have moved from one page to another.
 *
 * @param request `last` is the id of that entry; nothing for the first page
 */
function pageFrom({ site }, request, skip) {
	const order = request.kind === 'users' ? '&sort=_id' : '';
	return { ...request, skip, url: `${site}${request.path}?limit=${PAGE}&skip=${skip}${order}` };
}

function firstRequests(settings) {
	const requests = [
		{ kind: 'users', path: '/api/systemusers', about: 'the list of users' },
		{ kind: 'groups', path: '/api/v2/usergroups', about: 'the list of groups' },
	];
	if (settings.app !== undefined) {
		const path = `/api/v2/applications/${settings.app}/users`;
		requests.push({ kind: 'assigned', path, about: 'the users of the Notion application' });
	}
	return requests.map((request) => pageFrom(settings, request, 0));
}

function membersRequest(settings, group) {
	const name = text(group.name);
	const path = `/api/v2/usergroups/${encodeURIComponent(group.id)}/membership`;
	const about = `the members of the group "${name}"`;
	return pageFrom(settings, { kind: 'members', of: text(group.id), name, path, about }, 0);
}

function isWantedGroup({ groupPrefix }, { name }) {
	return beginsWith(name, groupPrefix);
}

function idOf(entry) {
	return text(entry?.id) ?? text(entry?._id);
}

function nextPage(settings, request, entries) {
	const behind = request.skip + entries.length;
	// A list of one entry goes on behind it: its first page would be asked for again.
	const last = entries.length > 1 ? idOf(entries.at(-1)) : undefined;
	return pageFrom(settings, { ...request, last }, last === undefined ? behind : behind - 1);
}

function follow(settings, request, body) {
	const isOfUsers = request.kind === 'users';
	const entries = isOfUsers ? body?.results : body;
	const total = isOfUsers ? body?.totalCount : undefined;
	const isDocumented =
		Array.isArray(entries) &&
		entries.every((entry) => idOf(entry) !== undefined) &&
		(!isOfUsers || Number.isInteger(total));
	if (!isDocumented) return { problem: 'it is no list as JumpCloud gives it' };
	const isFirst = request.last === undefined;
	if (!isFirst && idOf(entries[0]) !== request.last) {
		return { problem: 'it does not go on where the page before it ended' };
	}
	const rows = isFirst ? entries : entries.slice(1);
	// Only the list of users says how long it is; the others end with a page without new entries.
	const isLast = rows.length === 0 || (total !== undefined && request.skip + entries.length >= total);
	const next = isLast ? [] : [nextPage(settings, request, entries)];
	const groups = request.kind === 'groups' ? rows.filter((group) => isWantedGroup(settings, group)) : [];
	const members = groups.map((group) => membersRequest(settings, group));
	return { rows, total, requests: [...next, ...members] };
}

/** An attribute of a user, also one of those that a company makes for itself. */
function attributeOf(user, name) {
	const custom = /^attributes\.(.+)$/.exec(name)?.[1];
	if (custom === undefined) return text(user[name]);
	return text((user.attributes ?? []).find((attribute) => attribute.name === custom)?.value);
}

function phoneNumberOf({ phoneNumbers }) {
	const numbers = Array.isArray(phoneNumbers) ? phoneNumbers : [];
	const work = numbers.find(({ type, number }) => type === 'work' && text(number) !== undefined);
	return (work ?? numbers.find(({ number }) => text(number) !== undefined))?.number;
}

function attributesOf({ emailAttribute }, user, usersById) {
	const manager = usersById.get(text(user.manager)) ?? {};
	return {
		email: attributeOf(user, emailAttribute),
		secondaryEmails: [user.email, user.alternateEmail].filter(isAddress),
		displayName: text(user.displayname) ?? joined(user.firstname, user.lastname),
		givenName: user.firstname,
		familyName: user.lastname,
		title: user.jobTitle,
		department: user.department,
		costCenter: user.costCenter,
		organization: user.company,
		employeeNumber: user.employeeIdentifier,
		managerEmail: attributeOf(manager, emailAttribute),
		userType: user.employeeType,
		phoneNumber: phoneNumberOf(user),
	};
}

function scopeOf({ app, scopeAttribute, scopeValues }, found, user, fields) {
	return inScope(fields, {
		...found.assignment(app, fields.sourceId, fields.status),
		app: 'the Notion application in JumpCloud',
		attribute: scopeAttribute,
		values: scopeValues,
		value: fields[scopeAttribute] ?? attributeOf(user, scopeAttribute),
	});
}

function personOf(settings, found, user, usersById) {
	const id = idOf(user);
	const fields = {
		source: 'jumpcloud',
		sourceId: id,
		...employmentState(user, settings.ownWords),
		...attributesOf(settings, user, usersById),
		groups: found.groupsOf(id),
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
	'costCenter',
	'organization',
	'employeeNumber',
	'managerEmail',
	'userType',
	'phoneNumber',
	'groups',
];

function answer(settings, found) {
	const { pages, groupsComplete, reasons } = found;
	const users = found.listed('users');
	const usersById = new Map(users.map((user) => [idOf(user), user]));
	const persons = users.map((user) => personOf(settings, found, user, usersById));
	return directoryAnswer('jumpcloud', persons, {
		pages,
		complete: !found.hasFailed('users') && found.isScopeRead(settings.scopeAttribute),
		groupsComplete,
		attributesRead: ATTRIBUTES_READ,
		reasons,
	});
}

export function read(run) {
	return readDirectory(run, { checkedSettings, firstRequests, follow, answer });
}
