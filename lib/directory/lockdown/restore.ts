import type { Group } from '../../scim/groupResource';
import type { Groups } from '../../scim/groups';
import { isSecondaryAddress } from '../../scim/userIndex';
import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import type { Users } from '../../scim/users';
import type { Guards } from '../guards/guards';
import { assertMayGiveRole, assertMayWriteTo, lowersRole, roleForNewMember } from '../guards/guards';
import type { GroupReference, Restorable } from './lockdownRecord';
import { namesOf } from './lockdownRecord';

export interface RestoreOptions {
	/** Instead of the one that the record says; never a higher one. */
	role: string | undefined;
	allowPrivileged: boolean;
	allowExternalMember: boolean;
}

export interface Restored {
	/** `alreadyMember`: they were back before; their role is left as it is. */
	outcome: 'restored' | 'alreadyMember';
	user: User;
	groupsJoined: GroupReference[];
	/** Why the role is not the one of the record, and which groups may be missing. */
	note?: string;
}

/**
 * Undoes a lockdown: the same account, the same or a lower role, the same groups.
 *
 * @throws ScimError `ambiguous` where the address belongs to another account now; `invalidInput` for a
 * higher role; `notTaken` where the person is a member again, but not in all groups
 */
export async function restore(
	{ users, groups, guards }: { users: Users; groups: Groups; guards: Guards },
	record: Restorable,
	options: RestoreOptions,
): Promise<Restored> {
	const { person } = record;
	const wanted = options.role ?? person.role;
	if (wanted !== person.role && !lowersRole(person.role, wanted)) throw higherRole(person, wanted);
	assertMayGiveRole(person.email, wanted, options.allowPrivileged);
	const { role, note } = roleForNewMember(guards, person.email, wanted, options.allowExternalMember);
	const found = await users.findByEmail(person.email);
	if (found.match === 'secondary') throw isSecondaryAddress(person.email, found.user);
	const member = found.match === 'primary' && found.user.active ? found.user : undefined;
	// A known account of another id must be seen before anyone is added, where it can be seen at all.
	if (found.match === 'primary' && found.user.id !== person.id) throw otherAccount(person, found.user);
	if (member) assertMayWriteTo(guards, member, options.allowPrivileged);
	const user =
		member ??
		(
			await users.create(
				{ email: person.email, ...(person.displayName ? { displayName: person.displayName } : {}) },
				role,
			)
		).user;
	if (user.id !== person.id) throw otherAccount(person, user);
	if (!member && role !== undefined) assertRoleGiven(person, user, role);
	const joined = await giveGroupsBack(groups, record, user);
	const notes = [...(note && !member ? [note] : []), ...doubtfulGroups(record)];
	return {
		outcome: member ? 'alreadyMember' : 'restored',
		user,
		groupsJoined: joined,
		...(notes.length > 0 ? { note: notes.join(' ') } : {}),
	};
}

/** Giving a group back in which the person may never have been would give more than before. */
function doubtfulGroups({ person, maybeInGroups }: Restorable): string[] {
	if (maybeInGroups.length === 0) return [];
	return [
		`Whether ${person.email} was in ${namesOf(maybeInGroups)} is not known, because Notion showed exactly 100 members there. Add them by hand if they were.`,
	];
}

async function giveGroupsBack(
	groups: Groups,
	{ groups: wanted, groupsComplete, person }: Restorable,
	user: User,
): Promise<GroupReference[]> {
	const joined: GroupReference[] = [];
	const failures: string[] = [];
	for (const reference of wanted) {
		const failure = await join(groups, reference, user);
		if (failure === undefined) joined.push(reference);
		else failures.push(`${reference.displayName || reference.id} (${failure})`);
	}
	if (!groupsComplete) failures.push('others that the record may not know, because the groups could not be read');
	if (failures.length === 0) return joined;
	throw new ScimError(
		'notTaken',
		`${person.email} is a member again, but these groups were not given back: ${failures.join('; ')}.`,
		'Add the person to them in Notion or with Add Members. Running this item again is safe.',
		{ evidence: { groupsJoined: joined } },
	);
}

/** @returns why it failed; undefined where the person is in the group now */
async function join(groups: Groups, { id }: GroupReference, user: User): Promise<string | undefined> {
	try {
		const group: Group | undefined = await groups.get(id);
		if (!group) return 'the group does not exist any more';
		const results = await groups.changeMembers(group, 'add', [user.id]);
		const result = results.get(user.id);
		return result instanceof ScimError ? result.message : undefined;
	} catch (error) {
		if (error instanceof ScimError && error.kind !== 'cancelled') return error.message;
		return Promise.reject(error);
	}
}

function higherRole(person: Restorable['person'], wanted: string): ScimError {
	return new ScimError(
		'invalidInput',
		`${person.email} was ${person.role}, so restoring does not make them ${wanted}. Nothing was done.`,
		'Leave Role empty for the one of the record, or pick a lower one. A higher one is a decision of its own: use Update afterwards.',
	);
}

/** More than before must not be given unnoticed. */
function assertRoleGiven(person: Restorable['person'], user: User, role: string): void {
	const given = user.role ?? 'member';
	if (given === role || lowersRole(role, given)) return;
	throw new ScimError(
		'notTaken',
		`${person.email} is a member again, but Notion gave the role ${given} instead of ${role}. No groups were given back.`,
		'Correct the role in Notion under Settings, People, then run this item again.',
	);
}

function otherAccount(person: Restorable['person'], user: User): ScimError {
	return new ScimError(
		'ambiguous',
		`The record is about the account ${person.id}, but ${person.email} now belongs to the account ${user.id}, which ${
			user.active ? 'is a member of the workspace' : 'is no member'
		}. It was given no groups.`,
		'Find out whose account that is. If it is another person\'s, remove it in Notion under Settings, People.',
		{ evidence: { matches: [{ id: user.id, email: user.userName, active: user.active }] } },
	);
}
