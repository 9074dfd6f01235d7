import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import { append } from '../append';
import { hasLeft } from '../person/hasLeft';
import { inOrder, recordKey } from '../person/naming';
import type { Directory, Person } from '../person/person';
import type { PersonLink } from '../plan/policy';
import { Accounts } from './accounts';
import { doubtsByAddress, withDoubt } from './doubts';
import { Entries } from './entries';
import type { Known } from './known';
import { Links } from './links';
import { matchPerson } from './matchPerson';
import { obstacleTo } from './obstacle';
import type { PersonMatch } from './personMatch';
import { secondaryMeanings } from './secondaryAddresses';

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
 * no entry; its secondary addresses still prevent a creation. Takes time in proportion to the number of people,
 * never to its square.
 *
 * @param links their ids may have any spelling; those of other sources do no harm
 */
export function matchDirectory(directory: Directory, users: User[], links: PersonLink[]): Matching {
	return new DirectoryMatching(directory, users, links);
}

class DirectoryMatching implements Matching {
	private readonly known: Known;
	private readonly matches: ReadonlyMap<Person, PersonMatch>;
	private readonly records = new Map<string, Person[]>();
	private readonly mentioned = new Set<string>();
	private readonly rivals = new Map<string, Person>();

	constructor(directory: Directory, users: User[], links: PersonLink[]) {
		const persons = inOrder(directory.persons, recordKey);
		this.known = {
			accounts: new Accounts(users),
			links: new Links(links),
			entries: new Entries(persons),
		};
		const alone = new Map(persons.map((person) => [person, matchPerson(person, this.known)]));
		const doubts = doubtsByAddress(alone);
		this.matches = new Map(
			[...alone].map(([person, match]) => [person, withDoubt(person, match, doubts)]),
		);
		for (const person of persons) this.note(person);
	}

	of(person: Person): PersonMatch {
		return this.matches.get(person) ?? matchPerson(person, this.known);
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
		return obstacleTo(person, user, email, this.known);
	}

	/** Stores for each member what the entry means for them. */
	private note(person: Person): void {
		const match = this.of(person);
		if (match.kind === 'link' || match.kind === 'email') {
			append(this.records, resourceId(match.user.id), person);
		} else if (!hasLeft(person)) {
			this.addRival(person);
		}
		for (const { id } of usersMeantBy(person, this.known)) this.mentioned.add(resourceId(id));
	}

	private addRival(person: Person): void {
		for (const { id } of this.known.accounts.withEmail(person.attributes.email)) {
			if (!this.rivals.has(resourceId(id))) this.rivals.set(resourceId(id), person);
		}
	}
}

function usersMeantBy(person: Person, { accounts, links }: Known): User[] {
	const { email } = person.attributes;
	return [
		...accounts.membersOf(links.of(person)),
		...accounts.withEmail(email),
		...(email ? accounts.withConfusable(email) : []),
		...secondaryMeanings(person, accounts),
	];
}
