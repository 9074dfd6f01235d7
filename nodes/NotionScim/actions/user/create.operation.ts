import { assertMayWrite } from '../../../../lib/directory/guards';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import { allowExternalMember, allowPrivileged } from '../../descriptions/guardOptions';
import { additionalFields, email } from '../../descriptions/personFields';
import type { ListedOperation } from '../operation';
import { addPerson, createdItem, readNewPerson } from './newPerson';
import { simplifiedUser } from './person';

export const create: ListedOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create a user',
	description: 'Add a person to the workspace; a member who is there already is returned unchanged',
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
			const added = await addPerson(session, person);
			return added.created
				? createdItem(added, person)
				: { ...simplifiedUser(added.user), outcome: 'alreadyMember' };
		}),
};
