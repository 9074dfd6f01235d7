import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import { listed, recordName } from '../person/naming';
import type { Person } from '../person/person';
import type { Known } from './known';
import { earlierOwner } from './otherOwners';
import { distinctLabels } from './personMatch';

/** Why a member cannot get an address, as a whole sentence; undefined where it is free for them. */
export function obstacleTo(
	person: Person,
	user: User,
	email: string,
	known: Known,
): string | undefined {
	const { accounts } = known;
	const others = [
		...accounts.withEmail(email),
		...accounts.leftWithEmail(email),
		...accounts.withSecondary(email),
		...accounts.withConfusable(email),
	].filter(({ id }) => resourceId(id) !== resourceId(user.id));
	if (others.length > 0) {
		return `${email} is, or looks like, an address of ${listed(distinctLabels(others))}.`;
	}
	const before = earlierOwner(person, email, known);
	return before && `A link says that ${email} was the address of ${recordName(before)}.`;
}
