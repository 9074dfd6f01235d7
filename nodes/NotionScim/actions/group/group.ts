import type { IDataObject } from 'n8n-workflow';

import { assertMayWrite, assertMayWriteTo } from '../../../../lib/directory/guards/guards';
import { shownEntry } from '../../../../lib/scim/emailAddress';
import type { Group } from '../../../../lib/scim/groupResource';
import { mayBeCut } from '../../../../lib/scim/groupResource';
import { resolvePeople } from '../../../../lib/scim/people';
import { looksLikeId } from '../../../../lib/scim/resourceId';
import { ScimError } from '../../../../lib/scim/scimError';
import type { ItemForm } from '../../execution/itemForm';
import type { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import { resourceItem } from '../../execution/resourceItem';

/** How a group was picked: mode `name`, `id` or `list`, or a plain text from an expression. */
export interface GroupLocator {
	mode: string;
	value: string;
}

/**
 * The group that the parameter `group` names.
 * @throws ScimError `invalidInput` if an id is required and a name was given
 */
export function groupOf(parameters: ItemParameters): GroupLocator {
	const { mode, value } = parameters.locator('group', 'Group');
	// The list returns Notion's ids in any form.
	const canBeId = looksLikeId(value) || (mode === 'list' && /^\S+$/.test(value));
	if (mode === 'name' || mode === 'any' || canBeId) return { mode, value };
	throw new ScimError(
		'invalidInput',
		`"${shownEntry(value)}" is not the ID of a group.`,
		'If it is the name of the group, pick it By Name. An ID of Notion looks like 0b3f5c1e-77aa-8f10-b1d5-5d1c8a3f9e21.',
	);
}

/**
 * The group, or undefined if there is none. A plain text is tried as a name first and as an id then.
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
			return (await session.groups.findOneByName(value)) ?? (await session.groups.findById(value));
		default:
			return await session.groups.findById(value);
	}
}

/** @throws ScimError `notFound`, and what {@link findGroup} throws */
export async function requireGroup(session: Session, locator: GroupLocator): Promise<Group> {
	const group = await findGroup(session, locator);
	if (group) return group;
	throw await groupNotFound(session, locator);
}

/**
 * The error for a group that does not exist. It names groups with a confusable name, so that a typing error
 * is visible.
 * @throws ScimError if the server has no groups at all
 */
export async function groupNotFound(
	{ groups }: Session,
	{ mode, value }: GroupLocator,
): Promise<ScimError> {
	if (mode !== 'name' && mode !== 'any') {
		await groups.assertOffered();
		return new ScimError(
			'notFound',
			`No group has the ID ${value}.`,
			'Pick the group from the list or by name.',
		);
	}
	const { similar } = await groups.lookForName(value);
	const names = similar.map(({ id, displayName }) => `"${displayName}" (${id})`).join(', ');
	const hint = names === '' ? '' : ` Upper and lower case count: there is ${names}.`;
	return new ScimError(
		'notFound',
		`${mode === 'name' ? 'No group is called' : 'No group has the name or the ID'} "${value}".${hint}`,
		looksLikeId(value) && mode === 'name'
			? 'It looks like an ID: pick By ID.'
			: 'Names must match exactly, upper and lower case included. Use Create or Update to create the group.',
		{ evidence: { similar: similar.map(({ id, displayName }) => ({ id, displayName })) } },
	);
}

/**
 * The group with that name, created if the name is free.
 * @throws ScimError `ambiguous` if several groups have the name: names need not be unique in Notion, so two
 * concurrent runs would create two groups unnoticed; `alreadyExists` for a confusable name
 */
export async function ensureGroup({ groups, guards }: Session, name: string): Promise<{ group: Group; created: boolean }> {
	const existing = await groups.findOrAssertFree(name);
	if (existing) return { group: existing, created: false };
	assertMayWrite(guards);
	const made = await groups.create(name);
	if (made.created) await groups.findOneByName(name);
	return made;
}

/**
 * For every operation that removes people from a group.
 * @throws ScimError `protectedPerson` for the first privileged person among them
 */
export async function assertNoPrivilegedMembers(session: Session, userIds: string[]): Promise<void> {
	const people = await resolvePeople(session.users, () => session.requester.control(), userIds);
	for (const person of people.values()) {
		if (!(person instanceof ScimError)) assertMayWriteTo(session.guards, person, false);
	}
}

/** The group as it is now: finding many people may have taken minutes since it was looked up. */
export async function groupNow(session: Session, { id }: Group): Promise<Group> {
	return await requireGroup(session, { mode: 'id', value: id });
}

/**
 * A group as an item, flat. A group that shows exactly 100 members may have more, and the item states that.
 */
export function simplifiedGroup(group: Group): IDataObject {
	return { ...groupWithoutMembers(group), memberIds: group.memberIds };
}

/** The fields of {@link groupWithoutMembers}. */
export const GROUP_FIELDS: readonly string[] = ['id', 'displayName', 'memberCount'];

/** A list of groups for a model, which then asks for the members of the one that it means. */
export function groupWithoutMembers(group: Group): IDataObject {
	return {
		id: group.id,
		displayName: group.displayName,
		memberCount: group.memberIds.length,
		...(mayBeCut(group) ? { membersMayBeCut: true } : {}),
	};
}

/** A group for the model of an AI agent: who its members are, which no model can tell from their ids. */
export async function groupForModel(session: Session, group: Group): Promise<IDataObject> {
	const people = await resolvePeople(session.users, async () => await session.requester.control(), group.memberIds);
	const members = [...people].map(([id, person]) =>
		person instanceof ScimError ? id : `${person.userName} (${person.attributes.displayName ?? 'no name'})`,
	);
	return { ...groupWithoutMembers(group), members };
}

export function groupItem(group: Group, form: ItemForm): IDataObject {
	return form === 'raw' ? resourceItem(group.resource) : simplifiedGroup(group);
}
