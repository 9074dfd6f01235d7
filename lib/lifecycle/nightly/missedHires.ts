import { isAbout } from '../employees';
import type { EmploymentRecord } from '../employment';
import type { StoredChange } from '../journal';
import { eventOf } from '../journal';
import type { Link } from '../links';
import type { HrisList, MemberList } from '../lists';
import { employeeOf, judged, memberOf } from '../lists';
import { dateAt, instantOf, isTimeZone, startOfFirstDay } from '../zones';

const DAY = 24 * 60 * 60 * 1000;

/** A hire that ended this long before the first day was another employment. */
const LONGEST_NOTICE = 180 * DAY;

/** Outcomes of rows that were closed without any action. */
const NOTHING_DONE = ['', 'ignored', 'merged', 'copy', 'withdrawn', 'scheduled'];

/** The inputs for comparing the joiners of the HRIS. */
export interface HireComparison {
	joiners: HrisList;
	members: MemberList;
	links: readonly Link[];
	/** Rows of the journal, oldest first. */
	rows: readonly StoredChange[];
	/** IANA name, for records without one. */
	timeZone: string;
	/** How many days back a first day may lie. */
	daysBack: number;
	/** Epoch milliseconds. */
	now: number;
}

/**
 * The employees who began in the last days and whom no one has added: no member by link or address, no hire
 * that is in progress, waiting or completed, and no removal since the first day. A person who was added and
 * then removed by hand is not added again.
 */
export function findMissedHires(comparison: HireComparison): EmploymentRecord[] {
	return comparison.joiners.records.filter((record) => isMissed(record, comparison));
}

function isMissed(record: EmploymentRecord, comparison: HireComparison): boolean {
	const { joiners, members, links, rows, timeZone, now } = comparison;
	const { state } = judged(record, timeZone, now);
	if (state !== 'employed' && state !== 'leaving') return false;
	if (joiners.outOfScope.has(record)) return false;
	const zone = [record.timeZone, timeZone].find(isTimeZone) ?? '';
	const began = startOfFirstDay(firstDayOf(record, zone), zone, 0);
	if (began === undefined || began > now || began < now - comparison.daysBack * DAY) return false;
	const employee = employeeOf(record);
	if (memberOf(employee, members.members, links)) return false;
	return !rows.some((row) => isAbout(row, employee) && keepsOut(row, began));
}

/** The first day, which a directory may give as the instant at which access begins. */
export function firstDayOf({ startDate, startAt = '' }: EmploymentRecord, zone: string): string {
	const at = instantOf(startAt);
	return startDate !== '' || at === undefined || !isTimeZone(zone) ? startDate : dateAt(at, zone);
}

/** Whether a row says that the person is being added, was added, or must not be. */
function keepsOut(row: StoredChange, began: number): boolean {
	const waits = ['received', 'intended', 'scheduled', 'retry', 'needsPerson'].includes(row.state);
	switch (row.kind) {
		case 'hire':
			if (eventOf(row) === 'hireCancelled') return false;
			return waits || (isOver(row) && row.updatedAt > began - LONGEST_NOTICE);
		case 'leave':
		case 'emergency': {
			if (row.state === 'held' || (waits && row.kind === 'emergency')) return true;
			const removedAt = instantOf(row.removedAt) ?? (row.state === 'intended' ? row.updatedAt : undefined);
			return removedAt !== undefined && removedAt >= began;
		}
		default:
			return false;
	}
}

/** Whether a hire was carried out, or refused for good. */
function isOver({ state, outcome }: StoredChange): boolean {
	return state === 'refused' || (state === 'done' && !NOTHING_DONE.includes(outcome));
}
