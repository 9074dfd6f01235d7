import { readEmail, readEmails } from './emailAddress';

/**
 * What a person has, named as in the items of a workflow. `role` is the workspace role; SCIM's core
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

/** Splits a list typed by a person: commas, semicolons, white space or new lines between entries. */
export function splitList(text: string): string[] {
	return text.split(/[\s,;]+/).filter((entry) => entry !== '');
}

/** Only what is stated: empty and blank texts are taken for absent, so that they wipe nothing. */
export function statedAttributes(attributes: PersonAttributes): PersonAttributes {
	const stated: PersonAttributes = {};
	for (const attribute of PERSON_ATTRIBUTES) {
		const value = attributes[attribute]?.trim();
		if (value) stated[attribute] = value;
	}
	return stated;
}

/** A text that belongs where an address belongs, and is none. */
export interface UnreadableAddress {
	attribute: 'email' | 'managerEmail' | 'secondaryEmails';
	/** As it was written. */
	written: string;
}

/**
 * The attributes with every address bare, in whatever form of `readEmail` it came. What is no address
 * is left out and named, because it must not reach Notion, and who it stands for is not known.
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
