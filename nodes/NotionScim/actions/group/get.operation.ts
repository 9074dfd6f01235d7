import { groupLocator } from '../../descriptions/groupLocator';
import { simplify } from '../../descriptions/lists';
import { forAllItems } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { groupItem, groupOf, requireGroup } from './group';

export const get: ListedOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a group',
	description: 'Retrieve one group with the IDs of its members',
	sufficientAccess: 'readOnly',
	properties: [groupLocator('The group to retrieve'), simplify],
	execute: async (context, session) =>
		await forAllItems(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const group = await requireGroup(session, groupOf(parameters));
			return groupItem(group, parameters.switch(simplify));
		}),
};
