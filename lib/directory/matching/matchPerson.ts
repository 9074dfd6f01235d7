import { emailKey } from '../../scim/emailKey';
import type { User } from '../../scim/userResource';
import { listed, personName, recordName, userLabel } from '../person/naming';
import type { Person } from '../person/person';
import type { PersonLink } from '../plan/policy';
import type { Known } from './known';
import { earlierOwner, ownerOfLeftAccount, strangerBehind } from './otherOwners';
import type { PersonMatch } from './personMatch';
import { ambiguous, distinctLabels } from './personMatch';
import { matchBySecondary } from './secondaryAddresses';

/** Matches one entry, whatever the others with its address mean. */
export function matchPerson(person: Person, known: Known): PersonMatch {
	const { accounts } = known;
	const links = known.links.of(person);
	const linked = accounts.membersOf(links);
	const namesakes = accounts.withEmail(person.attributes.email);
	const [user] = linked;
	if (!user) return matchByAddress(person, links, namesakes, known);
	if (linked.length > 1) {
		return ambiguous(
			linked,
			`Links say that ${personName(person)} is ${listed(distinctLabels(linked))}.`,
			'Delete the wrong link.',
		);
	}
	const others = namesakes.filter((namesake) => namesake !== user);
	if (others.length > 0) {
		return ambiguous(
			[user, ...others],
			`A link says that ${personName(person)} is the member ${userLabel(user)}, but their address is that of ${listed(distinctLabels(others))}.`,
			'Correct the link, or one of the addresses.',
		);
	}
	return { kind: 'link', user };
}

/** @param links of this record; none of their accounts is a member any more */
function matchByAddress(
	person: Person,
	links: PersonLink[],
	namesakes: User[],
	known: Known,
): PersonMatch {
	const { email } = person.attributes;
	const [former] = links;
	if (former && !isReturnOf(links, email, namesakes, known)) {
		return noMemberAnyMore(person, former, namesakes);
	}
	if (!email) return matchBySecondary(person, known.accounts);
	const [user, another] = namesakes;
	if (another) {
		return ambiguous(
			namesakes,
			`Several members have the address ${email}.`,
			'Look under Settings, People in Notion and remove the wrong account.',
		);
	}
	if (!user) return matchUnknownAddress(person, email, known);
	const stranger = strangerBehind(user, person, email, known);
	if (stranger) {
		return ambiguous(
			[user],
			`The address of ${personName(person)} is that of the member ${userLabel(user)}, whom a link knows as ${recordName(stranger)}, another entry of the directory.`,
			`If both are one person, link ${recordName(person)} to the account ${user.id}. If not, one of them needs another address.`,
		);
	}
	return { kind: 'email', user };
}

function noMemberAnyMore(person: Person, { userId, email }: PersonLink, namesakes: User[]): PersonMatch {
	const account = `the account ${userId}${email ? ` with the address ${email}` : ''}`;
	const others =
		namesakes.length > 0 ? `, and their address is now that of ${listed(distinctLabels(namesakes))}` : '';
	return ambiguous(
		namesakes,
		`${personName(person)} is linked to ${account}, which is no member of the workspace any more${others}.`,
		'Delete the link if they should get another account.',
	);
}

/** An account that left comes back under an address that it had; under another it would be a second one. */
function isReturnOf(
	links: PersonLink[],
	email: string | undefined,
	namesakes: User[],
	known: Known,
): boolean {
	if (email === undefined || namesakes.length > 0) return false;
	return links.some(({ userId }) => {
		const addresses = addressesOf(userId, known);
		return addresses.size === 0 || addresses.has(emailKey(email));
	});
}

/** The addresses by which links, or Notion, know an account that has left. */
function addressesOf(userId: string, { accounts, links }: Known): Set<string> {
	const shown = accounts.leftWithId(userId);
	return new Set([
		...links.toAccount(userId).flatMap(({ email }) => (email ? [emailKey(email)] : [])),
		...(shown ? [emailKey(shown.userName)] : []),
	]);
}

/** @param email an address that no member has */
function matchUnknownAddress(person: Person, email: string, known: Known): PersonMatch {
	const { accounts, entries } = known;
	const before = earlierOwner(person, email, known) ?? ownerOfLeftAccount(person, email, known);
	if (before) {
		return ambiguous(
			accounts.membersOf([before]),
			`The address of ${personName(person)} was that of ${recordName(before)}, another entry of the directory, and Notion may bring back that account with its pages.`,
			`If both are one person, link ${recordName(person)} to the account ${before.userId} with the email ${email}. If not, they need another address.`,
		);
	}
	const lookalikes = accounts.withConfusable(email);
	if (lookalikes.length > 0) {
		return ambiguous(
			lookalikes,
			`The address of ${personName(person)} looks like that of ${listed(distinctLabels(lookalikes))}, but is another one.`,
			'Correct the letters of the address, or link this entry to the right account.',
		);
	}
	if (entries.hasSeveralLike(email)) {
		return ambiguous(
			[],
			`The address of ${personName(person)} looks like that of another entry of the directory, but is not the same.`,
			'Correct the letters of the address in the directory.',
		);
	}
	return matchBySecondary(person, accounts);
}
