import { isOneOfDomains } from '../../scim/emailAddress';
import { emailDomain, emailKey } from '../../scim/emailKey';
import { splitList } from '../../scim/personAttributes';
import type { User } from '../../scim/userResource';
import type { Guards } from '../guards/guards';
import type { Person } from '../person/person';

/** A member, with the entries of the directory that are this member. */
export interface ListedMember {
	user: User;
	records: readonly Person[];
}

/** Why two seats may be one person's. */
export interface DuplicateEvidence {
	/** The seat that this person has besides. */
	other: User;
	/** Continues the sentence "ada@example.org and ada@example.com …". */
	because: string;
	/** The directory itself says so, against what merely looks like it. */
	isStrong: boolean;
}

/** More seats than this with one employee number: it is a placeholder, and identifies no one. */
const MOST_SEATS_OF_ONE = 3;

/**
 * Finds seats of people who have another one. The seat that a duplicate is compared with is always one
 * of a person who is in the directory and has not left: two seats of a person who has left are both
 * that person's, and go together.
 *
 * @param present members the directory lists as anything but inactive
 */
export class SeatDuplicates {
	private readonly byEmployeeNumber = new Map<string, ListedMember[]>();
	private readonly bySecondary = new Map<string, ListedMember[]>();
	private readonly byAddress = new Map<string, ListedMember[]>();
	private readonly byLocalPart = new Map<string, ListedMember[]>();
	private readonly byName = new Map<string, ListedMember[]>();

	constructor(
		present: readonly ListedMember[],
		private readonly guards: Guards,
	) {
		for (const member of present) {
			for (const number of employeeNumbersOf(member)) put(this.byEmployeeNumber, number, member);
			for (const address of secondaryAddressesOf(member)) put(this.bySecondary, address, member);
			const address = emailKey(member.user.userName);
			put(this.byAddress, withoutTag(address), member);
			put(this.byLocalPart, localPart(address), member);
			for (const name of namesOf(member)) put(this.byName, name, member);
		}
	}

	/** What the directory says: the same employee number, or an address of the same entry. */
	strong(member: ListedMember): DuplicateEvidence | undefined {
		const address = emailKey(member.user.userName);
		const owner = this.other(this.bySecondary.get(address), member);
		if (owner) {
			return {
				other: owner.user,
				because: 'are two addresses of one entry in the directory',
				isStrong: true,
			};
		}
		for (const number of employeeNumbersOf(member)) {
			const sharers = this.byEmployeeNumber.get(number) ?? [];
			if (sharers.length > MOST_SEATS_OF_ONE) continue;
			const other = this.other(sharers, member);
			if (other) {
				return { other: other.user, because: `have the employee number ${number}`, isStrong: true };
			}
		}
		return undefined;
	}

	/** The same mailbox with a tag, as in ada+test@example.com. */
	tagged(member: ListedMember): DuplicateEvidence | undefined {
		const address = emailKey(member.user.userName);
		if (address === withoutTag(address)) return undefined;
		const other = this.other(this.byAddress.get(withoutTag(address)), member);
		return other && { other: other.user, because: 'differ in a plus tag only', isStrong: false };
	}

	/** What merely looks like it, for a member no entry lists. */
	weak(member: ListedMember): DuplicateEvidence | undefined {
		const address = emailKey(member.user.userName);
		const tagged = this.tagged(member);
		if (tagged) return tagged;
		const isOwned = (email: string): boolean =>
			isOneOfDomains(this.guards.ownedDomains, emailDomain(email));
		const sameLocalPart = this.byLocalPart.get(localPart(address))?.filter(
			({ user }) => isOwned(user.userName) && isOwned(address),
		);
		const alias = this.other(sameLocalPart, member);
		if (alias) {
			return { other: alias.user, because: 'differ in the domain only, and you own both', isStrong: false };
		}
		for (const name of namesOf(member)) {
			const namesake = this.other(this.byName.get(name), member);
			if (namesake) return { other: namesake.user, because: 'have the same name', isStrong: false };
		}
		return undefined;
	}

	/**
	 * The other account with the same sign, where that is the seat to keep: of two who are both in the
	 * directory, the one with the shorter address, and of those the first in alphabetical order.
	 */
	private other(
		candidates: readonly ListedMember[] | undefined,
		member: ListedMember,
	): ListedMember | undefined {
		const others = (candidates ?? []).filter(({ user }) => user.id !== member.user.id);
		const isCandidate = (candidates ?? []).some(({ user }) => user.id === member.user.id);
		const [kept] = [...others, ...(isCandidate ? [member] : [])].sort(
			(one, another) =>
				one.user.userName.length - another.user.userName.length ||
				(emailKey(one.user.userName) < emailKey(another.user.userName) ? -1 : 1),
		);
		return kept?.user.id === member.user.id ? undefined : kept;
	}
}

function employeeNumbersOf({ user, records }: ListedMember): string[] {
	const numbers = [user.attributes, ...records.map(({ attributes }) => attributes)].flatMap(
		({ employeeNumber }) => employeeNumber?.trim() ?? [],
	);
	// "0" and "n/a" are what people enter who have no number.
	return [...new Set(numbers)].filter((number) => /[1-9]/.test(number));
}

/** As the directory has them. Those in Notion are set by the account holder and prove nothing. */
function secondaryAddressesOf({ user, records }: ListedMember): string[] {
	const own = emailKey(user.userName);
	return records
		.flatMap(({ attributes }) => [
			...splitList(attributes.secondaryEmails ?? ''),
			...(attributes.email ? [attributes.email] : []),
		])
		.map(emailKey)
		.filter((address) => address !== own);
}

function namesOf({ user, records }: ListedMember): string[] {
	const names = [user.attributes, ...records.map(({ attributes }) => attributes)].flatMap(
		({ displayName, givenName, familyName }) => [
			displayName ?? '',
			givenName && familyName ? `${givenName} ${familyName}` : '',
		],
	);
	// One word alone is a first name or a nickname, which many share.
	return [...new Set(names.map(nameKey))].filter((name) => name.includes(' '));
}

function nameKey(name: string): string {
	return name.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

function localPart(address: string): string {
	return address.slice(0, Math.max(0, address.lastIndexOf('@')));
}

function withoutTag(address: string): string {
	return address.replace(/(?<=^[^+@]+)\+[^@]*(?=@)/, '');
}

function put(map: Map<string, ListedMember[]>, key: string, member: ListedMember): void {
	const members = map.get(key);
	if (members) members.push(member);
	else map.set(key, [member]);
}
