import { z } from 'zod';

import { emailKey } from './emailKey';
import type { PersonAttribute, PersonAttributes } from './personAttributes';
import { splitList } from './personAttributes';
import { ENTERPRISE_USER_SCHEMA, NOTION_USER_SCHEMA, USER_SCHEMA } from './schemaUrns';
import { ScimError } from './scimError';

/** A User of the workspace, parsed once. */
export interface User {
	id: string;
	/** The primary e-mail address, as Notion spells it. */
	userName: string;
	/** False only where Notion says so: such a person has left the workspace. */
	active: boolean;
	/** The workspace role; undefined where Notion does not state it, which it does for members only. */
	role: string | undefined;
	/** What could be read; an attribute that the server did not send is absent. */
	attributes: PersonAttributes;
	/** The resource as it came, with everything unknown kept. */
	resource: Record<string, unknown>;
}

/** Stands for a role of a form that nobody has seen; guards treat it as the highest. */
const UNREADABLE_ROLE = 'unknown';

const text = z.string().nullish().catch(undefined);
const valueEntries = z
	.array(
		z
			.object({ value: text, formatted: text, primary: z.boolean().nullish().catch(undefined) })
			.catch({}),
	)
	.nullish()
	.catch(undefined);

// Only `id` and `userName` can be relied on. Anything else that has an unexpected form counts as
// absent instead of making the whole person unreadable.
const userSchema = z.object({
	id: z.string().min(1),
	userName: z.string().min(1),
	displayName: text,
	name: z.object({ formatted: text, givenName: text, familyName: text }).nullish().catch(undefined),
	active: z.boolean().nullish().catch(undefined),
	title: text,
	locale: text,
	preferredLanguage: text,
	userType: text,
	emails: valueEntries,
	phoneNumbers: valueEntries,
	addresses: valueEntries,
	roles: valueEntries,
	photos: valueEntries,
	// A role that is there but unreadable must not pass for none, which would be a member's.
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
 * Reads a User as Notion sends it: names may be missing, the role may be missing, ids are no UUID v4,
 * times are epoch milliseconds in a text.
 *
 * @throws ScimError `unexpectedAnswer` without `id` or `userName`
 */
export function parseUser(body: unknown): User {
	const parsed = userSchema.safeParse(body);
	const resource = z.record(z.unknown()).safeParse(body);
	if (!parsed.success || !resource.success) {
		throw new ScimError(
			'unexpectedAnswer',
			'The server answered, but not with a SCIM user that has an ID and a user name.',
			'Check the Base URL of the credential. If it is right, the server has changed; please report it.',
		);
	}
	const user = parsed.data;
	const enterprise = user[ENTERPRISE_USER_SCHEMA];
	return {
		id: user.id,
		userName: user.userName,
		active: user.active !== false,
		role: user[NOTION_USER_SCHEMA]?.role || undefined,
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

/** All addresses that belong to a person besides the primary one, in comparable form. */
export function secondaryEmailKeys(user: User): string[] {
	return splitList(user.attributes.secondaryEmails ?? '').map(emailKey);
}

/**
 * The body of `POST /Users`: `schemas`, `userName` and what is stated (RFC 7644 section 3.3).
 *
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

function primaryOf<T extends { primary?: boolean | null | undefined }>(
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
