import { groupName } from '../../descriptions/groupName';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { ensureGroup, simplifiedGroup } from './group';

export const upsert: ListedOperation = {
	name: 'Create or Update',
	value: 'upsert',
	writes: 'parameters',
	action: 'Create or update a group',
	description: 'Create a new group, or update the current one if it already exists (upsert)',
	sufficientAccess: 'noRemovals',
	properties: [groupName],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const name = new ItemParameters(context, itemIndex).requiredText('displayName', 'Name');
			const { group, created } = await ensureGroup(session, name);
			return { ...simplifiedGroup(group), outcome: created ? 'created' : 'unchanged' };
		}),
};
