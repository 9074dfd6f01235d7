import { readEmail, readEmails } from './emailAddress';

/**
 * The attributes of a person, named as in the items of a workflow. `role` is the workspace role; SCIM's core
 * attribute `roles` is the job role and is called `jobRole` here.
 */
export const PERSON_ATTRIBUTES = [
	'email',
	'displayName',
	'givenName',
	'familyName',
	'title',
	'department',
	'division',
	'costCenter',
	'organization',
	'employeeNumber',
	'managerEmail',
	'managerDisplayName',
	'jobRole',
	'locale',
	'preferredLanguage',
	'userType',
	'phoneNumber',
	'address',
	'secondaryEmails',
	'photoUrl',
] as const;

export type PersonAttribute = (typeof PERSON_ATTRIBUTES)[number];

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
	attribute: 'email' | 'managerEmail' | 'secondaryEmails';
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
	const { email, managerEmail, secondaryEmails, ...read } = attributes;
	const unreadable: UnreadableAddress[] = [];
	const single = (attribute: 'email' | 'managerEmail', written: string | undefined): PersonAttributes => {
		if (!written) return {};
		const address = readEmail(written);
		if (address !== undefined) return { [attribute]: address };
		unreadable.push({ attribute, written });
		return {};
	};
	const secondary = readEmails(secondaryEmails ?? '');
	const found: PersonAttributes = {
		...read,
		...single('email', email),
		...single('managerEmail', managerEmail),
		...(secondary.entries.length > 0 ? { secondaryEmails: secondary.entries.join(', ') } : {}),
	};
	unreadable.push(
		...secondary.unreadable.map((written) => ({ attribute: 'secondaryEmails' as const, written })),
	);
	return { attributes: found, unreadable };
}
