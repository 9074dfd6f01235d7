import type { PersonStatus } from '../../directory/person/person';
import { readEmail } from '../../scim/emailAddress';
import { readingOf } from '../answers';
import type { Facts } from '../decision';
import type { Employee } from '../employees';
import { isAbout, nameOf } from '../employees';
import type { EmploymentRecord } from '../employment';
import type { EventKind } from '../eventKinds';
import type { StoredChange } from '../journal';
import { eventOf } from '../journal';
import type { StoredLink } from '../links';
import { accountLink } from '../links';
import { isTimeZone, startOfFirstDay } from '../zones';
import type { JoinerSettings } from './joinerSettings';

/** The facts that the rules for joiners read, about one employee. */
export interface JoinerView {
	facts: Facts;
	settings: JoinerSettings;
	event: EventKind;
	/** Whether the event says that the person begins. */
	isHire: boolean;
	/** As the HRIS names the employee, if it was read. */
	employee: Employee;
	/** How sentences name the person. */
	name: string;
	/** All records that the HRIS found for the ID or the address. */
	records: EmploymentRecord[];
	/** The record that the event is about. */
	record: EmploymentRecord | undefined;
	/** Why the HRIS could not be read. */
	unreadable: string | undefined;
	/** The bare address in the record; undefined if there is none, or if it is not an address. */
	address: string | undefined;
	/** The account in Notion that belongs to this employee. */
	link: StoredLink | undefined;
	/** Waiting hires of this employee, oldest first. */
	hires: StoredChange[];
	/** Waiting events of the same kind, oldest first. */
	alike: StoredChange[];
	/** An IANA name, unless the settings have none. */
	zone: string;
	/** When access begins, in epoch milliseconds; undefined if the HRIS names no day. */
	accessAt: number | undefined;
}

const HIRES: readonly EventKind[] = ['hired', 'rehired'];

const WAITING: ReadonlyArray<StoredChange['state']> = ['scheduled', 'retry', 'needsPerson'];

export function viewOf(facts: Facts, settings: JoinerSettings): JoinerView {
	const { row, answers, journal, links } = facts;
	const event = eventOf(row);
	const { records, source, unreadable } = readingOf(answers, row.employeeId || row.email ? [row] : []);
	const record = recordOf(row.employeeId, records);
	const address = record && readEmail(record.email);
	const employee = {
		source: record?.source || source || row.source,
		companyId: record?.companyId || row.companyId,
		employeeId: record?.sourceId ?? row.employeeId,
		email: address ?? row.email,
	};
	// The event may use another name for the HRIS than the HRIS itself.
	const isOwn = (other: StoredChange): boolean =>
		isAbout(other, employee) || isAbout(other, { ...employee, source: row.source });
	const waiting = journal.filter(
		(other) => other.id !== row.id && WAITING.includes(other.state) && isOwn(other),
	);
	const isHireRow = (other: StoredChange): boolean => other.kind === 'hire' && HIRES.includes(eventOf(other));
	const zone = [record?.timeZone, row.timeZone].find((name) => isTimeZone(name ?? '')) ?? settings.timeZone;
	return {
		facts,
		settings,
		event,
		isHire: HIRES.includes(event),
		employee,
		name: nameOf({ ...employee, displayName: record?.displayName || row.displayName }),
		records,
		record,
		unreadable,
		address,
		link: accountLink(employee, links),
		hires: waiting.filter(isHireRow),
		alike: waiting.filter((other) => other.kind === row.kind && !isHireRow(other) && eventOf(other) === event),
		zone,
		accessAt: record && startOfFirstDay(record.startDate, zone, settings.leadHours),
	};
}

const FROM_THE_MOST_LIVING: readonly PersonStatus[] = [
	'active',
	'onLeave',
	'notStarted',
	'unknown',
	'suspended',
	'inactive',
];

/**
 * The record that an event is about. Without an employee ID, the record of the address whose employment is
 * the most current.
 */
function recordOf(employeeId: string, records: readonly EmploymentRecord[]): EmploymentRecord | undefined {
	if (employeeId !== '') return records.find(({ sourceId }) => sourceId === employeeId);
	const rank = ({ status }: EmploymentRecord): number => FROM_THE_MOST_LIVING.indexOf(status);
	return [...records].sort((one, other) => rank(one) - rank(other))[0];
}
