import type { IDataObject } from 'n8n-workflow';

import { assertMayGiveRole, roleForNewMember } from '../../../../lib/directory/guards/guards';
import type { AttributeChange } from '../../../../lib/scim/patchOperation';
import type { PersonAttributes } from '../../../../lib/scim/personAttributes';
import { unsettled } from '../../../../lib/scim/updateOutcome';
import type { User } from '../../../../lib/scim/userResource';
import { allowExternalMember, allowPrivileged } from '../../descriptions/guardOptions';
import type { ItemParameters } from '../../execution/parameters';
import { asText } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { Session } from '../../transport/session';
import { readAttributes } from './attributes';
import { changeList, requiredEmail, simplifiedUser } from './person';

/** The inputs of `create` and `upsert` about a person. */
export interface NewPerson {
	attributes: PersonAttributes & { email: string };
	role: string | undefined;
	mayBeExternal: boolean;
	mayBePrivileged: boolean;
}

export interface AddedPerson {
	user: User;
	/** False where the person was a member already. */
	created: boolean;
	/** The role that was requested from Notion; undefined if it was left to Notion. */
	sentRole: string | undefined;
	/** Why that is not the role of the item. */
	note?: string;
}

/** @throws ScimError `invalidInput` without a usable address */
export function readNewPerson(parameters: ItemParameters): NewPerson {
	const email = requiredEmail(parameters.requiredText('email', 'Email'));
	const fields = parameters.collection('additionalFields', 'Additional Fields');
	const options = parameters.collection('options', 'Options');
	return {
		attributes: { ...readAttributes(fields), email },
		role: asText(fields['role']).trim() || undefined,
		mayBeExternal: switchOption(options, allowExternalMember),
		mayBePrivileged: switchOption(options, allowPrivileged),
	};
}

/** @throws ScimError `protectedPerson` if the role would let the new person manage others */
export async function addPerson(session: Session, person: NewPerson): Promise<AddedPerson> {
	const { attributes, mayBeExternal, mayBePrivileged } = person;
	const { role, note } = roleForNewMember(
		session.guards,
		attributes.email,
		person.role,
		mayBeExternal,
	);
	assertMayGiveRole(attributes.email, role, mayBePrivileged);
	const added = await session.users.create(attributes, role);
	return { ...added, sentRole: role, ...(note ? { note } : {}) };
}

/** The item of a new person, with everything that Notion stored differently from the request. */
export function createdItem(
	session: Session,
	{ user, sentRole, note }: AddedPerson,
	person: NewPerson,
): IDataObject {
	const role = user.role ?? 'member';
	const isRoleTaken = sentRole === undefined || role === sentRole;
	const { notTaken: kept, unconfirmed } = unsettled(user, person.attributes, {});
	const notTaken: AttributeChange[] = [
		...kept,
		...(isRoleTaken ? [] : [{ attribute: 'role' as const, from: role, to: sentRole }]),
	];
	session.state.unconfirmedWrites.forget(user.id);
	session.state.unconfirmedWrites.remember(user.id, unconfirmed, Date.now());
	return {
		...simplifiedUser(user),
		outcome: 'created',
		...(person.role !== undefined && role !== person.role ? { requestedRole: person.role } : {}),
		...(note && isRoleTaken ? { note } : {}),
		...(notTaken.length > 0 ? { notTaken: changeList(notTaken) } : {}),
	};
}
