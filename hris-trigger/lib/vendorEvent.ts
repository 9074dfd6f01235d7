import type { Kind } from './kinds';
import type { Person } from './person';

/** What a system says about one employee, in its own terms of dates and ids. */
export interface VendorEvent {
	/** The system's own word for what happened. */
	type: string;
	/** `leaving` where the word does not tell whether the last day is over: the date does. */
	kind: Kind | 'leaving';
	employeeId?: string | undefined;
	companyId?: string | undefined;
	/** The system's id of the event, where it has one. */
	eventId?: string | undefined;
	/** ISO 8601 with a zone, or seconds since 1970. */
	occurredAt?: string | number | undefined;
	/** A date or a time of ISO 8601. */
	effectiveDate?: string | undefined;
	/** Unless this is true, a leaver still works on that date. */
	effectiveDateIsFirstDayGone?: boolean;
	/** IANA name, where the system knows the employee's. */
	timeZone?: string | undefined;
	changedFields?: string[] | undefined;
	person?: Person | undefined;
	/** A sentence for a person who has to look at this. */
	alarm?: string | undefined;
	/** Only true: the word is in no table, or there is none, so nothing is known about what happened. */
	unmapped?: true;
	/** Only true: an admin tries the connection, and nothing has happened. */
	simulation?: true;
	source?: string | undefined;
	/** The part of the body that is about this employee. */
	raw: object;
}
