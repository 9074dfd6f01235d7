import { assertMayWrite } from '../../../../lib/directory/guards/guards';
import type { Group } from '../../../../lib/scim/groupResource';
import { ScimError } from '../../../../lib/scim/scimError';
import { groupName } from '../../descriptions/groupName';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { simplifiedGroup } from './group';

export const create: ListedOperation = {
	name: 'Create',
	value: 'create',
	writes: 'parameters',
	action: 'Create a group',
	description: 'Create an empty group; a name that exists already is an error',
	sufficientAccess: 'noRemovals',
	properties: [groupName],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const name = new ItemParameters(context, itemIndex).requiredText('displayName', 'Name');
			assertMayWrite(session.guards);
			const existing = await session.groups.findOrAssertFree(name);
			if (existing) throw groupExists(existing);
			const { group, created } = await session.groups.create(name);
			if (!created) throw groupExists(group);
			return { ...simplifiedGroup(group), outcome: 'created' };
		}),
};

function groupExists({ id, displayName }: Group): ScimError {
	return new ScimError(
		'alreadyExists',
		`A group called "${displayName}" exists already (${id}).`,
		'Use Create or Update to use the existing group.',
		{ evidence: { id } },
	);
}
