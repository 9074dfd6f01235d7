// Google Workspace: what its words mean, what is asked, and which of its fields is which attribute.

import { emailKey } from '../shared/emailKey.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState } from '../shared/status.js';
import { text, valueAt } from '../shared/text.js';

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
 * What is asked of Google Workspace, and what its answers mean.
 *
 * @param settings of the node Settings
 * @throws Error for one that cannot be meant
 */
function google(settings) {
	const { customer, emailAttribute, ownAttributes, scopeAttribute, scopeValues, groupPrefix, ownWords } = settings;

	/** Where all requests go, without a slash at the end. */
	const SITE = 'https://admin.googleapis.com/admin/directory/v1';
	const customerId = text(customer) ?? '';
	if (!/^\w+$/.test(customerId)) {
		throw new Error(`Settings: "customer" must be my_customer or a customer ID, not "${customer}".`);
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

	const prefix = text(groupPrefix) ?? '';

	/** The addresses of a list: of its first page, and of any other one without the token that Google gives for it. */
	function listAt(path, query) {
		const written = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
		const url = `${SITE}/${path}?${written.join('&')}`;
		return { url, list: `${url}&pageToken=` };
	}

	function firstRequests() {
		return [
			{
				kind: 'users',
				about: 'the list of users',
				...listAt('users', { customer: customerId, projection: 'full', maxResults: 500 }),
			},
			{
				kind: 'groups',
				about: 'the list of groups',
				...listAt('groups', { customer: customerId, maxResults: 200 }),
			},
		];
	}

	/** Members of the group and of the groups in it. */
	function membersRequest({ id, name }) {
		return {
			kind: 'members',
			of: text(id),
			name: text(name),
			about: `the members of the group "${name}"`,
			...listAt(`groups/${encodeURIComponent(id)}/members`, {
				includeDerivedMembership: true,
				maxResults: 200,
			}),
		};
	}

	const isWanted = ({ name }) => text(name) !== undefined && name.startsWith(prefix);

	function follow(request, body) {
		// An empty list is left out, so only the kind tells that this is Google's answer.
		const rows = body?.[request.kind] ?? [];
		const isList =
			body?.kind === `admin#directory#${request.kind}` &&
			Array.isArray(rows) &&
			rows.every((row) => text(row?.id) !== undefined);
		if (!isList) return { problem: 'it is no list as Google gives it' };
		const token = text(body.nextPageToken);
		const next = token === undefined ? [] : [{ ...request, url: `${request.list}${encodeURIComponent(token)}` }];
		const members = request.kind === 'groups' ? rows.filter(isWanted).map(membersRequest) : [];
		return { rows, requests: [...next, ...members] };
	}

	/** @param found what was read, see whatWasRead() */
	function answer({ pages, read, listed, hasFailed, groupsComplete, groupsOf, isScopeRead, reasons }) {
		const users = listed('users');

		/** Groups that have all people of the company as members, without listing them. */
		const groupsOfAll = read
			.filter(({ request, rows }) => request.kind === 'members' && rows.some(({ type }) => type === 'CUSTOMER'))
			.map(({ request }) => request.name);

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

		const plainUsers = users.map(plainUser);
		const attributesOf = (user) =>
			Object.fromEntries(Object.entries(PATHS).map(([attribute, path]) => [attribute, valueAt(user, path)]));

		/** Every address that leads to the account. */
		function addressesOf({ primaryEmail, emails, aliases, nonEditableAliases }) {
			const written = (emails ?? []).map(({ address }) => address);
			return [primaryEmail, ...written, ...(aliases ?? []), ...(nonEditableAliases ?? [])].filter(isAddress);
		}

		/** By every address: the one that people have in Notion. A main address belongs to one person only. */
		const emailByAddress = new Map(
			[addressesOf, ({ primaryEmail }) => [primaryEmail]].flatMap((addresses) =>
				plainUsers.flatMap((user) =>
					addresses(user).map((address) => [emailKey(address), valueAt(user, PATHS.email)]),
				),
			),
		);

		const persons = plainUsers.map((user) => {
			const groups = [...new Set([...(groupsOf(user.id) ?? []), ...groupsOfAll])].sort();
			const attributes = attributesOf(user);
			const managerEmail = text(attributes.managerEmail);
			const fields = {
				source: 'google',
				sourceId: user.id,
				...employmentState(user, ownWords),
				...attributes,
				secondaryEmails: addressesOf(user),
				// The relation may name an alias; an address that is no user of Google stays as written.
				managerEmail: emailByAddress.get(emailKey(managerEmail)) ?? managerEmail,
				groups: groupsComplete ? groups : undefined,
			};
			const scope = inScope(fields, {
				attribute: scopePath,
				values: scopeValues,
				value: isField ? valueAt(user, scopePath) : undefined,
			});
			return person({ ...fields, ...scope });
		});

		return directoryAnswer('google', persons, {
			pages,
			complete: !hasFailed('users') && isScopeRead(scopePath),
			groupsComplete,
			// Google leaves out what has no value, so that nothing shows what it would not give.
			attributesRead: [...Object.keys(PATHS), 'secondaryEmails'],
			reasons,
		});
	}

	return { firstRequests, follow, answer };
}

export function read(run) {
	return readDirectory(run, google);
}
