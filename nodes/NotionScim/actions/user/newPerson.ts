import type { IDataObject } from 'n8n-workflow';

import { isPrivilegedRole, roleForNewMember } from '../../../../lib/directory/guards';
import { isEmail } from '../../../../lib/scim/emailKey';
import { attributeChanges } from '../../../../lib/scim/patchOperation';
import type { PersonAttributes } from '../../../../lib/scim/personAttributes';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { asText, personAttributes } from '../../execution/parameters';
import type { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import { changeList, notAnEmail, simplifiedUser } from './person';

/** What `create` and `upsert` are told about a person. */
export interface NewPerson {
	attributes: PersonAttributes & { email: string };
	role: string | undefined;
	options: Record<string, unknown>;
}

export interface AddedPerson {
	user: User;
	/** False where the person was a member already. */
	created: boolean;
	/** Why the role is not the one asked for. */
	note?: string;
}

/** @throws ScimError `invalidInput` without a usable address */
export function readNewPerson(parameters: ItemParameters): NewPerson {
	const email = parameters.requiredText('email', 'Email');
	if (!isEmail(email)) throw notAnEmail(email);
	const fields = parameters.collection('additionalFields');
	return {
		attributes: { ...personAttributes(fields), email },
		role: asText(fields['role']).trim() || undefined,
		options: parameters.collection('options'),
	};
}

/** @throws ScimError `protectedPerson` where the role would let the new person manage others */
export async function addPerson(session: Session, person: NewPerson): Promise<AddedPerson> {
	const { attributes, options } = person;
	const { role, note } = roleForNewMember(
		session.guards,
		attributes.email,
		person.role,
		options['allowExternalMember'] === true,
	);
	if (role !== undefined && isPrivilegedRole(role) && options['allowPrivileged'] !== true) {
		throw new ScimError(
			'protectedPerson',
			`${attributes.email} would join with the role ${role}, which may manage other people. Nothing was written.`,
			'If this is really meant, turn on Allow Privileged People in the options of this node.',
		);
	}
	return { ...(await session.users.create(attributes, role)), ...(note ? { note } : {}) };
}

/** The item of somebody who is new, with everything that Notion made different from what was asked. */
export function createdItem({ user, note }: AddedPerson, person: NewPerson): IDataObject {
	const notTaken = attributeChanges(user, person.attributes).filter(({ from }) => from !== null);
	const otherRole = person.role !== undefined && (user.role ?? 'member') !== person.role;
	return {
		...simplifiedUser(user),
		outcome: 'created',
		...(otherRole ? { requestedRole: person.role } : {}),
		...(note ? { note } : {}),
		...(notTaken.length > 0 ? { notTaken: changeList(notTaken) } : {}),
	};
}
