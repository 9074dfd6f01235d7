import type { INodeProperties } from 'n8n-workflow';

import type { ListReading } from '../../../../lib/scim/completeList';
import { isOneOfDomains, readDomain, shownEntry } from '../../../../lib/scim/emailAddress';
import { emailDomain, emailKey } from '../../../../lib/scim/emailKey';
import type { FilterableAttribute } from '../../../../lib/scim/filter';
import { mayBeDueToFilter } from '../../../../lib/scim/filter';
import { proseKey } from '../../../../lib/scim/sameValue';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { completeRows } from '../../../../lib/scim/users';
import { allowIncomplete, limit, returnAll, simplify } from '../../descriptions/lists';
import { toolOutputOf } from '../../descriptions/toolOutput';
import { INCOMPLETE_LIST, showHints } from '../../execution/executionHints';
import { itemForm } from '../../execution/itemForm';
import { forEachItem } from '../../execution/items';
import { asText, ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { requiredEmail, USER_FIELDS, userItem } from './person';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'name@email.com',
			description: 'Only the person with this address',
		},
		{
			displayName: 'Email Domain',
			name: 'emailDomain',
			type: 'string',
			default: '',
			placeholder: 'e.g. example.com',
			description:
				'Only people of this domain; *.example.com means its subdomains as well. Notion cannot filter by it, so all people are read.',
		},
		{
			displayName: 'Family Name',
			name: 'familyName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Lovelace',
			description: 'Only people with exactly this family name, in this case',
		},
		{
			displayName: 'Given Name',
			name: 'givenName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ada',
			description: 'Only people with exactly this given name, in this case',
		},
		{
			displayName: 'Role',
			name: 'role',
			type: 'string',
			default: '',
			placeholder: 'e.g. owner',
			description:
				'Only people with this role: owner, membership_admin, member or restricted_member. Notion cannot filter by it, so all people are read.',
		},
	],
};

export const getAll: ListedOperation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'Retrieve the people of the workspace, without guests',
	sufficientAccess: 'readOnly',
	properties: [
		returnAll,
		limit,
		filters,
		simplify,
		...toolOutputOf(USER_FIELDS),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowIncomplete],
		},
	],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const most = parameters.switch(returnAll) ? Infinity : parameters.number(limit);
			const wanted = readFilters(parameters.collection('filters', 'Filters'));
			const tolerant = switchOption(parameters.collection('options', 'Options'), allowIncomplete);
			const { users, complete } = await readUsers(session, wanted, most, tolerant);
			const form = itemForm(context, parameters);
			if (!complete) showHints(context, [INCOMPLETE_LIST]);
			return users.map((user) => ({
				...userItem(user, form),
				...(complete ? {} : { listComplete: false }),
			}));
		}),
};

interface Wanted {
	/** The filter for Notion, whose SCIM API accepts one attribute at a time. */
	filter: { attribute: FilterableAttribute; value: string } | undefined;
	/** Every condition is checked again, because a filter may be ignored. */
	matches: (user: User) => boolean;
	/** Whether a condition can only be checked by reading all people. */
	needsAllUsers: boolean;
}

function readFilters(fields: Record<string, unknown>): Wanted {
	const writtenEmail = asText(fields['email']).trim();
	const email = writtenEmail === '' ? '' : requiredEmail(writtenEmail);
	const domains = domainsIn(asText(fields['emailDomain']).trim());
	const familyName = asText(fields['familyName']).trim();
	const givenName = asText(fields['givenName']).trim();
	const role = asText(fields['role']).trim();
	return {
		filter: email
			? { attribute: 'email', value: emailKey(email) }
			: familyName
				? { attribute: 'family_name', value: familyName }
				: givenName
					? { attribute: 'given_name', value: givenName }
					: undefined,
		matches: (user) =>
			user.active &&
			(email === '' || emailKey(user.userName) === emailKey(email)) &&
			(domains === undefined || isOneOfDomains(domains, emailDomain(user.userName))) &&
			(familyName === '' || namePartMatches(user, user.attributes.familyName, familyName)) &&
			(givenName === '' || namePartMatches(user, user.attributes.givenName, givenName)) &&
			(role === '' || (user.role ?? 'member') === role),
		needsAllUsers:
			domains !== undefined || [email, familyName, givenName, role].some((filter) => filter !== ''),
	};
}

/** @returns undefined if no domain is given. @throws ScimError `invalidInput` for anything but a domain */
function domainsIn(written: string): ReadonlySet<string> | undefined {
	if (written === '') return undefined;
	const domain = readDomain(written);
	if (domain !== undefined) return new Set([domain]);
	throw new ScimError(
		'invalidInput',
		`Email Domain is "${shownEntry(written)}", which is not a domain.`,
		'Write it as example.com, or as *.example.com for its subdomains as well.',
	);
}

/** If Notion does not state the parts of a name, its own filter has to be trusted. */
function namePartMatches(user: User, part: string | undefined, wanted: string): boolean {
	if (part !== undefined) return proseKey(part) === proseKey(wanted);
	return proseKey(user.attributes.displayName ?? '').split(' ').includes(proseKey(wanted));
}

async function readUsers(
	session: Session,
	wanted: Wanted,
	most: number,
	tolerant: boolean,
): Promise<{ users: User[]; complete: boolean }> {
	const isAnybodyWelcome = most !== Infinity && !wanted.needsAllUsers;
	const reading = isAnybodyWelcome
		? await session.users.readFirst(most)
		: await readMatching(session, wanted);
	const rows = tolerant ? reading.rows : completeRows(reading, 'users');
	return { users: rows.filter(wanted.matches).slice(0, most), complete: reading.complete };
}

/**
 * Every condition is checked again, so a filter that Notion refuses costs time but does not change the
 * result. An empty result proves nothing, because the filter may compare capitals or spellings exactly: then
 * all people are read.
 */
async function readMatching(
	session: Session,
	{ filter, matches }: Wanted,
): Promise<ListReading<User>> {
	if (!filter) return await session.users.readAll();
	try {
		const reading = await session.users.readAll(filter);
		if (reading.rows.some(matches)) return reading;
	} catch (error) {
		if (!mayBeDueToFilter(error)) return Promise.reject(error);
	}
	return await session.users.readAll();
}
