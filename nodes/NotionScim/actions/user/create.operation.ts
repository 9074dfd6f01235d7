import type { IDataObject } from 'n8n-workflow';

import { assertMayWrite } from '../../../../lib/directory/guards/guards';
import type { User } from '../../../../lib/scim/userResource';
import { allowExternalMember, allowPrivileged } from '../../descriptions/guardOptions';
import { additionalFields, email } from '../../descriptions/personFields';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { addPerson, createdItem, readNewPerson } from './newPerson';
import { findPerson, simplifiedUser } from './person';

export const create: ListedOperation = {
	name: 'Create',
	value: 'create',
	writes: 'parameters',
	action: 'Create a user',
	description: 'Add a person to the workspace; an existing member is returned unchanged',
	sufficientAccess: 'noRemovals',
	properties: [
		email,
		additionalFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowExternalMember, allowPrivileged],
		},
	],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const person = readNewPerson(new ItemParameters(context, itemIndex));
			assertMayWrite(session.guards);
			const { email } = person.attributes;
			const member = await findPerson(session, { by: 'email', value: email });
			if (member) return alreadyMemberItem(member);
			const added = await addPerson(session, person);
			return added.created ? createdItem(session, added, person) : alreadyMemberItem(added.user);
		}),
};

function alreadyMemberItem(user: User): IDataObject {
	return { ...simplifiedUser(user), outcome: 'alreadyMember' };
}
