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
	action: 'Rename a group',
	description: 'Give a group another name; its members and its teamspaces stay',
	properties: [
		groupLocator('Which group is to be renamed'),
		{
			displayName: 'New Name',
			name: 'newName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Platform Engineering',
			description: 'The name that the group is to have',
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
