import { emailKey } from '../../scim/emailKey';
import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import { secondaryEmailKeys } from '../../scim/userResource';

/** The link, or the id that was picked, and the address must name the same person. */
export function mustHaveAddress(user: User, email: string): User {
	if (email === '') return user;
	if ([emailKey(user.userName), ...secondaryEmailKeys(user)].includes(emailKey(email))) return user;
	throw new ScimError(
		'ambiguous',
		`The address ${email} and the ID ${user.id} name different people: that ID is ${user.userName}. No one was removed.`,
		'Find out which one is right, and lock that person out by ID.',
		{ evidence: { matches: [{ id: user.id, email: user.userName }] } },
	);
}

export function otherPerson(email: string, user: User, id: string): ScimError {
	return new ScimError(
		'ambiguous',
		`The account with the ID ${id} is gone, and ${email} now belongs to the account ${user.id}. No one was removed.`,
		'Find out whose account that is. If it is the same person, lock them out by that ID.',
		{ evidence: { matches: [{ id: user.id, email: user.userName }] } },
	);
}

export function noAddress(email: string): ScimError {
	return new ScimError(
		'invalidInput',
		email === '' ? 'There is no address and no ID of the person.' : `"${email}" is not an email address.`,
		'Check the expression. If the directory has cleared the address, give Linked User ID.',
	);
}

export function noId(id: string): ScimError {
	return new ScimError(
		'invalidInput',
		`"${id}" cannot be the ID of a person.`,
		'Notion\'s IDs have 32 hexadecimal digits. Pick the person by email, or check the expression.',
	);
}

export function twoIds(id: string, linkedId: string): ScimError {
	return new ScimError(
		'ambiguous',
		`User names the ID ${id}, and Linked User ID names ${linkedId}. No one was removed.`,
		'Find out which one is right, and give only that one.',
	);
}
