import type { PersonAttributes } from '../../scim/personAttributes';
import { statedAttributes } from '../../scim/personAttributes';
import type { Details } from '../details';
import { WRITTEN_ATTRIBUTES } from '../details';
import type { EmploymentRecord } from '../employment';

const DAY = 86_400_000;

/** The longest gap in days between two employments of one person if only the name is the same. */
const ADJOINING = 31;

/**
 * A person's attributes as the HRIS states them. Missing ones may come from the event: a row keeps facts of
 * signed events only.
 */
export function personOf(record: EmploymentRecord, { person = {} }: Pick<Details, 'person'>): PersonAttributes {
	const given = statedAttributes(
		Object.fromEntries(WRITTEN_ATTRIBUTES.map((name) => [name, record.attributes[name] || person[name]])),
	);
	const fullName = [given.givenName, given.familyName].filter(Boolean).join(' ');
	return given.displayName || fullName === '' ? given : { ...given, displayName: fullName };
}

/**
 * Whether two HRIS records are one person. A reassigned address often goes to a person with the same name, so
 * the number or the dates must match, too.
 */
export function isOnePerson(record: EmploymentRecord, other: EmploymentRecord): boolean {
	const name = nameIn(record);
	if (name === '' || name !== nameIn(other)) return false;
	const { employeeNumber } = record.attributes;
	if (employeeNumber && employeeNumber === other.attributes.employeeNumber) return true;
	if (other.endDate === '') return other.status === 'active' || other.status === 'onLeave';
	return Date.parse(record.startDate) - Date.parse(other.endDate) <= ADJOINING * DAY;
}

function nameIn({ attributes: { givenName, familyName, displayName } }: EmploymentRecord): string {
	const name = givenName && familyName ? `${givenName} ${familyName}` : (displayName ?? '');
	return name.trim().toLowerCase();
}
