import { assertMayWrite } from '../../../../lib/directory/guards';
import type { Group } from '../../../../lib/scim/groupResource';
import { ScimError } from '../../../../lib/scim/scimError';
import { groupName } from '../../descriptions/groupName';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { Session } from '../../transport/session';
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
			const group = await createUnlessThere(session, name);
			// Names need not be unique in Notion, so two runs that race would leave two groups unnoticed.
			const found = await session.groups.findOneByName(name);
			return group
				? { ...simplifiedGroup(group), outcome: 'created' }
				: { ...simplifiedGroup(found ?? (await Promise.reject(vanishedAgain(name)))), outcome: 'unchanged' };
		}),
};

/** @returns undefined where another run has made the group since it was looked for */
async function createUnlessThere(session: Session, name: string): Promise<Group | undefined> {
	try {
		return await session.groups.create(name);
	} catch (error) {
		const isThere =
			error instanceof ScimError && error.kind === 'alreadyExists' && error.evidence?.['id'] !== undefined;
		return isThere ? undefined : Promise.reject(error);
	}
}

function vanishedAgain(name: string): ScimError {
	return new ScimError(
		'notFound',
		`A group called "${name}" was made by another run and deleted again while this was running.`,
		'Run the item again.',
	);
}
