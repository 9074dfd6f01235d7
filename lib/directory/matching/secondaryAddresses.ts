import { emailKey } from '../../scim/emailKey';
import { splitList } from '../../scim/personAttributes';
import type { User } from '../../scim/userResource';
import { listed, personName } from '../person/naming';
import type { Person } from '../person/person';
import type { Accounts } from './accounts';
import type { PersonMatch } from './personMatch';
import { ambiguous, distinctLabels } from './personMatch';

export function matchBySecondary(person: Person, accounts: Accounts): PersonMatch {
	const owners = [...new Set(secondaryMeanings(person, accounts))];
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
export function secondaryMeanings({ attributes }: Person, accounts: Accounts): User[] {
	const { email } = attributes;
	const secondary = splitList(attributes.secondaryEmails ?? '');
	return [
		...(email ? accounts.withSecondary(email) : []),
		...secondary.flatMap((address) => accounts.withSecondary(address)),
		...secondary.flatMap((address) => accounts.withEmail(address)),
		// An account that left and has this very primary address is the person's own.
	].filter(
		(user) => user.active || email === undefined || emailKey(user.userName) !== emailKey(email),
	);
}
