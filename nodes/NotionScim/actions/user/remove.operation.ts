import type { IDataObject } from 'n8n-workflow';

import {
	assertMayTakeAway,
	assertMayWriteTo,
	assertNotTokenCreator,
} from '../../../../lib/directory/guards';
import type { ControlReading } from '../../../../lib/scim/requester';
import { allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { userLocator } from '../../descriptions/userLocator';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { withinRemovalLimit } from '../removalBudget';
import { findPerson, simplifiedUser } from './person';

export const remove: ListedOperation = {
	name: 'Remove From Workspace',
	value: 'remove',
	action: 'Remove a user from the workspace',
	description:
		'End the membership and every session of a person, and verify that they are gone. The Notion account itself survives.',
	properties: [
		userLocator('Who is to be removed. Somebody who is gone already is a success that says so.'),
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
			const locator = parameters.locator('user', 'User');
			const options = parameters.collection('options');
			assertMayTakeAway(session.guards, 'remove people');
			const user = await findPerson(session, locator, { thorough: true });
			if (!user) {
				return {
					deleted: true,
					outcome: 'alreadyGone',
					user: { [locator.mode === 'email' ? 'email' : 'id']: locator.value },
					evidence: evidence('notFound', await session.requester.control()),
				};
			}
			assertNotTokenCreator(session.guards, user);
			assertMayWriteTo(session.guards, user, options['allowPrivileged'] === true);
			const removal = await withinRemovalLimit(session, 1, options, async () =>
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

/** Why "gone" can be believed: the same server gave a good answer to something else just then. */
function evidence(seenAs: 'notFound' | 'inactive', control: ControlReading): IDataObject {
	return {
		seenAs,
		verifiedAt: new Date(control.readAt).toISOString(),
		membersThen: control.memberCount,
	};
}
