import { assertMayWrite } from '../../../../lib/directory/guards';
import { groupName } from '../../descriptions/groupName';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { simplifiedGroup } from './group';

export const upsert: ListedOperation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update a group',
	description: 'Create a new group, or update the current one if it already exists (upsert)',
	properties: [groupName],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const name = new ItemParameters(context, itemIndex).requiredText('displayName', 'Name');
			const existing = await session.groups.findOrAssertFree(name);
			if (existing) return { ...simplifiedGroup(existing), outcome: 'unchanged' };
			assertMayWrite(session.guards);
			const { group, created } = await session.groups.create(name);
			if (!created) return { ...simplifiedGroup(group), outcome: 'unchanged' };
			// Names need not be unique in Notion, so two runs that race would leave two groups unnoticed.
			await session.groups.findOneByName(name);
			return { ...simplifiedGroup(group), outcome: 'created' };
		}),
};
