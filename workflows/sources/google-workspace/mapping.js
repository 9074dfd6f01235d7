// Google Workspace: what its words mean, what is asked, and which of its fields is which attribute.

import { checkedPaths, isListOfIds, scopePathIn } from '../shared/checks.js';
import { emailKey } from '../shared/emailKey.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState } from '../shared/status.js';
import { text, valueAt, valuesAt, withQuery } from '../shared/text.js';

/**
 * Google has no words either, but says of an account whether it is archived or suspended, and why. A new
 * account is suspended until its owner signs in.
 * https://developers.google.com/admin-sdk/directory/reference/rest/v1/users
 */
export const GOOGLE_WORDS = {
	active: 'active',
	'suspended(webloginrequired)': 'notStarted',
	suspended: 'suspended',
	archived: 'inactive',
};

/**
 * The employment state.
 *
 * @param user Google's: { archived, suspended, suspensionReason }
 * @param ownWords of Settings; where suspending is how leavers are locked out, `{ "suspended": "inactive" }`
 */
export function employmentState({ archived, suspended, suspensionReason }, ownWords) {
	const isNew = text(suspensionReason)?.toUpperCase() === 'WEB_LOGIN_REQUIRED';
	const ofSuspension = isNew ? 'suspended (web login required)' : 'suspended';
	const words = { true: ofSuspension, false: 'active' };
	const word = archived === true ? 'archived' : words[suspended];
	const found = directoryEmploymentState('Google Workspace', word, GOOGLE_WORDS, ownWords);
	if (found.status !== 'notStarted') return found;
	return { ...found, explanation: 'The account becomes active when its owner first signs in to Google.' };
}

/**
 * Where each attribute is in Google's user, whose lists plainUser() makes into fields; Settings may
 * name another place.
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
};

/**
 * @param settings of the node Settings
 * @returns them with `paths`, where each attribute is, and `scopePath`, see scopePathIn()
 * @throws Error for one that cannot be meant
 */
function checkedSettings(settings) {
	const customer = text(settings.customer) ?? '';
	if (!/^\w+$/.test(customer)) {
		throw new Error(`Settings: "customer" must be my_customer or a customer ID, not "${settings.customer}".`);
	}
	const meant = 'field of a user in Google Workspace, such as primaryEmail';
	const paths = checkedPaths(PATHS, settings, /^[A-Za-z]\w*(\.[\w-]+)*$/, meant);
	const groupPrefix = text(settings.groupPrefix) ?? '';
	return { ...settings, customer, paths, scopePath: scopePathIn(settings, paths), groupPrefix };
}

/** Where all requests go. */
const SITE = 'https://admin.googleapis.com/admin/directory/v1';

/** The addresses of a list: of its first page, and of any other one without the token that Google gives for it. */
function listAt(path, query) {
	const url = withQuery(`${SITE}/${path}`, query);
	return { url, list: `${url}&pageToken=` };
}

function firstRequests({ customer }) {
	const users = listAt('users', { customer, projection: 'full', maxResults: 500 });
	const groups = listAt('groups', { customer, maxResults: 200 });
	return [
		{ kind: 'users', about: 'the list of users', ...users },
		{ kind: 'groups', about: 'the list of groups', ...groups },
	];
}

/** Google is asked for the members of the groups in a group as well. */
function membersRequest({ id, name }) {
	return {
		kind: 'members',
		of: text(id),
		name: text(name),
		about: `the members of the group "${name}"`,
		...listAt(`groups/${encodeURIComponent(id)}/members`, { includeDerivedMembership: true, maxResults: 200 }),
	};
}

function isWantedGroup({ groupPrefix }, { name }) {
	return text(name) !== undefined && name.startsWith(groupPrefix);
}

function follow(settings, request, body) {
	// An empty list is left out, so only the kind tells that this is Google's answer.
	const rows = body?.[request.kind] ?? [];
	if (body?.kind !== `admin#directory#${request.kind}` || !isListOfIds(rows)) {
		return { problem: 'it is no list as Google gives it' };
	}
	const token = text(body.nextPageToken);
	const next = token === undefined ? [] : [{ ...request, url: `${request.list}${encodeURIComponent(token)}` }];
	const groups = request.kind === 'groups' ? rows.filter((group) => isWantedGroup(settings, group)) : [];
	return { rows, requests: [...next, ...groups.map((group) => membersRequest(group))] };
}

/** The entry that is marked as the main one, or the first. */
function mainOf(entries, isMain) {
	const list = Array.isArray(entries) ? entries : [];
	return list.find(isMain) ?? list[0];
}

/** Google's user with the lists made fields: `organization`, `employeeId`, `manager`, `language`, `phone`. */
function plainUser(user) {
	return {
		...user,
		organization: mainOf(user.organizations, ({ primary }) => primary === true),
		employeeId: user.externalIds?.find(({ type }) => type === 'organization')?.value,
		manager: user.relations?.find(({ type }) => type === 'manager')?.value,
		language: mainOf(user.languages, ({ preference }) => preference === 'preferred')?.languageCode,
		phone: mainOf(user.phones, ({ primary, type }) => primary === true || type === 'work')?.value,
	};
}

/** Every address that leads to the account. */
function addressesOf({ primaryEmail, emails, aliases, nonEditableAliases }) {
	const written = (emails ?? []).map(({ address }) => address);
	return [primaryEmail, ...written, ...(aliases ?? []), ...(nonEditableAliases ?? [])].filter(isAddress);
}

/** By every address: the one that people have in Notion. A main address belongs to one person only. */
function emailsByAddress({ paths }, users) {
	const mainAddress = ({ primaryEmail }) => [primaryEmail];
	return new Map(
		[addressesOf, mainAddress].flatMap((addresses) =>
			users.flatMap((user) => addresses(user).map((address) => [emailKey(address), valueAt(user, paths.email)])),
		),
	);
}

/** Groups that have all people of the company as members, without listing them. */
function groupsOfAll({ read }) {
	return read
		.filter(({ request, rows }) => request.kind === 'members' && rows.some(({ type }) => type === 'CUSTOMER'))
		.map(({ request }) => request.name);
}

function attributesOf({ paths }, user, emailByAddress) {
	const attributes = valuesAt(user, paths);
	const managerEmail = text(attributes.managerEmail);
	return {
		...attributes,
		secondaryEmails: addressesOf(user),
		// The relation may name an alias; an address that is no user of Google stays as written.
		managerEmail: emailByAddress.get(emailKey(managerEmail)) ?? managerEmail,
	};
}

function scopeOf({ scopeAttribute, scopePath, scopeValues }, user, fields) {
	return inScope(fields, {
		attribute: scopeAttribute,
		values: scopeValues,
		value: scopePath === undefined ? undefined : valueAt(user, scopePath),
	});
}

function personOf(settings, found, user, { emailByAddress, sharedGroups }) {
	const groups = new Set([...(found.groupsOf(user.id) ?? []), ...sharedGroups]);
	const fields = {
		source: 'google',
		sourceId: user.id,
		...employmentState(user, settings.ownWords),
		...attributesOf(settings, user, emailByAddress),
		groups: found.groupsComplete ? [...groups].sort() : undefined,
	};
	return person({ ...fields, ...scopeOf(settings, user, fields) });
}

function answer(settings, found) {
	const { pages, groupsComplete, reasons } = found;
	const users = found.listed('users').map(plainUser);
	const known = { emailByAddress: emailsByAddress(settings, users), sharedGroups: groupsOfAll(found) };
	const persons = users.map((user) => personOf(settings, found, user, known));
	return directoryAnswer('google', persons, {
		pages,
		complete: !found.hasFailed('users') && found.isScopeRead(settings.scopeAttribute),
		groupsComplete,
		// Google leaves out what has no value, so that nothing shows what it would not give.
		attributesRead: [...Object.keys(settings.paths), 'secondaryEmails'],
		reasons,
	});
}

export function read(run) {
	return readDirectory(run, { checkedSettings, firstRequests, follow, answer });
}
