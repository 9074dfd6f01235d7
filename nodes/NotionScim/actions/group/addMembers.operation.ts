import { assertMayWrite } from '../../../../lib/directory/guards/guards';
import { groupLocator } from '../../descriptions/groupLocator';
import { members } from '../../descriptions/members';
import { toItems } from '../../execution/items';
import type { ListedOperation } from '../operation';
import { peopleOf, requestsByGroup } from './membershipItems';
import { addAll } from './membershipChanges';

export const addMembers: ListedOperation = {
	name: 'Add Members',
	value: 'addMembers',
	writes: 'parameters',
	action: 'Add members to a group',
	description: 'Add people to a group; existing members stay',
	sufficientAccess: 'noRemovals',
	properties: [
		groupLocator('The group to add members to'),
		members('The people to add: emails or IDs, comma-separated or as an array'),
	],
	execute: async (context, session) => {
		assertMayWrite(session.guards);
		const sorted = await requestsByGroup(context, session, () => undefined);
		const people = await peopleOf(session, sorted, { includeIds: false });
		return toItems(context, await addAll(context, session, sorted, people));
	},
};
