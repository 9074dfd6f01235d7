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
