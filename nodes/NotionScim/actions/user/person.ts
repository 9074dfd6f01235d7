import type { IDataObject } from 'n8n-workflow';

import { readEmail, shownEntry } from '../../../../lib/scim/emailAddress';
import { isSecondaryAddress } from '../../../../lib/scim/userIndex';
import { personNotFound } from '../../../../lib/scim/people';
import { PERSON_ATTRIBUTES } from '../../../../lib/scim/personAttributes';
import type { AttributeChange } from '../../../../lib/scim/patchOperation';
import { looksLikeId } from '../../../../lib/scim/resourceId';
import { remedyForKept } from '../../../../lib/scim/sameValue';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import type { UserUpdate } from '../../../../lib/scim/users';
import type { ItemForm } from '../../execution/itemForm';
import { selected } from '../../execution/itemForm';
import { resourceItem } from '../../execution/resourceItem';
import type { Session } from '../../transport/session';

/** The key by which an operation finds a person: a bare address, or an id. */
export interface PersonLocator {
	by: 'email' | 'id';
	value: string;
}

/** The result of a lookup: a member, or the evidence that there is none. */
export type FoundPerson =
	| { user: User }
	| { user: undefined; seenAs: 'notFound' | 'inactive' };

/**
 * The person that the parameter `user` names. An address counts as one in every mode: expressions return
 * addresses in place of a list entry, and no id is an address.
 * @throws ScimError `invalidInput` for a text that is neither an address nor an id
 */
export function personLocator({ mode, value }: { mode: string; value: string }): PersonLocator {
	const email = readEmail(value);
	if (email !== undefined) return { by: 'email', value: email };
	if (mode === 'email') throw notAnEmail(value);
	// The list returns Notion's ids in any form.
	if (looksLikeId(value) || (mode === 'list' && /^[^\s@]+$/.test(value))) return { by: 'id', value };
	throw new ScimError(
		'invalidInput',
		`"${shownEntry(value)}" is neither an ID nor an email address.`,
		'Pick the person from the list or by email, or check the expression. An ID of Notion looks like 24bd872b-594c-8191-ad2a-0002d5e040a0.',
	);
}

/**
 * Looks up a person in the workspace.
 * @throws ScimError `ambiguous` if it is another person's secondary address
 */
export async function lookForPerson(
	session: Session,
	locator: PersonLocator,
): Promise<FoundPerson> {
	const user = locator.by === 'email'
		? await findByEmail(session, locator.value)
		: await session.users.findById(locator.value);
	if (user?.active) return { user };
	return { user: undefined, seenAs: user ? 'inactive' : 'notFound' };
}

async function findByEmail(session: Session, email: string): Promise<User | undefined> {
	const found = await session.users.findByEmail(email);
	if (found.match === 'secondary') throw isSecondaryAddress(email, found.user);
	return found.match === 'primary' ? found.user : undefined;
}

/** The person in the workspace, or undefined if there is none. @throws as {@link lookForPerson} */
export async function findPerson(
	session: Session,
	locator: PersonLocator,
): Promise<User | undefined> {
	return (await lookForPerson(session, locator)).user;
}

/** @throws ScimError `notFound` if there is none, and what {@link findPerson} throws */
export async function requirePerson(session: Session, locator: PersonLocator): Promise<User> {
	const user = await findPerson(session, locator);
	if (!user) throw personNotFound(locator.value);
	return user;
}

/** The bare address in a parameter that names one person. @throws ScimError `invalidInput` */
export function requiredEmail(written: string): string {
	const email = readEmail(written);
	if (email !== undefined) return email;
	throw notAnEmail(written);
}

function notAnEmail(value: string): ScimError {
	return new ScimError(
		'invalidInput',
		`"${shownEntry(value)}" is not an email address.`,
		looksLikeId(value) ? 'It looks like an ID: pick By ID.' : 'Check the expression, or the data of this item.',
	);
}

/**
 * A person as an item, flat and named like the fields of the node. A role that Notion does not state is a
 * member's, and the item states it.
 */
export function simplifiedUser(user: User): IDataObject {
	return {
		id: user.id,
		...user.attributes,
		role: user.role ?? 'member',
		...(user.role === undefined ? { roleStated: false } : {}),
		active: user.active,
	};
}

/** The fields of {@link simplifiedUser}. */
export const USER_FIELDS: readonly string[] = ['id', ...PERSON_ATTRIBUTES, 'role', 'active'];

export function userItem(user: User, form: ItemForm): IDataObject {
	return form === 'raw' ? resourceItem(user.resource) : selected(form, simplifiedUser(user));
}

export function changeList(changes: AttributeChange[]): IDataObject[] {
	return changes.map(({ attribute, from, to }) => ({ attribute, from, to }));
}

/**
 * The item of an update. A value that Notion did not accept is an error, so that no one relies on it; a value
 * that Notion never states, or shows in another form, is reported as unconfirmed.
 * @throws ScimError `notTaken`
 */
export function updateItem(update: UserUpdate): IDataObject {
	const { user, changes, notTaken, unconfirmed } = update;
	if (notTaken.length > 0) throw notTakenError(update);
	return {
		...simplifiedUser(user),
		// A value that the server never shows cannot count as updated.
		outcome: unconfirmed.length === changes.length ? 'unconfirmed' : 'updated',
		changes: changeList(changes),
		...(unconfirmed.length > 0
			? { unconfirmed: unconfirmed.map(({ attribute }) => attribute) }
			: {}),
	};
}

function notTakenError({ user, changes, notTaken }: UserUpdate): ScimError {
	const kept = notTaken.map(({ attribute, from, to }) => `${attribute} is still "${from}" instead of "${to}"`);
	const taken = changes
		.filter((change) => !notTaken.some(({ attribute }) => attribute === change.attribute))
		.map(({ attribute }) => attribute);
	return new ScimError(
		'notTaken',
		`Notion accepted the update of ${user.userName} but did not take it: ${kept.join('; ')}.${
			taken.length > 0 ? ` Taken: ${taken.join(', ')}.` : ''
		}`,
		remedyForKept(notTaken.map(({ attribute }) => attribute)),
		{ evidence: { notTaken } },
	);
}
