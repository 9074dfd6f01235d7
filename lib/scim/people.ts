import { LARGEST_PAGE } from './completeList';
import { isEmail } from './emailAddress';
import type { UserIndex } from './userIndex';
import { isSecondaryAddress } from './userIndex';
import type { ControlReading } from './requester';
import { ScimError } from './scimError';
import type { User } from './userResource';
import type { Users } from './users';

/** Below this many lookups, single requests are always cheaper than reading all users. */
const FEW = 3;

/** Each entry, an email address or an id, gets a person or the reason why there is none. */
export type ResolvedPeople = Map<string, User | ScimError>;

/**
 * Finds many people by email or id with few requests: one lookup for each, or one reading of all users,
 * whichever needs fewer.
 * @throws ScimError `listIncomplete` if all users were read and the list had gaps
 */
export async function resolvePeople(
	users: Users,
	control: () => Promise<ControlReading>,
	entries: string[],
): Promise<ResolvedPeople> {
	const wanted = [...new Set(entries)];
	const readsAllUsers =
		wanted.length > FEW &&
		Math.ceil((await control()).memberCount / LARGEST_PAGE) <= wanted.length;
	const userIndex = readsAllUsers ? await users.everyone() : undefined;
	const resolved = await Promise.all(
		wanted.map(async (entry): Promise<[string, User | ScimError]> => [
			entry,
			await resolvePerson(users, entry, userIndex),
		]),
	);
	return new Map(resolved);
}

async function resolvePerson(
	users: Users,
	entry: string,
	userIndex: UserIndex | undefined,
): Promise<User | ScimError> {
	try {
		const user = isEmail(entry)
			? await findByEmail(users, entry, userIndex)
			: await findById(users, entry, userIndex);
		return user?.active ? user : personNotFound(entry);
	} catch (error) {
		const isAboutEntry =
			error instanceof ScimError && ['ambiguous', 'notFound', 'invalidInput'].includes(error.kind);
		if (isAboutEntry) return error;
		return Promise.reject(error);
	}
}

async function findByEmail(
	users: Users,
	email: string,
	userIndex: UserIndex | undefined,
): Promise<User | undefined> {
	const found = userIndex?.findByEmail(email) ?? (await users.findByEmail(email));
	if (found.match === 'secondary') throw isSecondaryAddress(email, found.user);
	return found.match === 'primary' ? found.user : undefined;
}

async function findById(
	users: Users,
	id: string,
	userIndex: UserIndex | undefined,
): Promise<User | undefined> {
	return userIndex ? userIndex.findById(id) : await users.findById(id);
}

/** No one in the workspace has this address or id now. */
export function personNotFound(entry: string): ScimError {
	return isEmail(entry)
		? new ScimError(
				'notFound',
				`No one in the workspace has the email ${entry}.`,
				'Check the spelling. Guests are not members and cannot be found; use Create or Update to make the person a member.',
			)
		: new ScimError(
				'notFound',
				`No one in the workspace has the ID ${entry}.`,
				'Check the ID, or pick the person by email or from the list. A person who has left the workspace is no longer found.',
			);
}
