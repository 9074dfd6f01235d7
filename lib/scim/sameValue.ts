import { emailKey } from './emailKey';
import type { PersonAttribute } from './personAttributes';

/**
 * The comparison key of a name or phrase: ignores Unicode composition (NFC) and white space, but not letters
 * and case.
 */
export function proseKey(text: string): string {
	return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** A phone number without the separators between its digits, and without `tel:` (RFC 3966). */
function phoneKey(text: string): string {
	return text.replace(/^\s*tel:/i, '').replace(/[\s().\-/\u00a0\u2010-\u2015]+/g, '');
}

/** A language tag: case is irrelevant (RFC 5646 section 2.1.1), and POSIX writes `_` for `-`. */
function localeKey(text: string): string {
	return text.trim().replace(/_/g, '-').toLowerCase();
}

const KEYS: Partial<Record<PersonAttribute, (text: string) => string>> = {
	email: emailKey,
	managerEmail: emailKey,
	phoneNumber: phoneKey,
	locale: localeKey,
	preferredLanguage: localeKey,
	photoUrl: (text) => text.trim(),
};

/** Whether two texts are the same value of an attribute. Lists of addresses are compared elsewhere. */
export function isSameValue(attribute: PersonAttribute, one: string, other: string): boolean {
	const key = KEYS[attribute] ?? proseKey;
	return key(one) === key(other);
}

/** Attributes that servers reformat, so that a different text may be the same value. */
const REFORMATTED: ReadonlySet<string> = new Set<PersonAttribute>([
	'phoneNumber',
	'address',
	'locale',
	'preferredLanguage',
]);

/**
 * Whether a server may have accepted a value although it shows another text than it was sent.
 * @param before what it showed before; the same text again means that it kept the old value
 */
export function mayBeReformatted(
	attribute: string,
	{ before, shown }: { before: string | null | undefined; shown: string },
): boolean {
	return REFORMATTED.has(attribute) && shown !== before;
}

/** What Notion changes only for people whose email domain the organization has verified (Notion help, "SCIM"). */
const NEEDS_VERIFIED_DOMAIN: ReadonlySet<string> = new Set<PersonAttribute>([
	'email',
	'secondaryEmails',
	'displayName',
	'givenName',
	'familyName',
]);

/** How to get unstuck if Notion kept or refused values. @param attributes their names, including the role */
export function remedyForKept(attributes: readonly string[]): string {
	if (attributes.includes('role')) return 'Change the role in Notion under Settings, People.';
	return attributes.some((attribute) => NEEDS_VERIFIED_DOMAIN.has(attribute))
		? 'Name and email can be changed only for people whose email domain the organization has verified. Verify the domain in Notion, or leave the change to the person.'
		: `Notion decides itself what it stores for ${attributes.join(', ')}. Take ${attributes.length === 1 ? 'it' : 'them'} out of the fields of this node, or change ${attributes.length === 1 ? 'it' : 'them'} in Notion.`;
}
