import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	assertMayWrite,
	assertMayWriteTo,
	assertNotTokenCreator,
	assertMayGiveRole,
	isForeign,
	lowersRole,
} from '../../../../lib/directory/guards/guards';
import type { AttributeChange } from '../../../../lib/scim/patchOperation';
import { attributeChanges } from '../../../../lib/scim/patchOperation';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { allowExternalMember, allowPrivileged } from '../../descriptions/guardOptions';
import { groupsToJoin } from '../../descriptions/groupsToJoin';
import { additionalFields, email } from '../../descriptions/personFields';
import { forEachItem } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import { choiceOption, switchOption } from '../../execution/scalarParameters';
import type { Session } from '../../transport/session';
import type { GroupToJoin } from '../group/joinGroups';
import { joinGroups, namesJoined, notesOf, notJoined, readGroupsToJoin } from '../group/joinGroups';
import type { ListedOperation } from '../operation';
import type { NewPerson } from './newPerson';
import { addPerson, createdItem, readNewPerson } from './newPerson';
import { findPerson, simplifiedUser, updateItem } from './person';
import { readAhead } from './readAhead';

const onNotTaken: INodeProperties = {
	displayName: 'If Notion Keeps the Old Value',
	name: 'onNotTaken',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'The item is an error' },
		{
			name: 'Report',
			value: 'report',
			description: 'The item continues with the outcome notTaken and a note that names the unchanged values',
		},
	],
	default: 'fail',
	description:
		'Notion changes names and emails only for people of verified domains. A value that it did not accept is never reported as updated.',
};

const syncRole: INodeProperties = {
	displayName: 'Sync Role',
	name: 'syncRole',
	type: 'boolean',
	default: false,
	description:
		'Whether to raise the role of an existing member. It is never lowered; without this the role is used at creation only.',
};

export const upsert: ListedOperation = {
	name: 'Create or Update',
	value: 'upsert',
	writes: 'parameters',
	action: 'Create or update a user',
	description: 'Create a new user, or update the current one if it already exists (upsert)',
	sufficientAccess: 'noRemovals',
	properties: [
		email,
		additionalFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				allowExternalMember,
				allowPrivileged,
				groupsToJoin,
				onNotTaken,
				syncRole,
			],
		},
	],
	execute: async (context, session) => {
		assertMayWrite(session.guards);
		const ahead = await readAhead(context, session);
		return await forEachItem(context, async (itemIndex) => {
			const parameters = new ItemParameters(context, itemIndex);
			const person = readPerson(parameters);
			const groups = readGroupsToJoin(parameters.collection('options', 'Options'));
			const known = ahead.take(person.attributes.email);
			const upserted = await upsertPerson(session, person, known);
			return await joinedItem(session, upserted, groups, person);
		});
	},
};

/** The inputs of Create or Update about a person. */
export interface PersonToHave extends NewPerson {
	syncRole: boolean;
	onNotTaken: 'fail' | 'report';
}

function readPerson(parameters: ItemParameters): PersonToHave {
	const options = parameters.collection('options', 'Options');
	return {
		...readNewPerson(parameters),
		syncRole: switchOption(options, syncRole),
		onNotTaken: choiceOption(options, onNotTaken, ['fail', 'report']),
	};
}

/** A person after Create or Update, with the item that reports what was done. */
export interface UpsertedPerson {
	user: User;
	item: IDataObject;
}

/**
 * Creates a person, or updates a member.
 * @param known the member, if it was read a moment ago
 * @throws ScimError
 */
export async function upsertPerson(
	session: Session,
	person: PersonToHave,
	known?: User,
): Promise<UpsertedPerson> {
	if (known) {
		const { changes, note } = desiredChanges(session, known, person);
		if (changes.length === 0) return { user: known, item: unchangedItem(known, note) };
	}
	// A person who is about to be updated is read once more.
	const member = await findPerson(session, { by: 'email', value: person.attributes.email });
	if (member) return { user: member, item: await bringUpToDate(session, member, person) };
	const added = await addPerson(session, person);
	// Of two concurrent runs, the second one finds a member and updates it.
	const item = added.created
		? createdItem(session, added, person)
		: await bringUpToDate(session, added.user, person);
	return { user: added.user, item };
}

/**
 * The item, once the person has joined the groups.
 * @throws ScimError if a group failed, with what was done before
 */
async function joinedItem(
	session: Session,
	{ user, item }: UpsertedPerson,
	groups: GroupToJoin[],
	{ mayBePrivileged }: NewPerson,
): Promise<IDataObject> {
	if (groups.length === 0) return item;
	if (item['outcome'] !== 'created') {
		assertMayWriteTo(session.guards, user, mayBePrivileged);
	}
	const results = await joinGroups(session, user.id, groups);
	const failed = results.find((result) => 'error' in result);
	if (failed && 'error' in failed) throw notJoined(user, String(item['outcome']), results, failed.error);
	const note = [item['note'], ...notesOf(results)].filter((sentence) => sentence !== undefined).join(' ');
	return { ...item, groupsJoined: namesJoined(results), ...(note === '' ? {} : { note }) };
}

function unchangedItem(user: User, note: string | undefined): IDataObject {
	return { ...simplifiedUser(user), outcome: 'unchanged', ...(note ? { note } : {}) };
}

async function bringUpToDate(
	session: Session,
	user: User,
	person: PersonToHave,
): Promise<IDataObject> {
	const { changes, note } = desiredChanges(session, user, person);
	const noteField = note ? { note } : {};
	if (changes.length === 0) return unchangedItem(user, note);
	assertMayWriteTo(session.guards, user, person.mayBePrivileged);
	const role = changes.find(({ attribute }) => attribute === 'role');
	if (role) {
		assertNotTokenCreator(session.guards, user);
		assertMayGiveRole(user.userName, role.to, person.mayBePrivileged);
	}
	session.state.unconfirmedWrites.forget(user.id, changes.map(({ attribute }) => attribute));
	try {
		const update = await session.users.update(user, changes);
		session.state.unconfirmedWrites.remember(user.id, update.unconfirmed, Date.now());
		return { ...updateItem(update), ...noteField };
	} catch (error) {
		const isReported = person.onNotTaken === 'report' && isNotTaken(error);
		if (!isReported) return Promise.reject(error);
		const now = (await session.users.get(user.id)) ?? user;
		return { ...simplifiedUser(now), outcome: 'notTaken', note: error.message };
	}
}

/** Notion kept the old value, or announced that at once. */
function isNotTaken(error: unknown): error is ScimError {
	if (!(error instanceof ScimError)) return false;
	return error.kind === 'notTaken' || (error.kind === 'refused' && error.status === 403);
}

function desiredChanges(
	{ guards, state }: Session,
	user: User,
	{ attributes, role, syncRole: followsRole, mayBeExternal }: PersonToHave,
): { changes: AttributeChange[]; note?: string } {
	const differing = attributeChanges(user, attributes);
	const changes = state.unconfirmedWrites.withoutSent(user.id, differing, Date.now());
	const current = user.role ?? 'member';
	if (role === undefined || role === current || !followsRole) return { changes };
	if (lowersRole(current, role)) {
		return { changes, note: `The role stays ${current}: Create or Update never lowers a role.` };
	}
	if (isForeign(guards, user.userName) && !mayBeExternal) {
		return {
			changes,
			note: `The role stays ${current}: ${user.userName} is outside the owned domains of the credential. Allow External Members in the options changes that.`,
		};
	}
	return { changes: [...changes, { attribute: 'role', from: current, to: role }] };
}
