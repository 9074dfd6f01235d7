import { emailKey, confusableKey } from '../../scim/emailKey';
import type { UserIndex } from '../../scim/userIndex';
import { resourceId } from '../../scim/resourceId';
import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import { secondaryEmailKeys } from '../../scim/userResource';
import type { Guards } from './guards';
import { assertMayWrite, assertMayWriteTo, assertOwnedAddress } from './guards';

/** Why a credential whose access is not Full changes no address, as whole sentences. */
export const ADDRESS_NEEDS_FULL_ACCESS =
	'The credential may not change addresses, because that takes an account from its holder. Use one whose Access is Full, or change the address in Notion under Settings, People.';

/**
 * For giving an account another address: the person with that address signs in from then on, so it needs what
 * a removal needs. The account then counts as the person the address protects.
 *
 * @throws ScimError `accessDenied` or `protectedPerson`
 */
export function assertMayChangeAddress(
	guards: Guards,
	user: User,
	email: string,
	{ allowPrivileged, allowExternalMember }: { allowPrivileged: boolean; allowExternalMember: boolean },
): void {
	assertMayWrite(guards);
	if (guards.access !== 'full') {
		throw new ScimError(
			'accessDenied',
			`This credential may not change the address of ${user.userName}, because that takes the account from its holder. Nothing was done.`,
			'Use a credential whose Access is Full, or change the address in Notion under Settings, People.',
		);
	}
	assertMayWriteTo(guards, { ...user, userName: email }, allowPrivileged);
	assertOwnedAddress(guards, email, allowExternalMember);
}

/** Whose addresses are whose: read when that is first asked, and kept up to date with what a run changes. */
export class AddressBook {
	private userIndex: Promise<UserIndex> | undefined;
	/** By id, since the reading; undefined for an account that was removed. */
	private readonly changed = new Map<string, User | undefined>();

	/** @param read all users as they are now */
	constructor(private readonly read: () => Promise<UserIndex>) {}

	replace(user: User): void {
		this.changed.set(resourceId(user.id), user);
	}

	remove({ id }: User): void {
		this.changed.set(resourceId(id), undefined);
	}

	/** Writes a new address. A write that fails may have been done all the same, so all users are read again. */
	async change<T extends { user: User }>(write: () => Promise<T>): Promise<T> {
		try {
			const written = await write();
			this.replace(written.user);
			return written;
		} catch (error) {
			this.userIndex = undefined;
			this.changed.clear();
			return Promise.reject(error);
		}
	}

	/**
	 * Why a member cannot have an address: another account has it, as a secondary one too, or has one that
	 * looks like it.
	 *
	 * @returns a whole sentence without its full stop, or undefined where the address is free
	 * @throws ScimError `listIncomplete` where no one can tell
	 */
	async obstacle(email: string, user: User): Promise<string | undefined> {
		this.userIndex ??= this.read();
		const known = (await this.userIndex).holdersOf(email);
		const now = [...known.filter(({ id }) => !this.changed.has(resourceId(id))), ...this.changed.values()];
		const other = now.find(
			(one) => one && resourceId(one.id) !== resourceId(user.id) && isHolderOf(email, one),
		);
		return other && `${email} ${holding(email, other)}`;
	}

	/** As {@link obstacle}. @throws ScimError `emailTaken` */
	async assertFree(email: string, user: User): Promise<void> {
		const obstacle = await this.obstacle(email, user);
		if (obstacle === undefined) return;
		throw new ScimError(
			'emailTaken',
			`${obstacle}, so ${user.userName} does not get it. Nothing was done.`,
			'Check the spelling. If the address is right, the other account must give it up first.',
		);
	}
}

function isHolderOf(email: string, user: User): boolean {
	return confusableKey(user.userName) === confusableKey(email) || secondaryEmailKeys(user).includes(emailKey(email));
}

/** As the end of a sentence that begins with the address. */
function holding(email: string, other: User): string {
	if (emailKey(other.userName) === emailKey(email)) return `is the address of ${labelOf(other)}`;
	return confusableKey(other.userName) === confusableKey(email)
		? `looks like the address of ${labelOf(other)}, but is another one`
		: `is a secondary address of ${labelOf(other)}`;
}

function labelOf({ userName, id }: User): string {
	return `${userName} (${id})`;
}
