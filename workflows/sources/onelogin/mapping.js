// OneLogin: what its words mean, what is asked, and which of its fields is which attribute.

import { checkedGroupRules, groupsByRules } from '../shared/groupRules.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState } from '../shared/status.js';
import { text } from '../shared/text.js';

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
 * What is asked of OneLogin, and what its answers mean.
 *
 * @param settings of the node Settings
 * @throws Error for one that cannot be meant
 */
function onelogin(settings) {
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
	} = settings;

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

	// OneLogin gives only what is asked for here.
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

	/** The addresses of a list: of its first page, and of any other one without OneLogin's cursor for it. */
	function listAt(path) {
		return { url: `${SITE}${path}`, list: `${SITE}${path}&cursor=` };
	}

	function firstRequests() {
		const others = [emailAttribute, employeeNumberAttribute, scopeAttribute]
			.map(text)
			.filter((name) => /^[a-z_]+$/.test(name ?? '') && !OUR_NAMES.includes(name));
		const fields = [...new Set([...FIELDS, ...others])].join(',');
		const requests = [
			{ kind: 'users', path: `/api/2/users?limit=50&fields=${fields}`, about: 'the list of users' },
			{ kind: 'groups', path: '/api/2/roles?limit=50', about: 'the list of roles' },
		];
		if (app !== undefined) {
			const path = `/api/2/apps/${app}/users?limit=50`;
			requests.push({ kind: 'assigned', path, about: 'the users of the Notion app' });
		}
		return requests.map(({ path, ...request }) => ({ ...request, ...listAt(path) }));
	}

	function follow(request, body, headers) {
		if (!Array.isArray(body) || body.some((one) => text(one?.id) === undefined)) {
			return { problem: 'it is no list as OneLogin gives it' };
		}
		const requests = [];
		const cursor = text(headers['after-cursor']);
		if (cursor !== undefined) {
			requests.push({ ...request, url: `${request.list}${encodeURIComponent(cursor)}` });
		}
		if (request.kind === 'groups') {
			for (const role of body) {
				const name = text(role.name);
				if (name === undefined || !name.startsWith(rolePrefix ?? '')) continue;
				const path = `/api/2/roles/${encodeURIComponent(role.id)}/users?limit=50`;
				const about = `the users of the role "${name}"`;
				requests.push({ kind: 'members', of: text(role.id), name, about, ...listAt(path) });
			}
		}
		return { rows: body, total: totalOf(headers), requests };
	}

	/** How long the whole list is, where OneLogin says it. */
	function totalOf(headers) {
		const total = text(headers['total-count']);
		return /^\d+$/.test(total ?? '') ? Number(total) : undefined;
	}

	/** @param found what was read, see whatWasRead() */
	function answer({ pages, listed, hasFailed, groupsComplete, groupsOf, isScopeRead, assignment, reasons }) {
		const users = listed('users');
		const usersById = new Map(users.map((user) => [text(user.id), user]));

		/** An attribute of a user, also one of those that a company makes for itself. */
		function attributeOf(user, name) {
			const custom = /^custom_attributes\.(.+)$/.exec(name)?.[1];
			return text(custom === undefined ? user[name] : user.custom_attributes?.[custom]);
		}

		const emailOf = (user) => (user === undefined ? undefined : attributeOf(user, text(emailAttribute)));

		const persons = users.map((user) => {
			const id = text(user.id);
			const found = employmentState(user, ownWords);
			const roles = groupsOf(id);
			const fields = {
				source: 'onelogin',
				sourceId: id,
				...found,
				email: emailOf(user),
				secondaryEmails: [user.email, user.username, user.userprincipalname].filter(isAddress),
				displayName: text([user.firstname, user.lastname].map(text).filter(Boolean).join(' ')),
				givenName: user.firstname,
				familyName: user.lastname,
				title: user.title,
				department: user.department,
				organization: user.company,
				employeeNumber: attributeOf(user, text(employeeNumberAttribute) ?? ''),
				managerEmail: emailOf(usersById.get(text(user.manager_user_id))),
				locale: user.preferred_locale_code,
				phoneNumber: user.phone,
				groups: roles,
			};
			const scopeName = text(scopeAttribute) ?? '';
			const scope = inScope(fields, {
				...assignment(app, id, found.status),
				app: 'the Notion app in OneLogin',
				attribute: scopeAttribute,
				values: scopeValues,
				value: scopeName === 'roles' ? roles : (fields[scopeName] ?? attributeOf(user, scopeName)),
			});
			const groups = groupsByRules(fields, groupRules, { keepOthers: keepOtherRoles });
			return person({ ...fields, ...scope, groups });
		});

		return directoryAnswer('onelogin', persons, {
			pages,
			complete: !hasFailed('users') && isScopeRead(scopeAttribute),
			groupsComplete,
			attributesRead: [
				'email',
				'secondaryEmails',
				'displayName',
				'givenName',
				'familyName',
				'title',
				'department',
				'organization',
				...(text(employeeNumberAttribute) === undefined ? [] : ['employeeNumber']),
				'managerEmail',
				'locale',
				'phoneNumber',
				'groups',
			],
			reasons,
		});
	}

	return { firstRequests, follow, answer };
}

export function read(run) {
	return readDirectory(run, onelogin);
}
