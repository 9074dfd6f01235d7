import { groupLocator } from '../../descriptions/groupLocator';
import { simplify } from '../../descriptions/lists';
import { toolOutputOf } from '../../descriptions/toolOutput';
import { isForModel, itemForm, selected } from '../../execution/itemForm';
import { forAllItems } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { GROUP_FIELDS, groupForModel, groupItem, groupOf, requireGroup } from './group';

export const get: ListedOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a group',
	description: 'Retrieve one group with its members: their IDs, or their names for an AI agent',
	sufficientAccess: 'readOnly',
	properties: [groupLocator('The group to retrieve'), simplify, ...toolOutputOf([...GROUP_FIELDS, 'members'])],
	execute: async (context, session) =>
		await forAllItems(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const group = await requireGroup(session, groupOf(parameters));
			const form = itemForm(context, parameters);
			return isForModel(context, form) ? selected(form, await groupForModel(session, group)) : groupItem(group, form);
		}),
};
