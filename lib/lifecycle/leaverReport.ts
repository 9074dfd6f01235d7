import type { User } from '../scim/userResource';
import type { Departure } from './departures';
import { departuresOf, lastRowAbout, LOCKDOWN_OUTCOMES } from './departures';
import type { Employee } from './employees';
import { isAbout } from './employees';
import type { EmploymentRecord } from './employment';
import type { StoredChange, UnreadableRow } from './journal';
import type { Link } from './links';
import type { HrisList, HrisManifest, MemberList } from './lists';
import { employeeOf, judged, memberOf, zoneTrouble } from './lists';
import { isTimeZone } from './zones';

/**
 * What the report states about one leaver: the outcome of a lockdown, or what the two lists show without
 * one.
 */
export const LEAVER_OUTCOMES = [
	...LOCKDOWN_OUTCOMES,
	'member',
	'noRecord',
	'stays',
	'notKnown',
	'unclear',
] as const;

export type LeaverOutcome = (typeof LEAVER_OUTCOMES)[number];

/** Outcomes that need no further action. All others are open. */
const CLOSED: readonly LeaverOutcome[] = ['removed', 'alreadyGone', 'declined', 'noRecord', 'stays', 'unclear'];

const MINUTE = 60_000;

export interface LeaverReportInput {
	/** All people who left in the period, as the HRIS lists them. */
	leavers: HrisList;
	members: MemberList;
	/** Epoch milliseconds. A person who was removed later may still be in the list of members. */
	membersReadAt: number;
	links: readonly Link[];
	/** Rows of the journal, of any period and kind. */
	rows: readonly StoredChange[];
	/** Unreadable rows: they make the report incomplete. */
	unreadable?: readonly UnreadableRow[];
	/** The period, in epoch milliseconds. */
	from: number;
	to: number;
	settings: LeaverReportSettings;
}

export interface LeaverReportSettings {
	/** IANA name: for records without a zone, and for the times of the report. */
	timeZone: string;
	promisedMinutes: number;
}

/** One departure. Instants are epoch milliseconds, absent if unknown. */
export interface LeaverEntry {
	name: string;
	email: string;
	/** As the HRIS names the employee, such as `bamboohr 1204`. */
	employee: string;
	/** Local date; empty for an earlier departure that the HRIS no longer reports. */
	lastDay: string;
	effective?: number;
	known?: number;
	removed?: number;
	verified?: number;
	/** From when access had to end to when it was confirmed to have ended, or to the end of the period. */
	minutes?: number;
	outcome: LeaverOutcome;
	isLate: boolean;
	/** Only the nightly comparison found this leaver. */
	isMissed: boolean;
	isMemberAgain: boolean;
	note: string;
}

export interface LeaverTotals {
	leavers: number;
	removedInTime: number;
	removedLate: number;
	alreadyGone: number;
	open: number;
	noRecord: number;
	stays: number;
	unclear: number;
	missed: number;
	memberAgain: number;
}

/** How the report knows which people belong in it. */
export interface LeaverPopulation {
	/** Why the report may be incomplete, in sentences. */
	trouble: string[];
	/** What the HRIS stated about its list. */
	manifest?: HrisManifest;
	complete: boolean;
	members: number;
	membersComplete: boolean;
	/** Rows of the journal that are about leavers. */
	journalRows: number;
}

export interface LeaverReport {
	from: number;
	to: number;
	/** Zone of the times; UTC where the settings name none. */
	zone: string;
	promisedMinutes: number;
	entries: LeaverEntry[];
	totals: LeaverTotals;
	population: LeaverPopulation;
}

/** Who left in a period, and for how long they still had access. */
export function leaverReport(input: LeaverReportInput): LeaverReport {
	const { from, to, rows, settings } = input;
	const departures = departuresOf(rows);
	const ofRecords = input.leavers.records.map((record) => entriesOfRecord(record, departures, input));
	const reported = new Set(ofRecords.flatMap(({ departures: own }) => own));
	const entries = [
		...ofRecords.flatMap((one) => one.entries),
		...departures.flatMap((departure) =>
			reported.has(departure) ? [] : entriesOfJournal(departure, input),
		),
	].sort(inOrderOfTime);
	return {
		from,
		to,
		zone: isTimeZone(settings.timeZone) ? settings.timeZone : 'UTC',
		promisedMinutes: settings.promisedMinutes,
		entries,
		totals: totalsOf(entries),
		population: populationOf(input),
	};
}

function inOrderOfTime(one: LeaverEntry, other: LeaverEntry): number {
	const timeOf = ({ effective, known }: LeaverEntry): number => effective ?? known ?? 0;
	return timeOf(one) - timeOf(other) || one.name.localeCompare(other.name);
}

/** The report's entries for a record of the HRIS: all departures of that person, or one without any trace. */
function entriesOfRecord(
	record: EmploymentRecord,
	all: readonly Departure[],
	input: LeaverReportInput,
): { entries: LeaverEntry[]; departures: Departure[] } {
	const { from, to, settings } = input;
	const { state, endsAt } = judged(record, settings.timeZone, to);
	if (state === 'unclear') {
		const note = record.explanation || 'The HRIS gives no last day.';
		return { entries: [entryOf({ person: record, outcome: 'unclear', note }, input)], departures: [] };
	}
	if (state !== 'left' || endsAt === undefined || endsAt < from) return { entries: [], departures: [] };
	const employee = employeeOf(record);
	const departures = all.filter(({ last }) => isAbout(last, employee));
	const member = memberOf(employee, input.members.members, input.links);
	if (departures.length > 0) {
		const entries = departures.map((departure) =>
			entryOf({ person: record, endsAt, departure, outcome: departure.outcome, member }, input),
		);
		return { entries, departures };
	}
	const outcome = outcomeWithoutRow(employee, endsAt, member !== undefined, input);
	return { entries: [entryOf({ person: record, endsAt, outcome, member }, input)], departures };
}

function outcomeWithoutRow(
	employee: Employee,
	endsAt: number,
	isMember: boolean,
	{ rows, members }: LeaverReportInput,
): LeaverOutcome {
	if (hasStayed(employee, endsAt, rows)) return 'stays';
	if (isMember) return 'member';
	return members.trouble ? 'notKnown' : 'noRecord';
}

/** Whether another record was found active after this record's last day: then no one left. */
function hasStayed(employee: Employee, endsAt: number, rows: readonly StoredChange[]): boolean {
	const last = lastRowAbout(employee, rows);
	return last?.outcome === 'stays' && last.updatedAt >= endsAt;
}

/** A departure in the period that the HRIS does not list: a rehire, or a person who is no longer listed. */
function entriesOfJournal(departure: Departure, input: LeaverReportInput): LeaverEntry[] {
	const { effective, known, removed, last } = departure;
	const isWithin = (time: number | undefined): boolean =>
		time !== undefined && time >= input.from && time <= input.to;
	if (![effective, known, removed].some(isWithin)) return [];
	const member = memberOf(last, input.members.members, input.links);
	// For a departure that the HRIS no longer lists, the journal knows the day, but not whether it is still
	// valid.
	const person = { ...last, sourceId: last.employeeId, endDate: '' };
	return [entryOf({ person, departure, outcome: departure.outcome, member }, input)];
}

interface EntryFacts {
	person: {
		source?: string | undefined;
		sourceId?: string | undefined;
		displayName?: string | undefined;
		email?: string | undefined;
		endDate?: string | undefined;
	};
	/** When the last day of the HRIS's record is over. */
	endsAt?: number;
	departure?: Departure;
	outcome: LeaverOutcome;
	member?: User | undefined;
	note?: string;
}

function entryOf(facts: EntryFacts, { to, membersReadAt, settings }: LeaverReportInput): LeaverEntry {
	const { person, endsAt, departure, outcome, member } = facts;
	const effective = departure?.effective ?? endsAt;
	const delay = delayOf(facts, effective, to);
	const isLate = isTooLate(outcome, delay, settings.promisedMinutes);
	const seenGone = departure?.verified ?? departure?.removed;
	const isMemberAgain =
		member !== undefined &&
		(outcome === 'removed' || outcome === 'alreadyGone') &&
		seenGone !== undefined &&
		seenGone < membersReadAt;
	const why = facts.note ?? (outcome === 'removed' ? '' : (departure?.last.reason ?? ''));
	return {
		name: person.displayName || departure?.last.displayName || person.email || '(no name)',
		email: person.email || departure?.last.email || '',
		employee: [person.source, person.sourceId].filter(Boolean).join(' '),
		lastDay: effective === endsAt ? (person.endDate ?? '') : '',
		...(effective === undefined ? {} : { effective }),
		...(departure?.known === undefined ? {} : { known: departure.known }),
		...(departure?.removed === undefined ? {} : { removed: departure.removed }),
		...(departure?.verified === undefined ? {} : { verified: departure.verified }),
		...(delay === undefined ? {} : { minutes: Math.ceil(delay / MINUTE) }),
		outcome,
		isLate,
		isMissed: departure?.isMissed ?? false,
		isMemberAgain,
		note: [isMemberAgain ? 'Is a member again.' : '', why].filter(Boolean).join(' '),
	};
}

/**
 * Milliseconds from the moment access had to end to the confirmation that it ended, or to the end of the
 * period if it has not. No one can act before the HRIS reports a leaver; for a leaver only the nightly
 * comparison found, that moment is unknown, so counting starts at the end of the last day.
 */
function delayOf({ departure, outcome }: EntryFacts, effective: number | undefined, to: number): number | undefined {
	const known = departure?.isMissed && effective !== undefined ? undefined : departure?.known;
	const times = [effective, known].filter((time) => time !== undefined);
	const end = outcome === 'removed' ? departure?.verified : isOpen(outcome) ? to : undefined;
	return times.length === 0 || end === undefined ? undefined : Math.max(0, end - Math.max(...times));
}

/** A removal at an unknown time counts as late. */
function isTooLate(outcome: LeaverOutcome, delay: number | undefined, promisedMinutes: number): boolean {
	if (outcome === 'removed') return delay === undefined || delay > promisedMinutes * MINUTE;
	return isOpen(outcome) && (delay ?? 0) > promisedMinutes * MINUTE;
}

function isOpen(outcome: LeaverOutcome): boolean {
	return !CLOSED.includes(outcome);
}

function totalsOf(entries: readonly LeaverEntry[]): LeaverTotals {
	const count = (is: (entry: LeaverEntry) => boolean): number => entries.filter(is).length;
	return {
		leavers: count(({ outcome }) => outcome !== 'stays'),
		removedInTime: count(({ outcome, isLate }) => outcome === 'removed' && !isLate),
		removedLate: count(({ outcome, isLate }) => outcome === 'removed' && isLate),
		alreadyGone: count(({ outcome }) => outcome === 'alreadyGone'),
		open: count(({ outcome }) => isOpen(outcome)),
		noRecord: count(({ outcome }) => outcome === 'noRecord'),
		stays: count(({ outcome }) => outcome === 'stays'),
		unclear: count(({ outcome }) => outcome === 'unclear'),
		missed: count(({ isMissed }) => isMissed),
		memberAgain: count(({ isMemberAgain }) => isMemberAgain),
	};
}

function populationOf({ leavers, members, rows, unreadable = [], settings }: LeaverReportInput): LeaverPopulation {
	const trouble = [
		zoneTrouble(settings.timeZone),
		leavers.trouble,
		members.trouble,
		...unreadable.map(({ why }) => why),
	];
	return {
		trouble: trouble.filter((sentence) => sentence !== undefined),
		...(leavers.manifest ? { manifest: leavers.manifest } : {}),
		complete: leavers.manifest?.complete === true && !leavers.trouble,
		members: members.members.length,
		membersComplete: !members.trouble,
		journalRows: rows.filter(({ kind }) => kind === 'leave').length,
	};
}
