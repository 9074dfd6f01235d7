import { assertMayTakeAway } from '../../../../lib/directory/guards/guards';
import { groupLocator } from '../../descriptions/groupLocator';
import { allowPrivileged, alreadyUsed, removalLimit } from '../../descriptions/guardOptions';
import { members } from '../../descriptions/members';
import { toItems } from '../../execution/items';
import type { ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { ListedOperation } from '../operation';
import { removalBudgetIn } from '../removalBudget';
import type { RemovingOptions } from './membershipChanges';
import { removeAll } from './membershipChanges';
import { peopleOf, requestsByGroup } from './membershipItems';

export const removeMembers: ListedOperation = {
	name: 'Remove Members',
	value: 'removeMembers',
	writes: 'parameters',
	action: 'Remove members from a group',
	description: 'Remove people from a group; they stay in the workspace',
	properties: [
		groupLocator('The group to remove members from'),
		members('The people to remove: emails or IDs, comma-separated or as an array'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowPrivileged, alreadyUsed, removalLimit],
		},
	],
	execute: async (context, session) => {
		assertMayTakeAway(session.guards, 'remove people from groups');
		const sorted = await requestsByGroup(context, session, readOptions);
		// All roles must be known, so that privileged people are not removed by accident.
		const people = await peopleOf(session, sorted, { includeIds: true });
		return toItems(context, await removeAll(context, session, sorted, people));
	},
};

function readOptions(parameters: ItemParameters): RemovingOptions {
	const options = parameters.collection('options', 'Options');
	return {
		allowPrivileged: switchOption(options, allowPrivileged),
		budget: removalBudgetIn(options),
	};
}
