import type { User } from '../../scim/userResource';
import { ADDRESS_NEEDS_FULL_ACCESS } from '../guards/addressChange';
import {
	isForeign,
	isPrivilegedRole,
	isTokenCreator,
	lowersRole,
	privilege,
	whyPrivileged,
} from '../guards/guards';
import type { Guard } from '../guards/orderedGuards';
import { firstObjection } from '../guards/orderedGuards';
import { listed } from '../person/naming';
import type { Policy } from './policy';

/** A change to a member of the workspace. */
interface MemberChange {
	user: User;
	policy: Policy;
}

interface RoleChange extends MemberChange {
	role: string;
}

interface AddressChange extends MemberChange {
	email: string;
}

const privileged: Guard<MemberChange> = {
	name: 'privileged',
	objection: ({ user, policy }) => {
		const reason = privilege(policy.guards, user);
		if (reason === undefined || policy.allowPrivileged) return undefined;
		return `${user.userName} ${reason}. If this is meant, turn on Allow Privileged People.`;
	},
};

/** The token dies with its creator's membership or role, so nothing allows that. */
const tokenCreator: Guard<MemberChange> = {
	name: 'tokenCreator',
	objection: ({ user, policy }) =>
		isTokenCreator(policy.guards, user)
			? `${user.userName} created the SCIM token, which would stop working with this change. Have another owner create a token first, and put it and their address into the credential.`
			: undefined,
};

const privilegedRole: Guard<RoleChange> = {
	name: 'privilegedRole',
	objection: ({ user, role, policy }) =>
		isPrivilegedRole(role) && !policy.allowPrivileged && !isLowered(user, role)
			? `${user.userName} would get the role ${role}, ${whyPrivileged(role)}. Correct the role, or turn on Allow Privileged People.`
			: undefined,
};

const externalRole: Guard<RoleChange> = {
	name: 'externalRole',
	objection: ({ user, role, policy }) =>
		isForeign(policy.guards, user.userName) && !policy.allowExternalMember && !isLowered(user, role)
			? `${user.userName} is outside the owned domains, so the role does not become ${role}. If this is meant, turn on Allow External Members.`
			: undefined,
};

/** The account that gets a protected address counts as the protected person from then on. */
const privilegedAddress: Guard<AddressChange> = {
	name: 'privilegedAddress',
	objection: (change) => privileged.objection({ ...change, user: after(change) }),
};

const creatorAddress: Guard<AddressChange> = {
	name: 'creatorAddress',
	objection: (change) => {
		const known = [change.user, after(change)].find((user) => isTokenCreator(change.policy.guards, user));
		return (
			known &&
			`The credential knows who created the SCIM token by the address ${known.userName}. Change it in Notion by hand, and then in the credential.`
		);
	},
};

const foreignAddress: Guard<AddressChange> = {
	name: 'foreignAddress',
	objection: ({ user, email, policy }) => {
		const foreign = [user.userName, email].filter((address) => isForeign(policy.guards, address));
		if (foreign.length === 0) return undefined;
		return `${listed(foreign)} ${foreign.length === 1 ? 'is' : 'are'} outside the owned domains, and Notion changes addresses of verified domains only. Add the domain to the credential if it is yours, or have the person change their address themselves.`;
	},
};

const addressAccess: Guard<AddressChange> = {
	name: 'addressAccess',
	objection: ({ policy }) =>
		policy.guards.access === 'full' ? undefined : ADDRESS_NEEDS_FULL_ACCESS,
};

const MEMBER_GUARDS = {
	/** For attributes, and for a place in a group. */
	write: [privileged],
	removal: [tokenCreator, privileged],
	role: [tokenCreator, privileged, privilegedRole, externalRole],
	address: [privileged, privilegedAddress, creatorAddress, foreignAddress, addressAccess],
} satisfies Record<string, ReadonlyArray<Guard<RoleChange & AddressChange>>>;

/** Why a person who may manage others, or is protected, is not written to. */
export function writeBlock(policy: Policy, user: User): string | undefined {
	return firstObjection(MEMBER_GUARDS.write, { user, policy });
}

export function removalBlock(policy: Policy, user: User): string | undefined {
	return firstObjection(MEMBER_GUARDS.removal, { user, policy });
}

export function roleBlock(policy: Policy, user: User, role: string): string | undefined {
	return firstObjection<RoleChange>(MEMBER_GUARDS.role, { user, policy, role });
}

export function addressBlock(policy: Policy, user: User, email: string): string | undefined {
	return firstObjection<AddressChange>(MEMBER_GUARDS.address, { user, policy, email });
}

function isLowered(user: User, role: string): boolean {
	return lowersRole(user.role ?? 'member', role);
}

function after({ user, email }: AddressChange): User {
	return { ...user, userName: email };
}
