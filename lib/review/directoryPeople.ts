import type { Person, PersonStatus } from '../directory/person/person';
import { emailKey } from '../scim/emailKey';
import { splitList } from '../scim/personAttributes';

/** People of a directory, indexed by each of their primary addresses. */
export type PeopleByAddress = ReadonlyMap<string, Person>;

/** People who can answer: present in the directory, and not on a long absence. */
const CAN_ANSWER: readonly PersonStatus[] = ['active', 'unknown'];

/** Why a person does not answer, as the end of a sentence. */
const AWAY: Readonly<Partial<Record<PersonStatus, string>>> = {
	inactive: 'has left',
	onLeave: 'is on leave',
	suspended: 'is suspended',
	notStarted: 'has not started yet',
};

/** Of several entries with one address, one that can answer takes precedence, otherwise the first one. */
export function peopleByAddress(persons: readonly Person[]): PeopleByAddress {
	const byAddress = new Map<string, Person>();
	for (const person of persons) {
		const key = emailKey(person.attributes.email ?? '');
		const known = byAddress.get(key);
		if (key === '' || (known && canAnswer(known))) continue;
		byAddress.set(key, person);
	}
	return byAddress;
}

export function canAnswer({ active, status }: Person): boolean {
	return active && CAN_ANSWER.includes(status);
}

export function awayBecause({ status }: Person): string {
	return AWAY[status] ?? 'has left';
}

/** Whether a reviewer is the person of a row, under any of their addresses. */
export function isSelf(
	reviewer: string,
	{ email, otherEmails }: { email: string; otherEmails: readonly string[] },
	byAddress: PeopleByAddress = new Map(),
): boolean {
	const attributes = byAddress.get(emailKey(reviewer))?.attributes;
	const own = [reviewer, attributes?.email ?? '', ...splitList(attributes?.secondaryEmails ?? '')].map(emailKey);
	const theirs = [email, ...otherEmails].map(emailKey);
	return own.some((key) => key !== '' && theirs.includes(key));
}
