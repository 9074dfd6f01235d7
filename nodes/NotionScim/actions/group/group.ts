import type { IDataObject } from 'n8n-workflow';

import type { Group } from '../../../../lib/scim/groupResource';
import { ScimError } from '../../../../lib/scim/scimError';
import type { Session } from '../../transport/session';
import { toItem } from '../user/person';

/** How a group was picked: mode `name`, `id` or `list`, or a plain text from an expression. */
export interface GroupLocator {
	mode: string;
	value: string;
}

/**
 * The group, or undefined for none. A plain text is taken for a name first and for an id then.
 *
 * @throws ScimError `ambiguous` with the list of groups that share the name
 */
export async function findGroup(
	session: Session,
	{ mode, value }: GroupLocator,
): Promise<Group | undefined> {
	switch (mode) {
		case 'name':
			return await session.groups.findOneByName(value);
		case 'any':
			return (await session.groups.findOneByName(value)) ?? (await session.groups.get(value));
		default:
			return await session.groups.get(value);
	}
}

/** @throws ScimError `notFound`, and what {@link findGroup} throws */
export async function requireGroup(session: Session, locator: GroupLocator): Promise<Group> {
	const group = await findGroup(session, locator);
	if (group) return group;
	throw new ScimError(
		'notFound',
		locator.mode === 'name'
			? `No group is called "${locator.value}".`
			: `No group has the ID ${locator.value}.`,
		locator.mode === 'name'
			? 'Names must match exactly, upper and lower case included. Use Create or Update to have the group made.'
			: 'Pick the group from the list or by name.',
	);
}

/** A group as an item, flat. */
export function simplifiedGroup(group: Group): IDataObject {
	return {
		id: group.id,
		displayName: group.displayName,
		memberCount: group.memberIds.length,
		memberIds: group.memberIds,
	};
}

export function groupItem(group: Group, simplify: boolean): IDataObject {
	return simplify ? simplifiedGroup(group) : toItem(group.resource);
}
