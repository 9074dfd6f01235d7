import type { IDataObject } from 'n8n-workflow';

import {
	assertMayRemove,
	assertMayTakeAway,
} from '../../../../lib/directory/guards/guards';
import { personNotFound } from '../../../../lib/scim/people';
import type { ControlReading } from '../../../../lib/scim/requester';
import { looksLikeId } from '../../../../lib/scim/resourceId';
import { allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { userLocator } from '../../descriptions/userLocator';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { ListedOperation } from '../operation';
import { removalBudgetIn, withinRemovalLimit } from '../removalBudget';
import type { PersonLocator } from './person';
import { lookForPerson, personLocator, simplifiedUser } from './person';

export const remove: ListedOperation = {
	name: 'Remove From Workspace',
	value: 'remove',
	writes: 'parameters',
	action: 'Remove a user from the workspace',
	description:
		'End the membership and every session of a person, and verify that they are gone. The Notion account itself survives.',
	properties: [
		userLocator('The person to remove. If they are gone already, the operation succeeds and reports that.'),
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
			const locator = personLocator(parameters.locator('user', 'User'));
			const options = parameters.collection('options', 'Options');
			const mayBePrivileged = switchOption(options, allowPrivileged);
			const budget = removalBudgetIn(options);
			assertMayTakeAway(session.guards, 'remove people');
			const found = await lookForPerson(session, locator);
			if (!found.user) {
				assertCanBeGone(locator);
				return {
					deleted: true,
					outcome: 'alreadyGone',
					user: { [locator.by]: locator.value },
					evidence: evidence(found.seenAs, await session.requester.control()),
				};
			}
			const { user } = found;
			assertMayRemove(session.guards, user, mayBePrivileged);
			session.state.unconfirmedWrites.forget(user.id);
			const removal = await withinRemovalLimit(session, 1, budget, async () =>
				await session.users.remove(user),
			);
			return {
				deleted: true,
				outcome: removal.alreadyGone ? 'alreadyGone' : 'removed',
				user: { ...simplifiedUser(user), active: false },
				evidence: evidence(removal.seenAs, removal.control),
			};
		}),
};

/**
 * No one was found: only an address or an id can have left. A name or an employee number was never a member,
 * and reporting it as gone would leave a person in the workspace.
 * @throws ScimError `notFound`
 */
function assertCanBeGone(locator: PersonLocator): void {
	if (locator.by === 'id' && !looksLikeId(locator.value)) throw personNotFound(locator.value);
}

/** Why "gone" is credible: the same server gave a good answer to another request at the same moment. */
function evidence(seenAs: 'notFound' | 'inactive', control: ControlReading): IDataObject {
	return {
		seenAs,
		verifiedAt: new Date(control.readAt).toISOString(),
		membersThen: control.memberCount,
	};
}
