import { resolvePeople } from '../../../lib/scim/people';
import { ScimError } from '../../../lib/scim/scimError';
import type { User } from '../../../lib/scim/userResource';
import type { Session } from '../transport/session';

/**
 * The people that a list names, as they are now.
 * @param entries addresses or ids
 * @throws ScimError one of them is not found, or cannot be read
 */
export async function peopleOf(session: Session, entries: string[]): Promise<User[]> {
	const people = await resolvePeople(session.users, async () => await session.requester.control(), entries);
	const found: User[] = [];
	for (const person of people.values()) {
		if (person instanceof ScimError) throw person;
		found.push(person);
	}
	return found;
}
