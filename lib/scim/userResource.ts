import { z } from 'zod';

import type { AttributeDeclaration } from './attributeDeclarations';
import { ATTRIBUTE_DECLARATIONS } from './attributeDeclarations';
import { withKnownNames } from './attributeNames';
import { emailKey } from './emailKey';
import type { PersonAttributes } from './personAttributes';
import { splitList } from './personAttributes';
import { readBoolean, readNumber } from './scalars';
import { NOTION_USER_SCHEMA, USER_SCHEMA } from './schemaUrns';
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

// Only `id` and `userName` can be relied on. Anything else that has an unexpected form counts as
// absent instead of making the whole person unreadable, except for `active`: see readActive.
const userSchema = z.object({
	id: z.string().min(1),
	userName: z.string().min(1),
	active: z.unknown(),
	// An unreadable role must not count as absent, which would make the person an ordinary member.
	[NOTION_USER_SCHEMA]: z
		.object({ role: z.string().nullish().catch(UNREADABLE_ROLE) })
		.nullish()
		.catch({ role: UNREADABLE_ROLE }),
});

/**
 * Reads a User as Notion sends it: names or the role may be missing, ids are not UUID v4, times are epoch
 * milliseconds as text, attribute and schema names come in any case.
 * @throws ScimError `unexpectedAnswer` without `id` or `userName`, or with an unreadable `active`; the
 * message names the row
 */
export function parseUser(body: unknown): User {
	const resource = z.record(z.unknown()).safeParse(body);
	const named = withKnownNames(body);
	const parsed = userSchema.safeParse(named);
	if (!parsed.success || !resource.success) throw noUser(body);
	const user = parsed.data;
	return {
		id: user.id,
		userName: user.userName,
		active: readActive(user),
		role: readRole(user[NOTION_USER_SCHEMA]?.role),
		attributes: readAttributes(named, user.userName),
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
	const schemas = new Set([USER_SCHEMA]);
	const resource: Record<string, unknown> = {};
	for (const declared of ATTRIBUTE_DECLARATIONS) {
		const value = attributes[declared.name];
		if (!value) continue;
		if ('schema' in declared) schemas.add(declared.schema);
		placeAt(resource, placeOf(declared), writtenValue(declared, value, attributes.email));
	}
	if (role) {
		schemas.add(NOTION_USER_SCHEMA);
		resource[NOTION_USER_SCHEMA] = { role };
	}
	return { schemas: [...schemas], ...resource };
}

/**
 * A value as it stands in a resource or a PATCH. Of a list, Notion stores the primary entry (Notion help,
 * "SCIM").
 *
 * @param email the primary address, which leads the list of addresses
 */
export function writtenValue(
	{ entry, holds }: AttributeDeclaration,
	value: string,
	email: string,
): string | Array<Record<string, unknown>> {
	if (entry === undefined) return value;
	if (holds !== 'addresses') return [{ [entry]: value, primary: true }];
	return [
		{ [entry]: email, primary: true },
		...splitList(value)
			.filter((secondary) => emailKey(secondary) !== emailKey(email))
			.map((secondary) => ({ [entry]: secondary, primary: false })),
	];
}

/** What could be read. A value of an unexpected form counts as absent. */
function readAttributes(resource: unknown, userName: string): PersonAttributes {
	const attributes: PersonAttributes = {};
	for (const declared of ATTRIBUTE_DECLARATIONS) {
		const value = declared.name === 'email' ? userName : valueOf(resource, declared, userName);
		if (value) attributes[declared.name] = value;
	}
	return attributes;
}

function valueOf(
	resource: unknown,
	declared: AttributeDeclaration,
	userName: string,
): string | undefined {
	const { entry, holds, alsoAt } = declared;
	const found = at(resource, placeOf(declared));
	if (entry === undefined) {
		return textOf(found) || (alsoAt === undefined ? undefined : textOf(at(resource, alsoAt)));
	}
	const entries: unknown[] = Array.isArray(found) ? found : [];
	if (holds === 'addresses') {
		return entries
			.map((one) => at(one, [entry]))
			.filter((email) => typeof email === 'string')
			.filter((email) => emailKey(email) !== emailKey(userName))
			.join(', ');
	}
	const primary = entries.find((one) => readBoolean(at(one, ['primary'])) === true) ?? entries[0];
	return textOf(at(primary, [entry]));
}

function placeOf({ schema, path }: AttributeDeclaration): readonly string[] {
	return schema === undefined ? path : [schema, ...path];
}

function at(value: unknown, place: readonly string[]): unknown {
	return place.reduce((found, name) => (isRecord(found) ? found[name] : undefined), value);
}

function textOf(value: unknown): string | undefined {
	return text.parse(value) ?? undefined;
}

function placeAt(resource: Record<string, unknown>, place: readonly string[], value: unknown): void {
	const [name = '', ...inner] = place;
	if (inner.length === 0) {
		resource[name] = value;
		return;
	}
	const existing = resource[name];
	const part = isRecord(existing) ? existing : {};
	resource[name] = part;
	placeAt(part, inner, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
