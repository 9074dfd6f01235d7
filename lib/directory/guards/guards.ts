import { isOneOfDomains } from '../../scim/emailAddress';
import { emailDomain, emailKey } from '../../scim/emailKey';
import type { Group } from '../../scim/groupResource';
import { mayBeCut } from '../../scim/groupResource';
import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import { secondaryEmailKeys } from '../../scim/userResource';
import type { Guard } from './orderedGuards';
import { firstObjection } from './orderedGuards';

/** What the credential lets its users do. */
export type Access = 'readOnly' | 'noRemovals' | 'full';

/** Workspace roles from least to most; others may exist and are never ranked. */
const RANKED_ROLES = ['restricted_member', 'member', 'membership_admin', 'owner'];
const PRIVILEGED_ROLES = ['owner', 'membership_admin'];

/** The guards of a credential. They live there so that the editor of a workflow cannot loosen them. */
export interface Guards {
	access: Access;
	/** As `readDomain` gives them; empty means that no domain counts as foreign. */
	ownedDomains: ReadonlySet<string>;
	/** In the form of `emailKey`. */
	protectedEmails: ReadonlySet<string>;
	/** Any spelling. */
	tokenCreatorEmail: string | undefined;
}

/** @throws ScimError `accessDenied` unless the credential may write */
export function assertMayWrite(guards: Guards): void {
	if (guards.access !== 'readOnly') return;
	throw new ScimError(
		'accessDenied',
		'This credential may only read. Nothing was written.',
		'Use a credential whose Access is No Removals or Full, or change it there if you may.',
	);
}

/**
 * For everything that removes something: a person, a group, a membership, a higher role.
 *
 * @param operation what would be removed, as the end of the sentence "This credential may not …"
 * @throws ScimError `accessDenied` unless the credential has full access
 */
export function assertMayTakeAway(guards: Guards, operation: string): void {
	assertMayWrite(guards);
	if (guards.access === 'full') return;
	throw new ScimError(
		'accessDenied',
		`This credential may not ${operation}. Nothing was done.`,
		'Use a credential whose Access is Full. Keep it apart from the one that onboarding uses.',
	);
}

/**
 * For every write to a person who is there already.
 *
 * @param allowPrivileged the option of the operation
 * @throws ScimError `protectedPerson`
 */
export function assertMayWriteTo(guards: Guards, user: User, allowPrivileged: boolean): void {
	const reason = privilege(guards, user);
	if (!reason || allowPrivileged) return;
	throw new ScimError(
		'protectedPerson',
		`${user.userName} ${reason}. Nothing was written.`,
		'If this is really meant, turn on Allow Privileged People in the options of this node.',
		{ evidence: { person: { id: user.id, email: user.userName, role: user.role ?? null } } },
	);
}

/**
 * For deleting a group: no guard may be skipped for any person who would lose it.
 *
 * @throws ScimError `protectedPerson` where Notion may show a part of the members only
 */
export function assertWholeMembership(group: Group): void {
	if (!mayBeCut(group)) return;
	throw new ScimError(
		'protectedPerson',
		`Notion shows exactly 100 members of the group "${group.displayName}", which may be only some of them. So no one can tell whether privileged people would lose it. Nothing was done.`,
		'Look at the group in Notion. If everyone in it may lose it, turn on Allow Privileged People in the options of this node.',
	);
}

/**
 * For removing a person from the workspace.
 *
 * @param allowPrivileged the option of the operation; it does not concern the token's creator
 * @throws ScimError `protectedPerson`
 */
export function assertMayRemove(guards: Guards, user: User, allowPrivileged: boolean): void {
	assertNotTokenCreator(guards, user);
	assertMayWriteTo(guards, user, allowPrivileged);
}

/**
 * For removing a person or changing their role: the token dies with its creator's membership or role,
 * so no option allows it.
 *
 * @throws ScimError `protectedPerson`
 */
export function assertNotTokenCreator(guards: Guards, user: User): void {
	if (!isTokenCreator(guards, user)) return;
	throw new ScimError(
		'protectedPerson',
		`${user.userName} created the SCIM token. It would die with this change, and everything that uses it would stop. Nothing was written.`,
		'Have another owner create a token first, and put it and their email into the credential.',
	);
}

/** What makes a person privileged. The first that holds is the one that is told. */
const PRIVILEGES: ReadonlyArray<Guard<{ guards: Guards; user: User }>> = [
	{
		name: 'owner',
		objection: ({ user }) => (user.role === 'owner' ? 'is an owner of the workspace' : undefined),
	},
	{
		name: 'membershipAdmin',
		objection: ({ user }) =>
			user.role === 'membership_admin' ? 'is a membership admin of the workspace' : undefined,
	},
	{
		// A role that cannot be understood may be more than an owner's.
		name: 'unknownRole',
		objection: ({ user: { role } }) =>
			role !== undefined && isPrivilegedRole(role)
				? `has the role "${role}", which this version of the node does not know`
				: undefined,
	},
	{
		name: 'tokenCreator',
		objection: ({ guards, user }) =>
			isTokenCreator(guards, user) ? 'created the SCIM token' : undefined,
	},
	{
		name: 'protectedEmail',
		objection: ({ guards, user }) =>
			addressesOf(user).some((address) => guards.protectedEmails.has(address))
				? 'is on the list of protected people of the credential'
				: undefined,
	},
];

/** Why a person is privileged, as the end of a sentence; undefined for everyone else. */
export function privilege(guards: Guards, user: User): string | undefined {
	return firstObjection(PRIVILEGES, { guards, user });
}

/** Whether the token would die with this person's membership or role. */
export function isTokenCreator(guards: Guards, user: User): boolean {
	const creator = guards.tokenCreatorEmail;
	return creator !== undefined && addressesOf(user).includes(emailKey(creator));
}

/** Secondary addresses count too: they are too weak for acting on a person, but not for sparing them. */
function addressesOf(user: User): string[] {
	return [emailKey(user.userName), ...secondaryEmailKeys(user)];
}

/** Whether an address lies outside the owned domains. Without any, nothing is foreign. */
export function isForeign(guards: Guards, email: string): boolean {
	return guards.ownedDomains.size > 0 && !isOneOfDomains(guards.ownedDomains, emailDomain(email));
}

/**
 * The role for a person who is not a member yet: people of foreign domains become restricted
 * members, whatever was asked for, unless that was allowed.
 *
 * @returns the role, and a sentence where it is not the one asked for
 */
export function roleForNewMember(
	guards: Guards,
	email: string,
	role: string | undefined,
	allowExternalMember: boolean,
): { role: string | undefined; note?: string } {
	if (allowExternalMember || !isForeign(guards, email) || role === 'restricted_member') {
		return { role };
	}
	return {
		role: 'restricted_member',
		note: `${email} is outside the owned domains of the credential, so the role is restricted member. Allow External Members in the options changes that.`,
	};
}

/** @throws ScimError `invalidInput` where an address would move to a domain that is not owned */
export function assertOwnedAddress(guards: Guards, email: string, allowExternalMember: boolean): void {
	if (allowExternalMember || !isForeign(guards, email)) return;
	throw new ScimError(
		'accessDenied',
		`${email} is outside the owned domains of the credential. Nothing was written.`,
		'Check the address. If it is right, add its domain to the credential, or turn on Allow External Members in the options.',
	);
}

/**
 * For raising the role of a member.
 *
 * @throws ScimError `accessDenied` where a person of a foreign domain would become more than a
 * restricted member
 */
export function assertMayRaiseRole(
	guards: Guards,
	email: string,
	role: string,
	allowExternalMember: boolean,
): void {
	if (allowExternalMember || !isForeign(guards, email)) return;
	throw new ScimError(
		'accessDenied',
		`${email} is outside the owned domains of the credential, so the role does not become ${role}. Nothing was written.`,
		'If this is really meant, turn on Allow External Members in the options of this node.',
	);
}

/** @throws ScimError `protectedPerson` where the role would let its holder manage others */
export function assertMayGiveRole(email: string, role: string | undefined, allowPrivileged: boolean): void {
	if (role === undefined || !isPrivilegedRole(role) || allowPrivileged) return;
	throw new ScimError(
		'protectedPerson',
		`${email} would get the role ${role}, ${whyPrivileged(role)}. Nothing was written.`,
		'If this is really meant, turn on Allow Privileged People in the options of this node.',
	);
}

/** Whether the step from one role to the other removes rights. Unknown roles count as higher. */
export function lowersRole(from: string, to: string): boolean {
	return rankOfRole(to) < rankOfRole(from);
}

/** Whether a role lets its holder manage others, so that giving it is a privileged act. */
export function isPrivilegedRole(role: string): boolean {
	return PRIVILEGED_ROLES.includes(role) || !RANKED_ROLES.includes(role);
}

/** What makes giving a role a privileged act, as the middle of a sentence. */
export function whyPrivileged(role: string): string {
	return PRIVILEGED_ROLES.includes(role)
		? 'which may manage other people'
		: 'which is no role that this node knows';
}

/** "Owner" is the role `owner`; unknown roles stay as they are. */
export function inKnownSpelling(role: string): string {
	return RANKED_ROLES.find((known) => known === role.trim().toLowerCase()) ?? role;
}

/** How much a role may do, for comparisons: an unknown one counts as the highest. */
export function rankOfRole(role: string): number {
	const index = RANKED_ROLES.indexOf(role);
	return index < 0 ? RANKED_ROLES.length : index;
}
