// Okta: what its words mean, what is asked, and which of its fields is which attribute.

import { emailKey } from '../shared/emailKey.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState } from '../shared/status.js';
import { given, text } from '../shared/text.js';

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
 * What is asked of Okta, and what its answers mean.
 *
 * @param settings of the node Settings
 * @throws Error for one that cannot be meant
 */
function okta(settings) {
	const { oktaUrl, emailAttribute, notionApp, scopeAttribute, scopeValues, groupPrefix, ownWords } = settings;

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

	const FIRST_PAGE = {
		users: '/api/v1/users?limit=200',
		// The plain list leaves these out, and they are the ones who have left.
		deactivated: `/api/v1/users?limit=200&filter=${encodeURIComponent('status eq "DEPROVISIONED"')}`,
		groups: '/api/v1/groups?limit=200',
		assigned: `/api/v1/apps/${app}/users?limit=500`,
	};
	const ABOUT = {
		users: 'the list of users',
		deactivated: 'the list of deactivated users',
		groups: 'the list of groups',
		assigned: 'the users of the Notion app',
	};

	function firstRequests() {
		const kinds = ['users', 'deactivated', 'groups', ...(app === undefined ? [] : ['assigned'])];
		return kinds.map((kind) => ({ kind, url: `${SITE}${FIRST_PAGE[kind]}`, about: ABOUT[kind] }));
	}

	/** The page after this one: its address, or nothing behind the last one. Only rel="next" leads on. */
	function nextPage(headers) {
		const links = [headers.link ?? []].flat().join(', ');
		return /<([^<>]+)>\s*;\s*rel="next"/.exec(links)?.[1];
	}

	/** Groups that Okta makes by itself, such as Everyone, are not given out. */
	function isWanted(group) {
		const name = text(group.profile?.name);
		return group.type !== 'BUILT_IN' && name !== undefined && name.startsWith(groupPrefix ?? '');
	}

	function follow(request, body, headers) {
		if (!Array.isArray(body) || body.some((one) => text(one?.id) === undefined)) {
			return { problem: 'it is no list as Okta gives it' };
		}
		const rows = body;
		const requests = [];
		const url = nextPage(headers);
		if (url !== undefined) {
			// The token goes to no other host, whatever an answer says.
			if (!url.startsWith(`${SITE}/`)) return { problem: 'its next page is at another host' };
			requests.push({ ...request, url });
		}
		if (request.kind === 'groups') {
			for (const group of rows.filter(isWanted)) {
				const name = text(group.profile.name);
				requests.push({
					kind: 'members',
					of: text(group.id),
					name,
					url: `${SITE}/api/v1/groups/${encodeURIComponent(group.id)}/users?limit=200`,
					about: `the members of the group "${name}"`,
				});
			}
		}
		return { rows, requests };
	}

	/** @param found what was read, see whatWasRead() */
	function answer({ pages, listed, hasFailed, groupsComplete, groupsOf, isScopeRead, assignment, reasons }) {
		const users = listed('users', 'deactivated');

		const emailOf = ({ profile }) => text(profile?.[text(emailAttribute)]);
		const usersByKey = new Map();
		for (const user of users) {
			const { login, email, employeeNumber } = user.profile ?? {};
			for (const key of new Set([user.id, login, email, employeeNumber].map(emailKey).filter(Boolean))) {
				usersByKey.set(key, [...(usersByKey.get(key) ?? []), user]);
			}
		}

		/** The user of an address, a login or a number, which a deactivated user may have had before. */
		function userCalled(key) {
			const called = usersByKey.get(emailKey(key)) ?? [];
			const present = called.filter(({ status }) => status !== 'DEPROVISIONED');
			const [user, ...others] = present.length > 0 ? present : called;
			return others.length === 0 ? user : undefined;
		}

		/** Okta's managers are a text that each company fills in its own way: an address, a login, a number. */
		function managerEmailOf({ managerId, manager }) {
			const written = [managerId, manager].map(text).filter(Boolean);
			const known = written.map(userCalled).find(Boolean);
			return known === undefined ? written.find(isAddress) : emailOf(known);
		}

		const persons = users.map((user) => {
			const profile = user.profile ?? {};
			const found = employmentState(user.status, ownWords);
			const fields = {
				source: 'okta',
				sourceId: user.id,
				...found,
				email: emailOf(user),
				secondaryEmails: [profile.email, profile.login, profile.secondEmail].filter(isAddress),
				displayName:
					text(profile.displayName) ??
					text([profile.firstName, profile.lastName].map(text).filter(Boolean).join(' ')),
				givenName: profile.firstName,
				familyName: profile.lastName,
				title: profile.title,
				department: profile.department,
				division: profile.division,
				costCenter: profile.costCenter,
				organization: profile.organization,
				employeeNumber: profile.employeeNumber,
				managerEmail: managerEmailOf(profile),
				locale: profile.locale,
				preferredLanguage: profile.preferredLanguage,
				userType: profile.userType,
				phoneNumber: text(profile.primaryPhone) ?? text(profile.mobilePhone),
				groups: groupsOf(user.id),
			};
			const scope = inScope(fields, {
				...assignment(app, user.id, found.status),
				app: 'the Notion app in Okta',
				attribute: scopeAttribute,
				values: scopeValues,
				value: profile[text(scopeAttribute)],
			});
			return person({ ...fields, ...scope });
		});

		return directoryAnswer('okta', persons, {
			pages,
			complete: !hasFailed('users', 'deactivated') && isScopeRead(scopeAttribute),
			groupsComplete,
			attributesRead: [
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
			],
			reasons,
		});
	}

	return { firstRequests, follow, answer };
}

export function read(run) {
	return readDirectory(run, okta);
}
