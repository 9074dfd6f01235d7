import { emailKey } from '../../scim/emailKey';
import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import { recordKey } from '../person/naming';
import type { Person } from '../person/person';
import type { PersonLink } from '../plan/policy';
import type { Known } from './known';

/** The link of another entry that is this member, unless that entry says itself that both are one. */
export function strangerBehind(
	user: User,
	person: Person,
	email: string,
	{ links, entries }: Known,
): PersonLink | undefined {
	return links.toAccount(user.id).find((link) => {
		if (recordKey(link) === recordKey(person)) return false;
		const addresses = entries.ofRecord(link).flatMap(({ attributes }) => attributes.email ?? []);
		if (addresses.some((address) => emailKey(address) === emailKey(email))) return false;
		// Another source knows the same person by another id, so its link alone means nothing.
		return link.source === person.source || addresses.length > 0;
	});
}

/** Whose address it was, where a link knows it as that of another entry of the same source. */
export function earlierOwner(person: Person, email: string, { links }: Known): PersonLink | undefined {
	const ownAccounts = links.accountsOf(person);
	return links
		.withEmail(email)
		.find(
			(link) =>
				link.source === person.source &&
				link.sourceId !== person.sourceId &&
				!ownAccounts.has(resourceId(link.userId)),
		);
}

/** As {@link earlierOwner}, where Notion still shows the account that has left. */
export function ownerOfLeftAccount(person: Person, email: string, known: Known): PersonLink | undefined {
	const ownAccounts = known.links.accountsOf(person);
	for (const account of known.accounts.leftWithEmail(email)) {
		if (ownAccounts.has(resourceId(account.id))) continue;
		const stranger = strangerBehind(account, person, email, known);
		if (stranger) return stranger;
	}
	return undefined;
}
