import type { PersonAttributes } from '../../../lib/scim/personAttributes';
import { PERSON_ATTRIBUTES, statedAttributes } from '../../../lib/scim/personAttributes';
import { emailsIn } from './lists';
import { asText } from './parameters';

/**
 * The attributes of a person out of a collection. Empty ones are left out.
 *
 * @throws ScimError `invalidInput` for a secondary email that is no address
 */
export function personAttributes(collection: Record<string, unknown>): PersonAttributes {
	const attributes: PersonAttributes = {};
	for (const attribute of PERSON_ATTRIBUTES) {
		const raw = collection[attribute];
		attributes[attribute] = Array.isArray(raw) ? raw.map(asText).join(', ') : asText(raw);
	}
	const secondary = collection['secondaryEmails'];
	if (!isBlank(secondary)) {
		const given = Array.isArray(secondary) ? secondary.filter((entry) => !isBlank(entry)) : secondary;
		attributes.secondaryEmails = emailsIn(given, 'Secondary Emails').join(', ');
	}
	return statedAttributes(attributes);
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
