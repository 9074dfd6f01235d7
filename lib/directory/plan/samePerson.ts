import type { PersonAttributes } from '../../scim/personAttributes';
import type { User } from '../../scim/userResource';
import { recordKey } from '../person/naming';
import type { Person } from '../person/person';

/** Words that many names share, and that say nothing of whose name it is. */
const PARTICLES = new Set(
	'al bin da das de del della den der di do dos du el la le los van von zu'.split(' '),
);

const INITIAL = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u;

/** Whether two entries with one address are two people: by their numbers, or by their whole names. */
export function isAnotherPerson(one: Person, other: Person): boolean {
	const { employeeNumber: number, displayName: name } = one.attributes;
	const { employeeNumber: otherNumber, displayName: otherName } = other.attributes;
	if (number && number === otherNumber) return false;
	if (haveOtherNumbers(one, other)) return true;
	return name !== undefined && otherName !== undefined && wholeName(name) !== wholeName(otherName);
}

/**
 * An entry that is present and has the address of one that has left, in one source, and is
 * another person all the same: one hired after them, and not they themselves under another entry.
 *
 * @param isProven whether a link says of an entry which account it has
 */
export function newOwner(
	left: readonly Person[],
	present: readonly Person[],
	isProven: (person: Person) => boolean,
): { former: Person; owner: Person } | undefined {
	const formers = onePerIdentity(left);
	for (const owner of onePerIdentity(present.filter((person) => !isProven(person)))) {
		const former = formers.find(
			(one) =>
				one.source === owner.source && one.sourceId !== owner.sourceId && isAnotherPerson(one, owner),
		);
		if (former) return { former, owner };
	}
	return undefined;
}

/** Thousands of entries with one address may be a mistake; they are never compared pair by pair. */
function onePerIdentity(persons: readonly Person[]): Person[] {
	const distinct = new Map<string, Person>();
	for (const person of persons) {
		const { employeeNumber = '', displayName = '' } = person.attributes;
		const key = [person.source, employeeNumber, wholeName(displayName)].join('\n');
		if (!distinct.has(key)) distinct.set(key, person);
	}
	return [...distinct.values()];
}

/**
 * Whether people who would join are a member who would go. A shared number alone does not say so:
 * numbers are given again, and two systems count alike.
 *
 * @param former the entries that are that member and have left, where there are any
 * @returns `unknown` where one of them has no name
 */
export function likeness(
	records: readonly Person[],
	user: User,
	former: readonly Person[],
): 'same' | 'other' | 'unknown' {
	const formerKeys = new Set(former.map(recordKey));
	if (records.some((record) => formerKeys.has(recordKey(record)))) return 'same';
	if (records.some((record) => former.some((one) => haveOtherNumbers(record, one)))) return 'other';
	const names = new Set(records.flatMap(({ attributes }) => nameWords(attributes)));
	const formerNames = [user, ...former].flatMap(({ attributes }) => nameWords(attributes));
	if (names.size === 0 || formerNames.length === 0) return 'unknown';
	return formerNames.some((word) => names.has(word)) ? 'same' : 'other';
}

function haveOtherNumbers(one: Person, other: Person): boolean {
	const { employeeNumber: number } = one.attributes;
	const { employeeNumber: otherNumber } = other.attributes;
	return (
		one.source === other.source &&
		one.sourceId !== other.sourceId &&
		Boolean(number && otherNumber) &&
		number !== otherNumber
	);
}

function wholeName(name: string): string {
	return name.normalize('NFC').toLowerCase();
}

/** The words of a name of two words or more, in any order; one word alone is a name that many share. */
export function nameOf({ attributes }: { attributes: PersonAttributes }): string | undefined {
	const words = new Set(nameWords(attributes));
	return words.size > 1 ? [...words].sort().join(' ') : undefined;
}

/** Given and family names, or the words of the whole name; initials and what stands in brackets say nothing. */
function nameWords({ displayName, givenName, familyName }: PersonAttributes): string[] {
	const name = givenName || familyName ? `${givenName ?? ''} ${familyName ?? ''}` : (displayName ?? '');
	return wholeName(name)
		.replace(/\(.*?\)|\[.*?\]/gu, ' ')
		.split(/[^\p{L}\p{M}]+/u)
		.filter((word) => word !== '' && !INITIAL.test(word) && !PARTICLES.has(word));
}
