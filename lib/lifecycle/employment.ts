import { z } from 'zod';

import { calendarDate, isNoDate } from '../directory/person/calendarDate';
import type { PersonStatus } from '../directory/person/person';
import { PERSON_STATUSES } from '../directory/person/person';
import type { PersonAttributes } from '../scim/personAttributes';
import { PERSON_ATTRIBUTES, statedAttributes } from '../scim/personAttributes';
import { addressIn, fields, lenientText, reasonsOf, text } from './cells';
import { endOfLastDay, instantOf, isDate, isoText, isTimeZone } from './zones';

/** What an HRIS source reports about one employment of a person. Empty texts mean unknown. */
export interface EmploymentRecord {
	source: string;
	/** The HRIS's own stable ID of the employee. */
	sourceId: string;
	companyId: string;
	status: PersonStatus;
	/** The HRIS's own word for the status. */
	statusWord: string;
	/** What the source wants a person to know about this record. */
	explanation: string;
	/** Local dates; a text that is not a date stays as the HRIS writes it. */
	startDate: string;
	endDate: string;
	/** When access begins, as an ISO text, if a directory states that instead of a first day. */
	startAt?: string;
	/** Of the person, if the HRIS knows it. */
	timeZone: string;
	/** Bare; a text that is not an address stays as the HRIS writes it. */
	email: string;
	displayName: string;
	managerEmail: string;
	/** The attributes for Notion that the HRIS has, including the three above. */
	attributes: PersonAttributes;
}

/**
 * The employment state:
 * - `employed`: without a known end
 * - `starting`: from a later day on
 * - `leaving`: the last day is not over
 * - `overdue`: the HRIS reports the person as active although the last day is over
 * - `left`: the last day is over
 * - `unclear`: a person must look
 */
export type EmploymentState = 'employed' | 'starting' | 'leaving' | 'overdue' | 'left' | 'unclear';

export interface Employment {
	state: EmploymentState;
	/**
	 * The instant at which the last day is over, in epoch milliseconds. Undefined without a last day, or if
	 * the person began again after it.
	 */
	endsAt?: number;
}

/**
 * The employment state of a record.
 * @param zone an IANA name, in which days begin and end
 * @param now epoch milliseconds
 */
export function employmentOf(record: EmploymentRecord, zone: string, now: number): Employment {
	const { status, startDate, endDate } = record;
	const isUnreadable = (date: string): boolean => date !== '' && !isDate(date);
	if (isUnreadable(startDate) || isUnreadable(endDate)) return { state: 'unclear' };
	const beganAgain = endDate !== '' && startDate > endDate;
	const endsAt = endDate === '' || beganAgain ? undefined : endOfLastDay(endDate, zone);
	const isOver = endsAt !== undefined && endsAt <= now;
	return { state: stateOf(status, { endDate, beganAgain, isOver }), ...(endsAt === undefined ? {} : { endsAt }) };
}

function stateOf(
	status: PersonStatus,
	{ endDate, beganAgain, isOver }: { endDate: string; beganAgain: boolean; isOver: boolean },
): EmploymentState {
	if (status === 'notStarted') return 'starting';
	if (status === 'active' || status === 'onLeave') {
		if (endDate === '' || beganAgain) return 'employed';
		return isOver ? 'overdue' : 'leaving';
	}
	if (status !== 'inactive' || endDate === '') return 'unclear';
	if (beganAgain) return 'starting';
	return isOver ? 'left' : 'leaving';
}

const recordSchema = z.object({
	source: text,
	sourceId: text.refine((value) => value !== '', 'is missing'),
	companyId: text,
	status: text,
	statusWord: text,
	explanation: text,
	startDate: text,
	endDate: text,
	timeZone: text,
	startAt: lenientText,
});

/** @returns the record, or a sentence on why it cannot be read */
export function readRecord(item: unknown): EmploymentRecord | string {
	const read = recordSchema.safeParse(item);
	if (!read.success) return `A record of the HRIS cannot be read: ${reasonsOf(read.error)}.`;
	const { status: word, statusWord, startDate, endDate, startAt, ...record } = read.data;
	const given = fields.parse(item);
	const startsAt = instantOf(startAt);
	const attributes = statedAttributes(
		Object.fromEntries(PERSON_ATTRIBUTES.map((attribute) => [attribute, lenientText.parse(given[attribute])])),
	);
	return {
		...record,
		...(startsAt === undefined ? {} : { startAt: isoText(startsAt) }),
		startDate: dateIn(startDate || (startsAt === undefined ? startAt : ''), record.timeZone),
		endDate: dateIn(endDate, record.timeZone),
		// An unknown word says nothing, and a person must look.
		status: PERSON_STATUSES.find((status) => status === word) ?? 'unknown',
		statusWord: statusWord || word,
		email: addressIn(attributes.email ?? ''),
		displayName: attributes.displayName ?? '',
		managerEmail: attributes.managerEmail ?? '',
		attributes,
	};
}

/** An unreadable date stays as it is, so that an admin sees it. */
function dateIn(written: string, timeZone: string): string {
	if (isNoDate(written)) return '';
	return calendarDate(written, isTimeZone(timeZone) ? timeZone : undefined) ?? written;
}
