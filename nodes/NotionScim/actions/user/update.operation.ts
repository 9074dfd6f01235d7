import type { IDataObject } from 'n8n-workflow';

import { AddressBook, assertMayChangeAddress } from '../../../../lib/directory/guards/addressChange';
import {
	assertMayGiveRole,
	assertMayRaiseRole,
	assertMayTakeAway,
	assertMayWrite,
	assertMayWriteTo,
	assertNotTokenCreator,
	lowersRole,
} from '../../../../lib/directory/guards/guards';
import type { AttributeChange } from '../../../../lib/scim/patchOperation';
import { attributeChanges } from '../../../../lib/scim/patchOperation';
import type { PersonAttributes } from '../../../../lib/scim/personAttributes';
import type { User } from '../../../../lib/scim/userResource';
import type { UserUpdate } from '../../../../lib/scim/users';
import {
	allowExternalMember,
	allowPrivileged,
	removalLimit,
} from '../../descriptions/guardOptions';
import { updateFields } from '../../descriptions/personFields';
import { userLocator } from '../../descriptions/userLocator';
import { forEachItem } from '../../execution/items';
import { asText, ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import type { RemovalBudget } from '../removalBudget';
import { removalBudgetIn, withinRemovalLimit } from '../removalBudget';
import { readAttributes } from './attributes';
import { personLocator, requirePerson, simplifiedUser, updateItem } from './person';

export const update: ListedOperation = {
	name: 'Update',
	value: 'update',
	writes: 'parameters',
	action: 'Update a user',
	description: 'Change what differs, and report what Notion did not accept',
	properties: [
		userLocator('The person to update'),
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
	execute: async (context, session) => {
		const addresses = new AddressBook(async () => await session.users.everyone());
		return await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const desired = readDesired(parameters);
			const allowed = readAllowed(parameters);
			assertMayWrite(session.guards);
			const user = await requirePerson(session, personLocator(parameters.locator('user', 'User')));
			return await updatePerson(session, addresses, user, desired, allowed);
		});
	},
};

/** The desired state of a person. */
export interface DesiredPerson {
	/** Empty ones are left unchanged. */
	attributes: PersonAttributes;
	/** Empty for none. */
	role: string;
}

/** The guards that the options of an item loosen. */
export interface Allowed {
	allowExternalMember: boolean;
	allowPrivileged: boolean;
	budget: RemovalBudget;
}

/** @throws ScimError `invalidInput` */
function readDesired(parameters: ItemParameters): DesiredPerson {
	const fields = parameters.collection('updateFields', 'Update Fields');
	return { attributes: readAttributes(fields), role: asText(fields['role']).trim() };
}

/** @throws ScimError `invalidInput` */
function readAllowed(parameters: ItemParameters): Allowed {
	const options = parameters.collection('options', 'Options');
	return {
		allowExternalMember: switchOption(options, allowExternalMember),
		allowPrivileged: switchOption(options, allowPrivileged),
		budget: removalBudgetIn(options),
	};
}

/**
 * Changes what differs.
 * @returns the item that reports what was done. @throws ScimError
 */
export async function updatePerson(
	session: Session,
	addresses: AddressBook,
	user: User,
	desired: DesiredPerson,
	allowed: Allowed,
): Promise<IDataObject> {
	const changes = desiredChanges(session, user, desired);
	if (changes.length === 0) return { ...simplifiedUser(user), outcome: 'unchanged', changes: [] };
	return await applyChanges(session, addresses, user, changes, allowed);
}

function desiredChanges({ state }: Session, user: User, { attributes, role }: DesiredPerson): AttributeChange[] {
	const changes = state.unconfirmedWrites.withoutSent(user.id, attributeChanges(user, attributes), Date.now());
	const current = user.role ?? 'member';
	return role === '' || role === current
		? changes
		: [...changes, { attribute: 'role', from: current, to: role }];
}

async function applyChanges(
	session: Session,
	addresses: AddressBook,
	user: User,
	changes: AttributeChange[],
	allowed: Allowed,
): Promise<IDataObject> {
	const { guards } = session;
	const { allowPrivileged: mayWriteToPrivileged, allowExternalMember: mayBeExternal } = allowed;
	assertMayWriteTo(guards, user, mayWriteToPrivileged);
	const email = changes.find(({ attribute }) => attribute === 'email');
	if (email) assertMayChangeAddress(guards, user, email.to, allowed);
	const role = changes.find(({ attribute }) => attribute === 'role');
	const lowered = role !== undefined && lowersRole(user.role ?? 'member', role.to);
	if (role) {
		assertNotTokenCreator(guards, user);
		assertMayGiveRole(user.userName, role.to, mayWriteToPrivileged);
		if (lowered) assertMayTakeAway(guards, `lower the role of ${user.userName}`);
		else assertMayRaiseRole(guards, email?.to ?? user.userName, role.to, mayBeExternal);
	}
	if (email) await addresses.assertFree(email.to, user);
	session.state.unconfirmedWrites.forget(user.id, changes.map(({ attribute }) => attribute));
	const impact = (lowered ? 1 : 0) + (email ? 1 : 0);
	return await withinRemovalLimit(session, impact, allowed.budget, async () => {
		const write = async (): Promise<UserUpdate> => await session.users.update(user, changes);
		const update = email ? await addresses.change(write) : await write();
		session.state.unconfirmedWrites.remember(user.id, update.unconfirmed, Date.now());
		return updateItem(update);
	});
}
