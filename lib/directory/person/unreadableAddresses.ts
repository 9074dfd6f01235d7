import { shownEntry } from '../../scim/emailAddress';
import type { UnreadableAddress } from '../../scim/personAttributes';
import { inOrder, listed, recordKey, recordName } from './naming';
import type { Person } from './person';

/** An entry without a usable address may be any member; a manager's address says nothing of who it is. */
const WHO_IT_IS: ReadonlyArray<UnreadableAddress['attribute']> = ['email', 'secondaryEmails'];

/**
 * Why members no entry names are not proven to be absent: one sentence for each source that has
 * an address which cannot be read. Empty where every address can.
 */
export function absenceDoubts(persons: readonly Person[]): string[] {
	return whoseAddress(persons).map(
		([source, entries]) =>
			`The source ${source} has what is not an email address in ${listed(entries)}. Any unlisted member may be meant by it, so no unlisted member loses anything because of this source. Correct it in ${source}.`,
	);
}

/** As {@link absenceDoubts}, for entries whose groups may be those of a person another source lists. */
export function hiddenGroupDoubts(persons: readonly Person[]): string[] {
	return whoseAddress(persons).map(
		([source, entries]) =>
			`The source ${source} has what is not an email address in ${listed(entries)}, so the people who are in these groups are not known, and another source gives groups as well. Correct it in ${source}.`,
	);
}

function whoseAddress(persons: readonly Person[]): Array<[string, string[]]> {
	return bySource(persons, (attribute) => WHO_IT_IS.includes(attribute));
}

/** One sentence for each source with an unreadable address that is left out and identifies no one. */
export function omittedAddresses(persons: readonly Person[]): string[] {
	return bySource(persons, (attribute) => !WHO_IT_IS.includes(attribute)).map(
		([source, entries]) =>
			`The source ${source} has what is not an email address in ${listed(entries)}. It is left out. Correct it in ${source}.`,
	);
}

/** The text that stands where the person's own address belongs, for a sentence; undefined where it is one. */
export function unreadableEmail({ unreadableAddresses }: Person): string | undefined {
	const own = unreadableAddresses.find(({ attribute }) => attribute === 'email');
	return own && `"${shownEntry(own.written)}"`;
}

function bySource(
	persons: readonly Person[],
	isMeant: (attribute: UnreadableAddress['attribute']) => boolean,
): Array<[string, string[]]> {
	const sources = new Map<string, string[]>();
	for (const person of inOrder(persons.filter(hasUnreadable), recordKey)) {
		const entries = person.unreadableAddresses
			.filter(({ attribute }) => isMeant(attribute))
			.map(({ attribute, written }) => `${recordName(person)} (${attribute} "${shownEntry(written)}")`);
		if (entries.length > 0) sources.set(person.source, [...(sources.get(person.source) ?? []), ...entries]);
	}
	return [...sources];
}

function hasUnreadable({ unreadableAddresses }: Person): boolean {
	return unreadableAddresses.length > 0;
}
