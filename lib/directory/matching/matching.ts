import { emailKey, confusableKey } from '../../scim/emailKey';
import { splitList } from '../../scim/personAttributes';
import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import { secondaryEmailKeys } from '../../scim/userResource';
import { append } from '../append';
import { hasLeft } from '../person/hasLeft';
import { inOrder, listed, personName, recordKey, recordName, userLabel } from '../person/naming';
import type { Directory, Person } from '../person/person';
import type { PersonLink } from '../plan/policy';

/** Which member of the workspace an entry of a directory is. */
export type PersonMatch =
	/** A link says so. */
	| { kind: 'link'; user: User }
	/** The primary address says so. */
	| { kind: 'email'; user: User }
	/**
	 * An address of one is a secondary address of the other. People set those themselves, so this
	 * only prevents a creation or a removal.
	 */
	| { kind: 'secondary'; user: User }
	/** Nothing is done to any of them; the explanation is one or more whole sentences. */
	| { kind: 'ambiguous'; users: User[]; explanation: string }
	| { kind: 'none' };

/** Who is who: the entries of a directory and the members of a workspace. */
export interface Matching {
	of(person: Person): PersonMatch;
	/** All entries that are this member, by link or by primary address. */
	recordsOf(userId: string): Person[];
	/**
	 * Whether any entry may mean this member, also by a secondary or look-alike address or as one of
	 * several: such a member is never unlisted.
	 */
	isMentioned(userId: string): boolean;
	/**
	 * An entry that has not left and has the member's very address, though it is not certain
	 * that it is this member: until that is settled, the account may be that person's.
	 */
	rivalOf(userId: string): Person | undefined;
	/**
	 * Why a member cannot get an address, as a whole sentence; undefined where it is free for them.
	 *
	 * @param person the entry that says so; its own history with the address is no obstacle
	 */
	obstacleTo(person: Person, user: User, email: string): string | undefined;
}

/**
 * Matches each entry by link, then by primary address. An account that has left (inactive) matches
 * no entry; its secondary addresses still prevent a creation. Takes time in proportion to the number of people, never to its square.
 *
 * @param links their ids may have any spelling; those of other sources do no harm
 */
export function matchDirectory(directory: Directory, users: User[], links: PersonLink[]): Matching {
	return new DirectoryMatching(directory, users, links);
}

class DirectoryMatching implements Matching {
	private readonly members = new Map<string, User>();
	private readonly byEmail = new Map<string, User[]>();
	private readonly byConfusableKey = new Map<string, User[]>();
	/** Accounts that have left are among them: an account comes back with all its addresses. */
	private readonly bySecondary = new Map<string, User[]>();
	private readonly leftByEmail = new Map<string, User[]>();
	private readonly leftById = new Map<string, User>();
	private readonly linksOfRecord = new Map<string, PersonLink[]>();
	private readonly linksOfUser = new Map<string, PersonLink[]>();
	private readonly linksOfEmail = new Map<string, PersonLink[]>();
	private readonly personsOfRecord = new Map<string, Person[]>();
	/** The different addresses in the directory that look the same. */
	private readonly addressesByConfusableKey = new Map<string, Set<string>>();
	private readonly matches = new Map<Person, PersonMatch>();
	private readonly records = new Map<string, Person[]>();
	private readonly mentioned = new Set<string>();
	private readonly rivals = new Map<string, Person>();

	constructor(directory: Directory, users: User[], links: PersonLink[]) {
		const persons = inOrder(directory.persons, recordKey);
		for (const user of inOrder(users, ({ id }) => id)) this.addUser(user);
		for (const link of inOrder(links, recordKey)) this.addLink(link);
		for (const person of persons) this.addPerson(person);
		for (const person of persons) this.matches.set(person, this.match(person));
		const doubts = this.doubtsByAddress(persons);
		for (const person of persons) {
			const match = this.withDoubt(person, this.of(person), doubts);
			this.matches.set(person, match);
			if (match.kind === 'link' || match.kind === 'email') {
				append(this.records, resourceId(match.user.id), person);
			} else if (!hasLeft(person)) {
				this.addRival(person);
			}
			for (const { id } of this.usersMeantBy(person)) this.mentioned.add(resourceId(id));
		}
	}

	of(person: Person): PersonMatch {
		return this.matches.get(person) ?? this.match(person);
	}

	recordsOf(userId: string): Person[] {
		return this.records.get(resourceId(userId)) ?? [];
	}

	isMentioned(userId: string): boolean {
		return this.mentioned.has(resourceId(userId));
	}

	rivalOf(userId: string): Person | undefined {
		return this.rivals.get(resourceId(userId));
	}

	obstacleTo(person: Person, user: User, email: string): string | undefined {
		const key = emailKey(email);
		const others = [
			...(this.byEmail.get(key) ?? []),
			...(this.leftByEmail.get(key) ?? []),
			...(this.bySecondary.get(key) ?? []),
			...(this.byConfusableKey.get(confusableKey(email)) ?? []),
		].filter(({ id }) => resourceId(id) !== resourceId(user.id));
		if (others.length > 0) {
			return `${email} is, or looks like, an address of ${listed(distinctLabels(others))}.`;
		}
		const before = this.earlierOwner(person, key);
		return before && `A link says that ${email} was the address of ${recordName(before)}.`;
	}

	private addUser(user: User): void {
		for (const key of new Set(secondaryEmailKeys(user))) append(this.bySecondary, key, user);
		if (!user.active) {
			append(this.leftByEmail, emailKey(user.userName), user);
			this.leftById.set(resourceId(user.id), user);
			return;
		}
		this.members.set(resourceId(user.id), user);
		append(this.byEmail, emailKey(user.userName), user);
		append(this.byConfusableKey, confusableKey(user.userName), user);
	}

	private addLink(link: PersonLink): void {
		append(this.linksOfRecord, recordKey(link), link);
		append(this.linksOfUser, resourceId(link.userId), link);
		if (link.email) append(this.linksOfEmail, emailKey(link.email), link);
	}

	private addPerson(person: Person): void {
		append(this.personsOfRecord, recordKey(person), person);
		const { email } = person.attributes;
		if (!email) return;
		const key = confusableKey(email);
		const addresses = this.addressesByConfusableKey.get(key) ?? new Set();
		this.addressesByConfusableKey.set(key, addresses.add(emailKey(email)));
	}

	private addRival(person: Person): void {
		const { email } = person.attributes;
		for (const { id } of (email && this.byEmail.get(emailKey(email))) || []) {
			if (!this.rivals.has(resourceId(id))) this.rivals.set(resourceId(id), person);
		}
	}

	/** Addresses of present people whose identity is uncertain, each with the first of those people. */
	private doubtsByAddress(persons: Person[]): Map<string, { person: Person; users: User[] }> {
		const doubts = new Map<string, { person: Person; users: User[] }>();
		for (const person of persons) {
			const { email } = person.attributes;
			const match = this.of(person);
			if (match.kind !== 'ambiguous' && match.kind !== 'secondary') continue;
			if (email === undefined || hasLeft(person) || doubts.has(emailKey(email))) continue;
			const users = match.kind === 'secondary' ? [match.user] : match.users;
			doubts.set(emailKey(email), { person, users });
		}
		return doubts;
	}

	/** Whom an address means is one question, whichever of several entries with that address asks it. */
	private withDoubt(
		person: Person,
		match: PersonMatch,
		doubts: ReadonlyMap<string, { person: Person; users: User[] }>,
	): PersonMatch {
		const { email } = person.attributes;
		const doubt = email === undefined ? undefined : doubts.get(emailKey(email));
		if (!doubt || doubt.person === person || match.kind === 'link' || match.kind === 'ambiguous')
			return match;
		return ambiguous(
			[...new Set([...doubt.users, ...('user' in match ? [match.user] : [])])],
			`${personName(person)} has the same address as ${recordName(doubt.person)}, whose identity is not certain.`,
			'The planned change for that entry says what to do.',
		);
	}

	private match(person: Person): PersonMatch {
		const links = this.linksOfRecord.get(recordKey(person)) ?? [];
		const linked = this.membersOf(links);
		const { email } = person.attributes;
		const namesakes = (email && this.byEmail.get(emailKey(email))) || [];
		const [user] = linked;
		if (!user) return this.matchByAddress(person, links, namesakes);
		if (linked.length > 1) {
			return ambiguous(
				linked,
				`Links say that ${personName(person)} is ${listed(distinctLabels(linked))}.`,
				'Delete the wrong link.',
			);
		}
		const others = namesakes.filter((namesake) => namesake !== user);
		if (others.length > 0) {
			return ambiguous(
				[user, ...others],
				`A link says that ${personName(person)} is the member ${userLabel(user)}, but their address is that of ${listed(distinctLabels(others))}.`,
				'Correct the link, or one of the addresses.',
			);
		}
		return { kind: 'link', user };
	}

	/** @param links of this record; none of their accounts is a member any more */
	private matchByAddress(person: Person, links: PersonLink[], namesakes: User[]): PersonMatch {
		const { email } = person.attributes;
		const [former] = links;
		if (former && !this.isReturnOf(links, email, namesakes)) {
			return ambiguous(
				namesakes,
				`${personName(person)} is linked to the account ${former.userId}${former.email ? ` with the address ${former.email}` : ''}, which is no member of the workspace any more${
					namesakes.length > 0
						? `, and their address is now that of ${listed(distinctLabels(namesakes))}`
						: ''
				}.`,
				'Delete the link if they should get another account.',
			);
		}
		if (!email) return this.matchBySecondary(person);
		const [user, another] = namesakes;
		if (another) {
			return ambiguous(
				namesakes,
				`Several members have the address ${email}.`,
				'Look under Settings, People in Notion and remove the wrong account.',
			);
		}
		if (!user) return this.matchUnknownAddress(person, email);
		const stranger = this.strangerBehind(user, person, email);
		if (stranger) {
			return ambiguous(
				[user],
				`The address of ${personName(person)} is that of the member ${userLabel(user)}, whom a link knows as ${recordName(stranger)}, another entry of the directory.`,
				`If both are one person, link ${recordName(person)} to the account ${user.id}. If not, one of them needs another address.`,
			);
		}
		return { kind: 'email', user };
	}

	/** An account that left comes back under an address that it had; under another it would be a second one. */
	private isReturnOf(links: PersonLink[], email: string | undefined, namesakes: User[]): boolean {
		if (email === undefined || namesakes.length > 0) return false;
		return links.some(({ userId }) => {
			const known = this.addressesOf(userId);
			return known.size === 0 || known.has(emailKey(email));
		});
	}

	/** The addresses by which links, or Notion, know an account that has left. */
	private addressesOf(userId: string): Set<string> {
		const links = this.linksOfUser.get(resourceId(userId)) ?? [];
		const shown = this.leftById.get(resourceId(userId));
		return new Set([
			...links.flatMap(({ email }) => (email ? [emailKey(email)] : [])),
			...(shown ? [emailKey(shown.userName)] : []),
		]);
	}

	private matchUnknownAddress(person: Person, email: string): PersonMatch {
		const before = this.earlierOwner(person, emailKey(email)) ?? this.ownerOfLeftAccount(person, email);
		if (before) {
			return ambiguous(
				this.membersOf([before]),
				`The address of ${personName(person)} was that of ${recordName(before)}, another entry of the directory, and Notion may bring back that account with its pages.`,
				`If both are one person, link ${recordName(person)} to the account ${before.userId} with the email ${email}. If not, they need another address.`,
			);
		}
		const lookalikes = this.byConfusableKey.get(confusableKey(email)) ?? [];
		if (lookalikes.length > 0) {
			return ambiguous(
				lookalikes,
				`The address of ${personName(person)} looks like that of ${listed(distinctLabels(lookalikes))}, but is another one.`,
				'Correct the letters of the address, or link this entry to the right account.',
			);
		}
		if ((this.addressesByConfusableKey.get(confusableKey(email))?.size ?? 0) > 1) {
			return ambiguous(
				[],
				`The address of ${personName(person)} looks like that of another entry of the directory, but is not the same.`,
				'Correct the letters of the address in the directory.',
			);
		}
		return this.matchBySecondary(person);
	}

	private matchBySecondary(person: Person): PersonMatch {
		const owners = [...new Set(this.secondaryMeanings(person))];
		const [user, another] = owners;
		if (!user) return { kind: 'none' };
		if (!another) return { kind: 'secondary', user };
		return ambiguous(
			owners,
			`Addresses of ${personName(person)} are secondary ones of, or shared with, ${listed(distinctLabels(owners))}.`,
			'Link this entry to the right account, or remove the address from the others.',
		);
	}

	/** Accounts with which an entry shares an address that is a secondary one on either side. */
	private secondaryMeanings({ attributes: { email, secondaryEmails } }: Person): User[] {
		const secondary = splitList(secondaryEmails ?? '').map(emailKey);
		return [
			...(email ? [emailKey(email)] : []).flatMap((key) => this.bySecondary.get(key) ?? []),
			...secondary.flatMap((key) => this.bySecondary.get(key) ?? []),
			...secondary.flatMap((key) => this.byEmail.get(key) ?? []),
			// An account that left and has this very primary address is the person's own.
		].filter(
			(user) => user.active || email === undefined || emailKey(user.userName) !== emailKey(email),
		);
	}

	private usersMeantBy(person: Person): User[] {
		const { email } = person.attributes;
		return [
			...this.membersOf(this.linksOfRecord.get(recordKey(person)) ?? []),
			...(email ? (this.byEmail.get(emailKey(email)) ?? []) : []),
			...(email ? (this.byConfusableKey.get(confusableKey(email)) ?? []) : []),
			...this.secondaryMeanings(person),
		];
	}

	/** The link of another entry that is this member, unless that entry says itself that both are one. */
	private strangerBehind(user: User, person: Person, email: string): PersonLink | undefined {
		return (this.linksOfUser.get(resourceId(user.id)) ?? []).find((link) => {
			if (recordKey(link) === recordKey(person)) return false;
			const entries = this.personsOfRecord.get(recordKey(link)) ?? [];
			const addresses = entries.flatMap(({ attributes }) => attributes.email ?? []);
			if (addresses.some((address) => emailKey(address) === emailKey(email))) return false;
			// Another source knows the same person by another id, so its link alone means nothing.
			return link.source === person.source || addresses.length > 0;
		});
	}

	/** Whose address it was, where a link knows it as that of another entry of the same source. */
	private earlierOwner(person: Person, key: string): PersonLink | undefined {
		const ownAccounts = this.linkedAccountsOf(person);
		return (this.linksOfEmail.get(key) ?? []).find(
			(link) =>
				link.source === person.source &&
				link.sourceId !== person.sourceId &&
				!ownAccounts.has(resourceId(link.userId)),
		);
	}

	/** As {@link earlierOwner}, where Notion still shows the account that has left. */
	private ownerOfLeftAccount(person: Person, email: string): PersonLink | undefined {
		const ownAccounts = this.linkedAccountsOf(person);
		for (const account of this.leftByEmail.get(emailKey(email)) ?? []) {
			if (ownAccounts.has(resourceId(account.id))) continue;
			const stranger = this.strangerBehind(account, person, email);
			if (stranger) return stranger;
		}
		return undefined;
	}

	private linkedAccountsOf(person: Person): Set<string> {
		const links = this.linksOfRecord.get(recordKey(person)) ?? [];
		return new Set(links.map(({ userId }) => resourceId(userId)));
	}

	private membersOf(links: PersonLink[]): User[] {
		const users = links.flatMap(({ userId }) => this.members.get(resourceId(userId)) ?? []);
		return [...new Set(users)];
	}
}

function ambiguous(users: User[], what: string, remedy: string): PersonMatch {
	return { kind: 'ambiguous', users: inOrder(users, ({ id }) => id), explanation: `${what} ${remedy}` };
}

function distinctLabels(users: User[]): string[] {
	return [...new Set(users.map(userLabel))].sort();
}
