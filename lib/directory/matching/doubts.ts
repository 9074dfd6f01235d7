import { emailKey } from '../../scim/emailKey';
import type { User } from '../../scim/userResource';
import { hasLeft } from '../person/hasLeft';
import { personName, recordName } from '../person/naming';
import type { Person } from '../person/person';
import type { PersonMatch } from './personMatch';
import { ambiguous } from './personMatch';

/** A present person whose identity is uncertain, and who they may be. */
interface Doubt {
	person: Person;
	users: User[];
}

/** By address: the first of the present people with it whose identity is uncertain. */
export function doubtsByAddress(matches: ReadonlyMap<Person, PersonMatch>): Map<string, Doubt> {
	const doubts = new Map<string, Doubt>();
	for (const [person, match] of matches) {
		const { email } = person.attributes;
		if (match.kind !== 'ambiguous' && match.kind !== 'secondary') continue;
		if (email === undefined || hasLeft(person) || doubts.has(emailKey(email))) continue;
		const users = match.kind === 'secondary' ? [match.user] : match.users;
		doubts.set(emailKey(email), { person, users });
	}
	return doubts;
}

/** The person an address means is one question, whichever of several entries with that address asks it. */
export function withDoubt(
	person: Person,
	match: PersonMatch,
	doubts: ReadonlyMap<string, Doubt>,
): PersonMatch {
	const { email } = person.attributes;
	const doubt = email === undefined ? undefined : doubts.get(emailKey(email));
	if (!doubt || doubt.person === person || match.kind === 'link' || match.kind === 'ambiguous') {
		return match;
	}
	return ambiguous(
		[...new Set([...doubt.users, ...('user' in match ? [match.user] : [])])],
		`${personName(person)} has the same address as ${recordName(doubt.person)}, whose identity is not certain.`,
		'The planned change for that entry says what to do.',
	);
}
