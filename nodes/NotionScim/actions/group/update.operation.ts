import { assertMayWrite } from '../../../../lib/directory/guards/guards';
import { groupNameKey } from '../../../../lib/scim/groupResource';
import { groupLocator } from '../../descriptions/groupLocator';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { groupOf, requireGroup, simplifiedGroup } from './group';

export const update: ListedOperation = {
	name: 'Rename',
	value: 'update',
	writes: 'parameters',
	action: 'Rename a group',
	description: 'Rename a group; its members and its teamspaces stay',
	properties: [
		groupLocator('The group to rename'),
		{
			displayName: 'New Name',
			name: 'newName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Platform Engineering',
			description: 'The new name of the group',
		},
	],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const newName = parameters.requiredText('newName', 'New Name');
			assertMayWrite(session.guards);
			const group = await requireGroup(session, groupOf(parameters));
			if (groupNameKey(group.displayName) === groupNameKey(newName)) {
				return { ...simplifiedGroup(group), outcome: 'unchanged' };
			}
			await session.groups.assertFreeFor(group, newName);
			const renamed = await session.groups.rename(group, newName);
			return {
				...simplifiedGroup(renamed),
				outcome: 'updated',
				changes: [{ attribute: 'displayName', from: group.displayName, to: renamed.displayName }],
			};
		}),
};
