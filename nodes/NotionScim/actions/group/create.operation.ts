import { assertMayWrite } from '../../../../lib/directory/guards';
import type { Group } from '../../../../lib/scim/groupResource';
import { severalGroups } from '../../../../lib/scim/groups';
import { ScimError } from '../../../../lib/scim/scimError';
import { groupName } from '../../descriptions/groupName';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { simplifiedGroup } from './group';

export const create: ListedOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create a group',
	description: 'Create an empty group; a name that exists already is an error',
	properties: [groupName],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const name = new ItemParameters(context, itemIndex).requiredText('displayName', 'Name');
			assertMayWrite(session.guards);
			const [existing, ...others] = await session.groups.findByName(name);
			if (existing && others.length > 0) throw severalGroups(name, [existing, ...others]);
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
		'Use Create or Update to take the group that is there.',
		{ evidence: { id } },
	);
}
