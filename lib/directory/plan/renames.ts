import { emailKey } from '../../scim/emailKey';
import { resourceId } from '../../scim/resourceId';
import type { Candidate } from './joiners';
import type { Matching } from '../matching/matching';
import type { Member } from './members';
import { hasLeft } from '../person/hasLeft';
import { inOrder, listed, personName, recordKey, recordName, userLabel } from '../person/naming';
import type { Directory, Person } from '../person/person';
import { likeness, nameOf } from './samePerson';
import { unreadableEmail } from '../person/unreadableAddresses';

/** A person who would join and a member who would be removed are one person with a new address. */
export interface AddressChange {
	candidate: Candidate;
	member: Member;
	/** What shows that they are one, as the middle of a sentence. */
	because: string;
}

export interface SortedCandidates {
	renames: AddressChange[];
	/** Each with the reason why they cannot join, where there is one. */
	joining: Array<{ candidate: Candidate; obstacle: string | undefined }>;
	/** Members who may be one of those: nothing is done to them until that is decided. */
	doubtful: ReadonlyMap<Member, string>;
}

/** A number that more people have than this is a placeholder, and identifies no one. */
const MOST_HOLDERS = 3;

/**
 * Finds people who would get an empty account while their old one is orphaned: they share the
 * directory's id, the employee number or the address of an entry with a member it does not list
 * as active any more, and a name besides. A person who shares only a number is another one, and neither
 * joins nor keeps the other in.
 */
export function sortCandidates(
	candidates: readonly Candidate[],
	members: readonly Member[],
	directory: Directory,
	matching: Matching,
): SortedCandidates {
	const numbers = employeeNumbers(directory);
	const byClue = cluesToMembers(members, (number) => (numbers.get(number)?.size ?? 0) > MOST_HOLDERS);
	const doubtful = new Map<Member, string>();
	const doubt = (member: Member, person: Person): void => {
		doubtful.set(
			member,
			`${userLabel(member.user)} may be ${personName(person)} with a new address. The planned change for that entry says what to do.`,
		);
	};
	const settled = new Set(candidates.flatMap(({ wanted }) => wanted.records));
	for (const person of inOrder(directory.persons, recordKey)) {
		const { kind } = matching.of(person);
		if (kind === 'link' || kind === 'email' || settled.has(person) || hasLeft(person)) continue;
		const { possible } = byLikeness([person], membersGoing([person], byClue));
		for (const member of possible.keys()) doubt(member, person);
	}
	const found = candidates.map((candidate) => {
		const { records } = candidate.wanted;
		return { candidate, ...byLikeness(records, membersGoing(records, byClue)) };
	});
	const claims = new Map<Member, number>();
	for (const { possible } of found) {
		for (const member of possible.keys()) claims.set(member, (claims.get(member) ?? 0) + 1);
	}
	const sorted: SortedCandidates = { renames: [], joining: [], doubtful };
	for (const { candidate, possible, others, isUnnamed } of found) {
		const [person] = candidate.wanted.records;
		const number = candidate.wanted.attributes.employeeNumber;
		const [first] = possible;
		if (!first) {
			sorted.joining.push({ candidate, obstacle: otherName(person, others) });
			continue;
		}
		const [member, because] = first;
		const isShared = number !== undefined && (numbers.get(number)?.size ?? 0) > 1;
		const isOne = possible.size === 1 && claims.get(member) === 1 && !isShared;
		if (isOne && !isUnnamed && !doubtful.has(member)) {
			sorted.renames.push({ candidate, member, because });
			continue;
		}
		for (const other of possible.keys()) doubt(other, person);
		const labels = listed([...possible.keys()].map(({ user }) => userLabel(user)).sort());
		const but = isUnnamed ? 'one of them has no name' : 'others share it too';
		sorted.joining.push({
			candidate,
			obstacle: `${personName(person)} may be ${labels} with a new address, because they share an employee number or an entry, but ${but}. Link ${recordName(person)} to the right account, or correct the number.`,
		});
	}
	return sorted;
}

/** Members whom clues name, each with the clue: who may be the person by their names, and who is not. */
function byLikeness(
	records: readonly Person[],
	going: ReadonlyMap<Member, string>,
): { possible: Map<Member, string>; others: Map<Member, string>; isUnnamed: boolean } {
	const possible = new Map<Member, string>();
	const others = new Map<Member, string>();
	let isUnnamed = false;
	for (const [member, because] of going) {
		const { user, employmentState } = member;
		const alike = likeness(records, user, employmentState.is === 'left' ? employmentState.records : []);
		(alike === 'other' ? others : possible).set(member, because);
		isUnnamed ||= alike === 'unknown';
	}
	return { possible, others, isUnnamed };
}

function otherName(person: Person, others: ReadonlyMap<Member, string>): string | undefined {
	const [first] = others;
	if (!first) return undefined;
	const [{ user }, because] = first;
	return `${personName(person)} has another name or number than ${userLabel(user)}, and yet ${because}. If both are one person, link ${recordName(person)} to the account ${user.id}. If not, correct what they share.`;
}

type Clue = string;

const byRecord = (record: { source: string; sourceId: string }): Clue => `record\n${recordKey(record)}`;
const byNumber = (source: string, number: string): Clue => `number\n${source}\n${number}`;
const byAddress = (email: string): Clue => `address\n${emailKey(email)}`;
/** Weak, so it counts only for an entry of which no address says who it is. */
const byName = (name: string): Clue => `name\n${name}`;
/** Of the account in Notion, which does not say which source wrote it. */
const byAccountNumber = (number: string): Clue => `account\n${number}`;

/** Members the directory does not list as present, by what tells who they are. */
function cluesToMembers(
	members: readonly Member[],
	isPlaceholder: (number: string) => boolean,
): Map<Clue, Member[]> {
	const byClue = new Map<Clue, Member[]>();
	for (const member of members) {
		const { employmentState, user } = member;
		if (employmentState.is !== 'left' && employmentState.is !== 'absent') continue;
		const clues = new Set<Clue>();
		for (const name of [user, ...(employmentState.is === 'left' ? employmentState.records : [])].map(nameOf)) {
			if (name !== undefined) clues.add(byName(name));
		}
		const { employeeNumber: own } = user.attributes;
		if (own && !isPlaceholder(own)) clues.add(byAccountNumber(own));
		for (const record of employmentState.is === 'left' ? employmentState.records : []) {
			clues.add(byRecord(record));
			const { employeeNumber, email } = record.attributes;
			if (email) clues.add(byAddress(email));
			if (employeeNumber && !isPlaceholder(employeeNumber))
				clues.add(byNumber(record.source, employeeNumber));
		}
		for (const clue of clues) byClue.set(clue, [...(byClue.get(clue) ?? []), member]);
	}
	return byClue;
}

function membersGoing(
	records: readonly Person[],
	byClue: ReadonlyMap<Clue, Member[]>,
): Map<Member, string> {
	const going = new Map<Member, string>();
	for (const record of records) {
		for (const member of byClue.get(byRecord(record)) ?? []) {
			going.set(member, `both are the entry ${record.sourceId} of ${record.source}`);
		}
		const { employeeNumber, email } = record.attributes;
		for (const member of (email && byClue.get(byAddress(email))) || []) {
			if (!going.has(member)) going.set(member, `the directory has ${email} for both`);
		}
		const name = unreadableEmail(record) === undefined ? undefined : nameOf(record);
		for (const member of (name && byClue.get(byName(name))) || []) {
			if (!going.has(member)) going.set(member, `both are called ${record.attributes.displayName ?? name}`);
		}
		if (!employeeNumber) continue;
		const clues = [byNumber(record.source, employeeNumber), byAccountNumber(employeeNumber)];
		for (const member of clues.flatMap((clue) => byClue.get(clue) ?? [])) {
			if (!going.has(member)) going.set(member, `both have the employee number ${employeeNumber}`);
		}
	}
	return new Map(inOrder([...going], ([{ user }]) => resourceId(user.id)));
}

/** Who of those that have not left has a number: a number that several have says nothing. */
function employeeNumbers({ persons }: Directory): Map<string, Set<string>> {
	const numbers = new Map<string, Set<string>>();
	for (const person of persons) {
		const { employeeNumber, email } = person.attributes;
		if (!employeeNumber || hasLeft(person)) continue;
		const holders = numbers.get(employeeNumber) ?? new Set();
		numbers.set(employeeNumber, holders.add(email ?? recordKey(person)));
	}
	return numbers;
}
