import { assertMayTakeAway } from '../../../../lib/directory/guards';
import { removalLimit } from '../../descriptions/guardOptions';
import { groupLocator } from '../../descriptions/groupLocator';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { withinRemovalLimit } from '../removalBudget';
import { findGroup, simplifiedGroup } from './group';

export const deleteGroup: ListedOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a group',
	description:
		'Delete a group for good. Its members lose what only the group gave them, and a teamspace has to be attached by hand again.',
	properties: [
		groupLocator('Which group is to be deleted. A group that is gone already is a success that says so.'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [removalLimit],
		},
	],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const locator = parameters.locator('group', 'Group');
			assertMayTakeAway(session.guards, 'delete groups');
			const group = await findGroup(session, locator);
			if (!group) {
				return {
					deleted: true,
					outcome: 'alreadyGone',
					group: { [locator.mode === 'name' ? 'displayName' : 'id']: locator.value },
				};
			}
			const deleted = await withinRemovalLimit(
				session,
				group.memberIds.length,
				parameters.collection('options'),
				async () => await session.groups.delete(group),
			);
			return {
				deleted: true,
				outcome: deleted ? 'deleted' : 'alreadyGone',
				group: simplifiedGroup(group),
			};
		}),
};
