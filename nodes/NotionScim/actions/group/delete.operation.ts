import { assertMayTakeAway, assertWholeMembership } from '../../../../lib/directory/guards/guards';
import { looksLikeId, resourceId } from '../../../../lib/scim/resourceId';
import { allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { groupLocator } from '../../descriptions/groupLocator';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { ListedOperation } from '../operation';
import { removalBudgetIn, withinRemovalLimit } from '../removalBudget';
import { assertNoPrivilegedMembers, findGroup, groupNotFound, groupOf, simplifiedGroup } from './group';

export const deleteGroup: ListedOperation = {
	name: 'Delete',
	value: 'delete',
	writes: 'parameters',
	action: 'Delete a group',
	description:
		'Delete a group permanently. Its members lose the access that only the group gave them, and an admin has to reconnect teamspaces by hand.',
	properties: [
		groupLocator('The group to delete. If it is picked by ID and gone already, the operation succeeds and reports that.'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowPrivileged, removalLimit],
		},
	],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const locator = groupOf(parameters);
			assertMayTakeAway(session.guards, 'delete groups');
			const options = parameters.collection('options', 'Options');
			const mayBePrivileged = switchOption(options, allowPrivileged);
			const budget = removalBudgetIn(options);
			const group = await findGroup(session, locator);
			if (!group) {
				// An ID stands for one group permanently; an unknown name is more likely a typing error.
				if (locator.mode === 'name' || !looksLikeId(locator.value)) {
					throw await groupNotFound(session, locator);
				}
				await session.groups.assertOffered();
				return { deleted: true, outcome: 'alreadyGone', group: { id: resourceId(locator.value) } };
			}
			if (!mayBePrivileged) {
				assertWholeMembership(group);
				await assertNoPrivilegedMembers(session, group.memberIds);
			}
			const deleted = await withinRemovalLimit(
				session,
				group.memberIds.length,
				budget,
				async () => await session.groups.delete(group),
			);
			return {
				deleted: true,
				outcome: deleted ? 'deleted' : 'alreadyGone',
				group: simplifiedGroup(group),
			};
		}),
};
