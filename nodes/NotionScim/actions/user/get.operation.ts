import { simplify } from '../../descriptions/lists';
import { toolOutputOf } from '../../descriptions/toolOutput';
import { userLocator } from '../../descriptions/userLocator';
import { itemForm } from '../../execution/itemForm';
import { forAllItems } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { personLocator, requirePerson, USER_FIELDS, userItem } from './person';

export const get: ListedOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a user',
	description: 'Retrieve one person of the workspace',
	sufficientAccess: 'readOnly',
	properties: [userLocator('The person to retrieve'), simplify, ...toolOutputOf(USER_FIELDS)],
	execute: async (context, session) =>
		await forAllItems(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const user = await requirePerson(session, personLocator(parameters.locator('user', 'User')));
			return userItem(user, itemForm(context, parameters));
		}),
};
