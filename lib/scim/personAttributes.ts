import type { PersonAttribute } from './attributeDeclarations';
import { ATTRIBUTE_DECLARATIONS } from './attributeDeclarations';
import { readEmail, readEmails } from './emailAddress';

export type { PersonAttribute } from './attributeDeclarations';

/** What a person has, named as in the items of a workflow. */
export const PERSON_ATTRIBUTES: readonly PersonAttribute[] = ATTRIBUTE_DECLARATIONS.map(
	({ name }) => name,
);

/**
 * Absent means unknown. `secondaryEmails` is a comma-separated list; everything else is one text.
 */
export type PersonAttributes = Partial<Record<PersonAttribute, string>>;

/** Splits a list that a person typed: commas, semicolons, white space or new lines between entries. */
export function splitList(text: string): string[] {
	return text.split(/[\s,;]+/).filter((entry) => entry !== '');
}

/** Only stated values: empty and blank texts count as absent, so that they erase nothing. */
export function statedAttributes(attributes: PersonAttributes): PersonAttributes {
	const stated: PersonAttributes = {};
	for (const attribute of PERSON_ATTRIBUTES) {
		const value = attributes[attribute]?.trim();
		if (value) stated[attribute] = value;
	}
	return stated;
}

/** A text in place of an address that is not one. */
export interface UnreadableAddress {
	attribute: PersonAttribute;
	/** As written. */
	written: string;
}

/**
 * The attributes with every address in bare form, from any form that `readEmail` reads. A text that is not an
 * address is left out and reported: it must not reach Notion, and no one knows whom it means.
 */
export function readAddresses(attributes: PersonAttributes): {
	attributes: PersonAttributes;
	unreadable: UnreadableAddress[];
} {
	const found: PersonAttributes = { ...attributes };
	const unreadable: UnreadableAddress[] = [];
	for (const { name, holds } of ATTRIBUTE_DECLARATIONS) {
		if (holds === 'text') continue;
		const read = bareAddresses(attributes[name] ?? '', holds);
		if (read.value === '') delete found[name];
		else found[name] = read.value;
		unreadable.push(...read.unreadable.map((written) => ({ attribute: name, written })));
	}
	return { attributes: found, unreadable };
}

function bareAddresses(
	written: string,
	holds: 'address' | 'addresses',
): { value: string; unreadable: string[] } {
	if (holds === 'addresses') {
		const { entries, unreadable } = readEmails(written);
		return { value: entries.join(', '), unreadable };
	}
	const address = written === '' ? undefined : readEmail(written);
	return { value: address ?? '', unreadable: written === '' || address !== undefined ? [] : [written] };
}
