import type { AttributeDeclaration, PersonAttribute } from './attributeDeclarations';
import { declarationNamed, declarationOf } from './attributeDeclarations';
import { emailKey } from './emailKey';

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
function languageKey(text: string): string {
	return text.trim().replace(/_/g, '-').toLowerCase();
}

const KEYS: Record<AttributeDeclaration['compared'], (text: string) => string> = {
	prose: proseKey,
	email: emailKey,
	// Lists of addresses are compared elsewhere, because the own address of the person does not count.
	emails: proseKey,
	phone: phoneKey,
	language: languageKey,
	exact: (text) => text.trim(),
};

/** Whether two texts are the same value of an attribute. Lists of addresses are compared elsewhere. */
export function isSameValue(attribute: PersonAttribute, one: string, other: string): boolean {
	const key = KEYS[declarationOf(attribute).compared];
	return key(one) === key(other);
}

/**
 * Whether a server may have accepted a value although it shows another text than it was sent.
 * @param before what it showed before; the same text again means that it kept the old value
 */
export function mayBeReformatted(
	attribute: string,
	{ before, shown }: { before: string | null | undefined; shown: string },
): boolean {
	return declarationNamed(attribute)?.isReformatted === true && shown !== before;
}

/** How to get unstuck if Notion kept or refused values. @param attributes their names, including the role */
export function remedyForKept(attributes: readonly string[]): string {
	if (attributes.includes('role')) return 'Change the role in Notion under Settings, People.';
	return attributes.some((attribute) => declarationNamed(attribute)?.needsVerifiedDomain)
		? 'Name and email can be changed only for people whose email domain the organization has verified. Verify the domain in Notion, or leave the change to the person.'
		: `Notion decides itself what it stores for ${attributes.join(', ')}. Take ${attributes.length === 1 ? 'it' : 'them'} out of the fields of this node, or change ${attributes.length === 1 ? 'it' : 'them'} in Notion.`;
}
