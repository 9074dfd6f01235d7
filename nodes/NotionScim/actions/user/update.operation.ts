import type { IDataObject } from 'n8n-workflow';

import {
	assertMayGiveRole,
	assertMayRaiseRole,
	assertMayTakeAway,
	assertMayWrite,
	assertMayWriteTo,
	assertNotTokenCreator,
	assertOwnedAddress,
	lowersRole,
} from '../../../../lib/directory/guards';
import { isEmail } from '../../../../lib/scim/emailKey';
import type { AttributeChange } from '../../../../lib/scim/patchOperation';
import { attributeChanges } from '../../../../lib/scim/patchOperation';
import type { User } from '../../../../lib/scim/userResource';
import {
	allowExternalMember,
	allowPrivileged,
	removalLimit,
} from '../../descriptions/guardOptions';
import { updateFields } from '../../descriptions/personFields';
import { userLocator } from '../../descriptions/userLocator';
import { forEachItem } from '../../execution/items';
import { asText, ItemParameters, personAttributes } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { withinRemovalLimit } from '../removalBudget';
import { notAnEmail, requirePerson, simplifiedUser, updateItem } from './person';

export const update: ListedOperation = {
	name: 'Update',
	value: 'update',
	action: 'Update a user',
	description: 'Change what differs, and report what Notion did not take',
	properties: [
		userLocator('Who is to be changed'),
		updateFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowExternalMember, allowPrivileged, removalLimit],
		},
	],
	execute: async (context, session) =>
		await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const fields = parameters.collection('updateFields');
			const options = parameters.collection('options');
			assertMayWrite(session.guards);
			const user = await requirePerson(session, parameters.locator('user', 'User'));
			return await updatePerson(session, user, fields, options);
		}),
};

/**
 * Changes what differs.
 *
 * @param fields attributes and the role; empty ones are left as they are
 * @param options those of the operation
 * @returns the item that says what was done. @throws ScimError
 */
export async function updatePerson(
	session: Session,
	user: User,
	fields: Record<string, unknown>,
	options: Record<string, unknown>,
): Promise<IDataObject> {
	const changes = wishedChanges(user, fields);
	if (changes.length === 0) return { ...simplifiedUser(user), outcome: 'unchanged', changes: [] };
	return await applyChanges(session, user, changes, options);
}

function wishedChanges(user: User, fields: Record<string, unknown>): AttributeChange[] {
	const changes = attributeChanges(user, personAttributes(fields));
	const role = asText(fields['role']).trim();
	const current = user.role ?? 'member';
	return role === '' || role === current
		? changes
		: [...changes, { attribute: 'role', from: current, to: role }];
}

async function applyChanges(
	session: Session,
	user: User,
	changes: AttributeChange[],
	options: Record<string, unknown>,
): Promise<IDataObject> {
	const mayWriteToPrivileged = options['allowPrivileged'] === true;
	assertMayWriteTo(session.guards, user, mayWriteToPrivileged);
	const mayBeExternal = options['allowExternalMember'] === true;
	const email = changes.find(({ attribute }) => attribute === 'email');
	if (email) {
		if (!isEmail(email.to)) throw notAnEmail(email.to);
		assertOwnedAddress(session.guards, email.to, mayBeExternal);
	}
	const role = changes.find(({ attribute }) => attribute === 'role');
	const lowered = role !== undefined && lowersRole(user.role ?? 'member', role.to);
	if (role) {
		assertNotTokenCreator(session.guards, user);
		assertMayGiveRole(user.userName, role.to, mayWriteToPrivileged);
		if (lowered) assertMayTakeAway(session.guards, `lower the role of ${user.userName}`);
		else assertMayRaiseRole(session.guards, email?.to ?? user.userName, role.to, mayBeExternal);
	}
	session.state.sentValues.forget(user.id, changes.map(({ attribute }) => attribute));
	const impact = (lowered ? 1 : 0) + (email ? 1 : 0);
	return await withinRemovalLimit(session, impact, options, async () =>
		updateItem(await session.users.update(user, changes)),
	);
}
