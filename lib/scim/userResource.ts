import { z } from 'zod';

import { withKnownNames } from './attributeNames';
import { emailKey } from './emailKey';
import type { PersonAttribute, PersonAttributes } from './personAttributes';
import { splitList } from './personAttributes';
import { readBoolean, readNumber } from './scalars';
import { ENTERPRISE_USER_SCHEMA, NOTION_USER_SCHEMA, USER_SCHEMA } from './schemaUrns';
import { ScimError } from './scimError';

/** A User of the workspace, parsed once. */
export interface User {
	id: string;
	/** The primary email address, as Notion spells it. */
	userName: string;
	/** False if Notion says so: the person has left the workspace. */
	active: boolean;
	/** The workspace role; undefined if Notion does not state it, which is the case for members only. */
	role: string | undefined;
	/** The readable attributes; one that the server did not send is absent. */
	attributes: PersonAttributes;
	/** The resource as received, including unknown attributes. */
	resource: Record<string, unknown>;
}

/** Represents a role in an unknown form; guards treat it as the highest. */
const UNREADABLE_ROLE = 'unknown';

/** Some servers send numbers, such as an employee number, without quotes. */
const text = z.union([z.string(), z.number().transform(String)]).nullish().catch(undefined);
const flag = z.unknown().transform(readBoolean);
const valueEntries = z
	.array(z.object({ value: text, formatted: text, primary: flag }).catch({}))
	.nullish()
	.catch(undefined);

// Only `id` and `userName` can be relied on. Anything else that has an unexpected form counts as
// absent instead of making the whole person unreadable, except for `active`: see readActive.
const userSchema = z.object({
	id: z.string().min(1),
	userName: z.string().min(1),
	displayName: text,
	name: z.object({ formatted: text, givenName: text, familyName: text }).nullish().catch(undefined),
	active: z.unknown(),
	title: text,
	locale: text,
	preferredLanguage: text,
	userType: text,
	emails: z.array(z.object({ value: z.string().nullish().catch(undefined) }).catch({})).nullish().catch(undefined),
	phoneNumbers: valueEntries,
	addresses: valueEntries,
	roles: valueEntries,
	photos: valueEntries,
	// An unreadable role must not count as absent, which would make the person an ordinary member.
	[NOTION_USER_SCHEMA]: z
		.object({ role: z.string().nullish().catch(UNREADABLE_ROLE) })
		.nullish()
		.catch({ role: UNREADABLE_ROLE }),
	[ENTERPRISE_USER_SCHEMA]: z
		.object({
			department: text,
			division: text,
			costCenter: text,
			organization: text,
			employeeNumber: text,
			manager: z.object({ value: text, displayName: text }).nullish().catch(undefined),
		})
		.nullish()
		.catch(undefined),
});

/**
 * Reads a User as Notion sends it: names or the role may be missing, ids are not UUID v4, times are epoch
 * milliseconds as text, attribute and schema names come in any case.
 * @throws ScimError `unexpectedAnswer` without `id` or `userName`, or with an unreadable `active`; the
 * message names the row
 */
export function parseUser(body: unknown): User {
	const resource = z.record(z.unknown()).safeParse(body);
	const parsed = userSchema.safeParse(withKnownNames(body));
	if (!parsed.success || !resource.success) throw noUser(body);
	const user = parsed.data;
	const enterprise = user[ENTERPRISE_USER_SCHEMA];
	return {
		id: user.id,
		userName: user.userName,
		active: readActive(user),
		role: readRole(user[NOTION_USER_SCHEMA]?.role),
		attributes: withoutEmpty({
			email: user.userName,
			displayName: user.name?.formatted || user.displayName,
			givenName: user.name?.givenName,
			familyName: user.name?.familyName,
			title: user.title,
			department: enterprise?.department,
			division: enterprise?.division,
			costCenter: enterprise?.costCenter,
			organization: enterprise?.organization,
			employeeNumber: enterprise?.employeeNumber,
			managerEmail: enterprise?.manager?.value,
			managerDisplayName: enterprise?.manager?.displayName,
			jobRole: primaryOf(user.roles)?.value,
			locale: user.locale,
			preferredLanguage: user.preferredLanguage,
			userType: user.userType,
			phoneNumber: primaryOf(user.phoneNumbers)?.value,
			address: primaryOf(user.addresses)?.formatted,
			photoUrl: primaryOf(user.photos)?.value,
			secondaryEmails: (user.emails ?? [])
				.flatMap((entry) => entry.value ?? [])
				.filter((email) => emailKey(email) !== emailKey(user.userName))
				.join(', '),
		}),
		resource: resource.data,
	};
}

/**
 * Whether a person is a member. An attribute that is not stated has no value (RFC 7643 section 2.5), and
 * lists contain members, so a person without `active` is active.
 * @throws ScimError `unexpectedAnswer` for anything but true and false, 1 and 0, as values or as texts
 */
function readActive({ id, userName, active }: { id: string; userName: string; active?: unknown }): boolean {
	if (active === undefined || active === null) return true;
	const isActive = readBoolean(active) ?? ACTIVE_NUMBERS.get(readNumber(active));
	if (isActive !== undefined) return isActive;
	throw new ScimError(
		'unexpectedAnswer',
		`Notion says that "active" of ${userName} (${id}) is ${JSON.stringify(active)}, which is neither true nor false. So no one can tell whether this person is a member.`,
		`Look at ${userName} in Notion under Settings, People, and report what you see there. Nothing is decided from a list with an unreadable person.`,
		{ evidence: { unreadable: { id, userName } } },
	);
}

const ACTIVE_NUMBERS: ReadonlyMap<number | undefined, boolean> = new Map([
	[1, true],
	[0, false],
]);

const KNOWN_ROLES = ['owner', 'membership_admin', 'member', 'restricted_member'];

/** A documented role in any spelling becomes that role; any other text is unchanged. */
function readRole(role: string | null | undefined): string | undefined {
	const text = role?.trim();
	if (!text) return undefined;
	const key = text.toLowerCase().replace(/[\s-]+/g, '_');
	return KNOWN_ROLES.find((known) => known === key) ?? text;
}

/** Describes a row that is not a user by whatever can be read of it. */
function noUser(body: unknown): ScimError {
	const row = z.object({ id: text, userName: text }).catch({}).parse(withKnownNames(body));
	const known = [row.userName, row.id].filter((part) => part).join(', ');
	return new ScimError(
		'unexpectedAnswer',
		`The server answered, but not with a SCIM user that has an ID and a user name${known ? ` (it has ${known})` : ''}.`,
		'Check the Base URL of the credential. If it is right, the server has changed; please report it.',
	);
}

/** All addresses of a person except the primary one, as comparison keys. */
export function secondaryEmailKeys(user: User): string[] {
	return splitList(user.attributes.secondaryEmails ?? '').map(emailKey);
}

/**
 * The body of `POST /Users`: `schemas`, `userName` and the stated attributes (RFC 7644 section 3.3).
 * @param attributes `email` is required; the others may be absent
 * @param role the workspace role, or undefined to leave it to Notion
 */
export function newUserResource(
	attributes: PersonAttributes & { email: string },
	role: string | undefined,
): Record<string, unknown> {
	const enterprise = withoutEmpty({
		department: attributes.department,
		division: attributes.division,
		costCenter: attributes.costCenter,
		organization: attributes.organization,
		employeeNumber: attributes.employeeNumber,
	});
	const manager = withoutEmpty({
		value: attributes.managerEmail,
		displayName: attributes.managerDisplayName,
	});
	const name = withoutEmpty({
		formatted: attributes.displayName,
		givenName: attributes.givenName,
		familyName: attributes.familyName,
	});
	const hasEnterprise = !isEmpty(enterprise) || !isEmpty(manager);
	return {
		schemas: [
			USER_SCHEMA,
			...(hasEnterprise ? [ENTERPRISE_USER_SCHEMA] : []),
			...(role ? [NOTION_USER_SCHEMA] : []),
		],
		userName: attributes.email,
		...(isEmpty(name) ? {} : { name }),
		...withoutEmpty({
			title: attributes.title,
			locale: attributes.locale,
			preferredLanguage: attributes.preferredLanguage,
			userType: attributes.userType,
		}),
		...multiValued('phoneNumber', attributes),
		...multiValued('address', attributes),
		...multiValued('jobRole', attributes),
		...multiValued('photoUrl', attributes),
		...multiValued('secondaryEmails', attributes),
		...(hasEnterprise
			? { [ENTERPRISE_USER_SCHEMA]: { ...enterprise, ...(isEmpty(manager) ? {} : { manager }) } }
			: {}),
		...(role ? { [NOTION_USER_SCHEMA]: { role } } : {}),
	};
}

type MultiValuedAttribute = 'phoneNumber' | 'address' | 'jobRole' | 'photoUrl' | 'secondaryEmails';

/** The value of a multi-valued SCIM attribute; Notion stores the primary entry (Notion help, "SCIM"). */
export function multiValuedEntries(
	attribute: MultiValuedAttribute,
	value: string,
	email: string,
): Array<Record<string, unknown>> {
	switch (attribute) {
		case 'address':
			return [{ formatted: value, primary: true }];
		case 'secondaryEmails':
			return [
				{ value: email, primary: true },
				...splitList(value)
					.filter((secondary) => emailKey(secondary) !== emailKey(email))
					.map((secondary) => ({ value: secondary, primary: false })),
			];
		default:
			return [{ value, primary: true }];
	}
}

const MULTI_VALUED_NAMES: Record<MultiValuedAttribute, string> = {
	phoneNumber: 'phoneNumbers',
	address: 'addresses',
	jobRole: 'roles',
	photoUrl: 'photos',
	secondaryEmails: 'emails',
};

/** The SCIM name of a multi-valued attribute, or undefined for a single-valued one. */
export function multiValuedName(attribute: PersonAttribute): string | undefined {
	return isMultiValued(attribute) ? MULTI_VALUED_NAMES[attribute] : undefined;
}

export function isMultiValued(attribute: PersonAttribute): attribute is MultiValuedAttribute {
	return attribute in MULTI_VALUED_NAMES;
}

function multiValued(
	attribute: MultiValuedAttribute,
	attributes: PersonAttributes & { email: string },
): Record<string, unknown> {
	const value = attributes[attribute];
	if (!value) return {};
	return { [MULTI_VALUED_NAMES[attribute]]: multiValuedEntries(attribute, value, attributes.email) };
}

function primaryOf<T extends { primary?: boolean | undefined }>(
	entries: T[] | null | undefined,
): T | undefined {
	return entries?.find((entry) => entry.primary === true) ?? entries?.[0];
}

function withoutEmpty<K extends string>(
	values: Record<K, string | null | undefined>,
): Partial<Record<K, string>> {
	const kept: Partial<Record<K, string>> = {};
	for (const key in values) {
		const value = values[key];
		if (value) kept[key] = value;
	}
	return kept;
}

function isEmpty(values: object): boolean {
	return Object.keys(values).length === 0;
}
