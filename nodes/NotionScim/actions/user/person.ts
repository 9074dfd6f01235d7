import type { IDataObject } from 'n8n-workflow';

import { isEmail } from '../../../../lib/scim/emailKey';
import { isSecondaryAddress } from '../../../../lib/scim/everybody';
import { personNotFound } from '../../../../lib/scim/people';
import type { AttributeChange } from '../../../../lib/scim/patchOperation';
import { remedyForKept } from '../../../../lib/scim/sameValue';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import type { UserUpdate } from '../../../../lib/scim/users';
import { resourceItem } from '../../execution/resourceItem';
import type { Session } from '../../transport/session';

/** How a person was picked: mode `email`, `id` or `list`, or a plain text from an expression. */
export interface PersonLocator {
	mode: string;
	value: string;
}

/** Who was looked for: a member, or how it was seen that there is none. */
export type FoundPerson =
	| { user: User }
	| { user: undefined; seenAs: 'notFound' | 'inactive' };

/** Whether a locator names an address; anything else is an id. */
export function isByEmail({ mode, value }: PersonLocator): boolean {
	return mode === 'email' || (mode === 'any' && isEmail(value));
}

/**
 * Looks for a person in the workspace.
 *
 * @throws ScimError `ambiguous` where it is a secondary address of somebody
 */
export async function lookForPerson(
	session: Session,
	locator: PersonLocator,
): Promise<FoundPerson> {
	const user = isByEmail(locator)
		? await findByEmail(session, locator.value)
		: await session.users.findById(locator.value);
	if (user?.active) return { user };
	return { user: undefined, seenAs: user ? 'inactive' : 'notFound' };
}

async function findByEmail(session: Session, email: string): Promise<User | undefined> {
	if (!isEmail(email)) throw notAnEmail(email);
	const found = await session.users.findByEmail(email);
	if (found.match === 'secondary') throw isSecondaryAddress(email, found.user);
	return found.match === 'primary' ? found.user : undefined;
}

/** The person in the workspace, or undefined for nobody. @throws as {@link lookForPerson} */
export async function findPerson(
	session: Session,
	locator: PersonLocator,
): Promise<User | undefined> {
	return (await lookForPerson(session, locator)).user;
}

/** @throws ScimError `notFound` for nobody, and what {@link findPerson} throws */
export async function requirePerson(session: Session, locator: PersonLocator): Promise<User> {
	const user = await findPerson(session, locator);
	if (!user) throw personNotFound(locator.value);
	return user;
}

export function notAnEmail(value: string): ScimError {
	return new ScimError(
		'invalidInput',
		`"${value}" is not an email address.`,
		'Check the expression, or the data of this item.',
	);
}

/**
 * A person as an item, flat and named as the fields of the node. A role that Notion does not state
 * is a member's, and the item says so.
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

export function userItem(user: User, simplify: boolean): IDataObject {
	return simplify ? simplifiedUser(user) : resourceItem(user.resource);
}

export function changeList(changes: AttributeChange[]): IDataObject[] {
	return changes.map(({ attribute, from, to }) => ({ attribute, from, to }));
}

/**
 * The item of an update. What Notion did not take is an error, so that no one believes in it; what
 * Notion never states, or shows in another form, is called unconfirmed.
 *
 * @throws ScimError `notTaken`
 */
export function updateItem(update: UserUpdate): IDataObject {
	const { user, changes, notTaken, unconfirmed } = update;
	if (notTaken.length > 0) throw notTakenError(update);
	return {
		...simplifiedUser(user),
		// Nobody can call an update what the server never shows.
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
