// Microsoft Entra ID: what its words mean, what is asked, and which of its fields is which attribute.

import { dateText } from '../shared/dates.js';
import { directoryAnswer } from '../shared/manifest.js';
import { isAddress, isGuestName, person } from '../shared/person.js';
import { readDirectory } from '../shared/readDirectory.js';
import { inScope } from '../shared/scope.js';
import { directoryEmploymentState, inDoubt, inDoubtOfDates } from '../shared/status.js';
import { text, valueAt } from '../shared/text.js';

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

/**
 * What is asked of Microsoft Entra ID, and what its answers mean.
 *
 * @param settings of the node Settings
 * @throws Error for one that cannot be meant
 */
function entra(settings) {
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
	} = settings;

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

	const LARGEST_PAGE = 999;
	const prefix = text(groupPrefix) ?? '';

	/** The properties of a user that are asked for; Graph gives no other ones. */
	const PROPERTIES = [
		...['id', 'userPrincipalName', 'mail', 'otherMails', 'proxyAddresses', 'accountEnabled'],
		...['userType', 'employeeHireDate', ...(readLeaveDate ? ['employeeLeaveDateTime'] : [])],
		...Object.values(PATHS),
		...(isProperty ? [scopePath] : []),
	].map((path) => path.split('.')[0]);

	function listUrl(path, query) {
		const parameters = Object.entries({ ...query, $top: LARGEST_PAGE });
		const written = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
		return `${SITE}/v1.0/${path}?${written.join('&')}`;
	}

	function firstRequests() {
		const requests = [
			{
				kind: 'users',
				about: 'the list of users',
				url: listUrl('users', {
					$select: [...new Set(PROPERTIES)].join(','),
					$expand: 'manager($select=id)',
				}),
			},
		];
		if (!onlyAssignedGroups) {
			const filter =
				prefix === '' ? {} : { $filter: `startswith(displayName,'${prefix.replaceAll("'", "''")}')` };
			const url = listUrl('groups', { $select: 'id,displayName,visibility', ...filter });
			requests.push({ kind: 'groups', about: 'the list of groups', url });
		}
		if (app !== undefined) {
			const url = listUrl(`servicePrincipals/${app}/appRoleAssignedTo`, {});
			requests.push({ kind: 'assigned', about: 'the assignments to the Notion app', url });
		}
		return requests;
	}

	/**
	 * Members of a group: also those of the groups in it, or only its own. Graph could give users alone, but
	 * from an index that lags behind; what is no user matches no one.
	 */
	function membersRequest({ id, name, isHidden }, kind) {
		const path = { members: 'transitiveMembers', directMembers: 'members' }[kind];
		return {
			kind,
			of: id,
			name: text(name),
			isHidden,
			about: `the ${kind === 'members' ? '' : 'direct '}members of the group "${name}"`,
			url: listUrl(`groups/${encodeURIComponent(id)}/${path}`, { $select: 'id' }),
		};
	}

	const isWanted = ({ name }) => text(name) !== undefined && name.startsWith(prefix);

	/** The people of an assigned group are assigned, but as everywhere in Entra only its own members. */
	function membersOf(kind, rows) {
		const groups = rows.filter(({ isGroup }) => isGroup);
		const areGroupsOfPeople = kind === (onlyAssignedGroups ? 'assigned' : 'groups');
		return [
			...(areGroupsOfPeople ? groups.filter(isWanted) : []).map((one) => membersRequest(one, 'members')),
			...(kind === 'assigned' ? groups : []).map((one) => membersRequest(one, 'directMembers')),
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

	function follow(request, body) {
		const rows = Array.isArray(body?.value)
			? body.value.map((one) => (ROWS[request.kind] ?? Object)(Object(one)))
			: undefined;
		if (rows === undefined || rows.some(({ id }) => text(id) === undefined)) {
			return { problem: 'it is no list as Microsoft Graph gives it' };
		}
		// A caller who may not see hidden members is told that there are none.
		if (request.isHidden && rows.length === 0) {
			return { problem: 'the members are hidden, and no one is listed without the permission Member.Read.Hidden' };
		}
		const url = body['@odata.nextLink'];
		// The token goes to no other host, whatever an answer says.
		if (url !== undefined && !String(url).startsWith(`${SITE}/v1.0/`)) {
			return { problem: 'its next page is at another host' };
		}
		const next = url === undefined ? [] : [{ ...request, url }];
		return { rows, requests: [...next, ...membersOf(request.kind, rows)] };
	}

	/** @param found what was read, see whatWasRead() */
	function answer({ pages, listed, hasFailed, groupsComplete, groupsOf, isScopeRead, assignment, reasons }) {
		const users = listed('users');

		const allGroupsRead = groupsComplete && !(onlyAssignedGroups && hasFailed('assigned'));

		const usersById = new Map(users.map((user) => [user.id, user]));

		/** The principal name of a guest is no address; Entra has the address that was invited in `mail`. */
		function emailOf(user) {
			const written = text(valueAt(user, PATHS.email));
			return isGuestName(written) ? (text(user.mail) ?? written) : written;
		}

		const attributesOf = (user) => ({
			...Object.fromEntries(Object.entries(PATHS).map(([attribute, path]) => [attribute, valueAt(user, path)])),
			email: emailOf(user),
		});

		/** Every address that leads to the account. */
		function addressesOf({ mail, userPrincipalName, otherMails, proxyAddresses }) {
			const proxies = (proxyAddresses ?? []).flatMap((entry) => /^smtp:(.+)$/i.exec(entry)?.[1] ?? []);
			return [mail, userPrincipalName, ...(otherMails ?? []), ...proxies].filter(isAddress);
		}

		function scopeOf(user, fields) {
			if (user.userType === 'Guest' && includeGuests !== true) {
				return { inScope: false, scopeNote: 'A guest in Microsoft Entra ID, and Settings leave guests out.' };
			}
			return inScope(fields, {
				...assignment(app, user.id, fields.status),
				app: 'the Notion app in Microsoft Entra ID',
				attribute: scopePath,
				values: scopeValues,
				value: isProperty ? valueAt(user, scopePath) : undefined,
			});
		}

		const persons = users.map((user) => {
			const fields = {
				source: 'entra',
				sourceId: user.id,
				...employmentState(user, ownWords),
				...attributesOf(user),
				secondaryEmails: addressesOf(user),
				managerEmail: emailOf(usersById.get(user.manager?.id) ?? {}),
				groups: allGroupsRead ? groupsOf(user.id) : undefined,
			};
			return person({ ...fields, ...scopeOf(user, fields) });
		});

		/**
		 * Every account is enabled or not: null for all of them is Graph's answer to an application that may read
		 * nothing but basic profiles.
		 * https://learn.microsoft.com/graph/api/user-list#permissions
		 */
		const isBlind = users.length > 0 && users.every(({ accountEnabled }) => typeof accountEnabled !== 'boolean');
		const nameless = users.filter((user) => isGuestName(emailOf(user)));
		if (nameless.length > 0) {
			reasons.push(
				`${nameless.length} guests have no mail in Microsoft Entra ID, and their principal name is no address, as in ${text(nameless[0].userPrincipalName)}.`,
			);
		}

		/**
		 * Graph leaves out what the application may not read, and gives null where there is no value; to an
		 * application that may read basic profiles only, it gives null for both.
		 */
		const isRead = ([, path]) => {
			const [property] = path.split('.');
			const isThere = (user) => (isBlind ? (user[property] ?? null) !== null : Object.hasOwn(user, property));
			return users.length === 0 || users.some(isThere);
		};
		const attributesRead = Object.entries(PATHS).filter(isRead).map(([attribute]) => attribute);

		return directoryAnswer('entra', persons, {
			pages,
			complete: !hasFailed('users') && isScopeRead(scopePath) && nameless.length === 0,
			silence:
				'Microsoft Graph says of no account whether it is enabled: the app registration lacks the application permission User.Read.All, with the consent of an administrator. User.ReadBasic.All is not enough.',
			groupsComplete: allGroupsRead,
			attributesRead: [...attributesRead, 'secondaryEmails', 'managerEmail'],
			reasons,
		});
	}

	// A token that has expired is renewed before the next round.
	return { firstRequests, follow, answer, passing: [401] };
}

export function read(run) {
	return readDirectory(run, entra);
}
