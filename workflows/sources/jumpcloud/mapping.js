// JumpCloud: what its words mean, what is asked, and which of its fields is which attribute.

import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState } from '../shared/status.js';
import { text } from '../shared/text.js';

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
 * What is asked of JumpCloud, and what its answers mean.
 *
 * @param settings of the node Settings
 * @throws Error for one that cannot be meant
 */
function jumpcloud(settings) {
	const { host, emailAttribute, notionApp, scopeAttribute, scopeValues, groupPrefix, ownWords } = settings;

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

	/** The most that JumpCloud gives at once. */
	const PAGE = 100;

	/**
	 * A page of a list, from the entry that `skip` says. In the order of the ids, so that it stays one list.
	 * Each page begins with the entry that the one before it ended with: another one there means that the list
	 * changed meanwhile, and that a person may have moved from one page to another.
	 *
	 * @param request `last` is the id of that entry; nothing for the first page
	 */
	function page(request, skip) {
		const order = request.kind === 'users' ? '&sort=_id' : '';
		return { ...request, skip, url: `${SITE}${request.path}?limit=${PAGE}&skip=${skip}${order}` };
	}

	const idOf = (entry) => text(entry?.id) ?? text(entry?._id);

	function firstRequests() {
		const requests = [
			{ kind: 'users', path: '/api/systemusers', about: 'the list of users' },
			{ kind: 'groups', path: '/api/v2/usergroups', about: 'the list of groups' },
		];
		if (app !== undefined) {
			const path = `/api/v2/applications/${app}/users`;
			requests.push({ kind: 'assigned', path, about: 'the users of the Notion application' });
		}
		return requests.map((request) => page(request, 0));
	}

	function follow(request, body) {
		const entries = request.kind === 'users' ? body?.results : body;
		const total = request.kind === 'users' ? body?.totalCount : undefined;
		const isDocumented =
			Array.isArray(entries) &&
			entries.every((entry) => idOf(entry) !== undefined) &&
			(request.kind !== 'users' || Number.isInteger(total));
		if (!isDocumented) return { problem: 'it is no list as JumpCloud gives it' };

		const isFirst = request.last === undefined;
		if (!isFirst && idOf(entries[0]) !== request.last) {
			return { problem: 'it does not go on where the page before it ended' };
		}
		const rows = isFirst ? entries : entries.slice(1);
		const behind = request.skip + entries.length;
		// Only the list of users says how long it is; the others end with a page without new entries.
		const isLast = rows.length === 0 || (total !== undefined && behind >= total);
		// A list of one entry goes on behind it: its first page would be asked for again.
		const last = entries.length > 1 ? idOf(entries.at(-1)) : undefined;
		const requests = isLast ? [] : [page({ ...request, last }, last === undefined ? behind : behind - 1)];
		if (request.kind === 'groups') {
			for (const group of rows) {
				const name = text(group.name);
				if (name === undefined || !name.startsWith(groupPrefix ?? '')) continue;
				const path = `/api/v2/usergroups/${encodeURIComponent(group.id)}/membership`;
				const about = `the members of the group "${name}"`;
				requests.push(page({ kind: 'members', of: text(group.id), name, path, about }, 0));
			}
		}
		return { rows, total, requests };
	}

	/** @param found what was read, see whatWasRead() */
	function answer({ pages, listed, hasFailed, groupsComplete, groupsOf, isScopeRead, assignment, reasons }) {
		const users = listed('users');
		const usersById = new Map(users.map((user) => [idOf(user), user]));

		/** An attribute of a user, also one of those that a company makes for itself. */
		function attributeOf(user, name) {
			const custom = /^attributes\.(.+)$/.exec(name)?.[1];
			if (custom === undefined) return text(user[name]);
			return text((user.attributes ?? []).find((attribute) => attribute.name === custom)?.value);
		}

		const emailOf = (user) => (user === undefined ? undefined : attributeOf(user, text(emailAttribute)));

		function phoneNumberOf({ phoneNumbers }) {
			const numbers = Array.isArray(phoneNumbers) ? phoneNumbers : [];
			const work = numbers.find(({ type, number }) => type === 'work' && text(number) !== undefined);
			return (work ?? numbers.find(({ number }) => text(number) !== undefined))?.number;
		}

		const persons = users.map((user) => {
			const id = idOf(user);
			const found = employmentState(user, ownWords);
			const fields = {
				source: 'jumpcloud',
				sourceId: id,
				...found,
				email: emailOf(user),
				secondaryEmails: [user.email, user.alternateEmail].filter(isAddress),
				displayName:
					text(user.displayname) ?? text([user.firstname, user.lastname].map(text).filter(Boolean).join(' ')),
				givenName: user.firstname,
				familyName: user.lastname,
				title: user.jobTitle,
				department: user.department,
				costCenter: user.costCenter,
				organization: user.company,
				employeeNumber: user.employeeIdentifier,
				managerEmail: emailOf(usersById.get(text(user.manager))),
				userType: user.employeeType,
				phoneNumber: phoneNumberOf(user),
				groups: groupsOf(id),
			};
			const scope = inScope(fields, {
				...assignment(app, id, found.status),
				app: 'the Notion application in JumpCloud',
				attribute: scopeAttribute,
				values: scopeValues,
				value: fields[text(scopeAttribute)] ?? attributeOf(user, text(scopeAttribute) ?? ''),
			});
			return person({ ...fields, ...scope });
		});

		return directoryAnswer('jumpcloud', persons, {
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
				'costCenter',
				'organization',
				'employeeNumber',
				'managerEmail',
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
	return readDirectory(run, jumpcloud);
}
