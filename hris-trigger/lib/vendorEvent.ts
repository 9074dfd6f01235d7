import type { Kind } from './kinds';
import type { Person } from './person';

/** A system's statement about one employee, with its own dates and ids. */
export interface VendorEvent {
	/** The system's own word for what happened. */
	type: string;
	/** `leaving` if the word does not tell whether the last day is over: the date does. */
	kind: Kind | 'leaving';
	employeeId?: string | undefined;
	companyId?: string | undefined;
	/** The system's id of the event, if it has one. */
	eventId?: string | undefined;
	/** ISO 8601 with a zone, or seconds since 1970. */
	occurredAt?: string | number | undefined;
	/** A date or a time of ISO 8601. */
	effectiveDate?: string | undefined;
	/** Unless this is true, a leaver still works on that date. */
	effectiveDateIsFirstDayGone?: boolean;
	/** IANA name, if the system knows the employee's. */
	timeZone?: string | undefined;
	changedFields?: string[] | undefined;
	person?: Person | undefined;
	/** A sentence for a person who must look at this. */
	alert?: string | undefined;
	/** Only true: the word is unknown, or there is none, so it is unknown what happened. */
	unmapped?: true;
	/** Only true: an admin tests the connection, and nothing has happened. */
	simulation?: true;
	source?: string | undefined;
	/** The part of the body that is about this employee. */
	raw: object;
}
