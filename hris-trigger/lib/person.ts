import { text } from './fields';

/**
 * What an event itself states about a person, under SCIM's names in camelCase. Most systems state nothing
 * here and have to be asked. The HRIS does not decide the workspace role, so there is none.
 */
export interface Person {
	email?: string;
	displayName?: string;
	givenName?: string;
	familyName?: string;
	title?: string;
	department?: string;
	division?: string;
	costCenter?: string;
	organization?: string;
	employeeNumber?: string;
	managerEmail?: string;
	locale?: string;
	preferredLanguage?: string;
	userType?: string;
	phoneNumber?: string;
	photoUrl?: string;
	active?: boolean;
}

const attributes = [
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
	'locale',
	'preferredLanguage',
	'userType',
	'phoneNumber',
	'photoUrl',
] as const;

/**
 * Keeps the attributes of a person, and drops empty and unknown ones.
 * @returns undefined if nothing is left
 */
export function personFrom(values: Record<string, unknown>): Person | undefined {
	const person: Person = {};
	for (const attribute of attributes) {
		const value = text(values[attribute]);
		if (value !== undefined) person[attribute] = value;
	}
	const { active } = values;
	if (typeof active === 'boolean') person.active = active;
	return Object.keys(person).length > 0 ? person : undefined;
}
