import type { Alert } from '../decision';
import { isAbout } from '../employees';
import type { EmploymentRecord } from '../employment';
import { eventKey } from '../events';
import type { Change, ReadRows, StoredChange } from '../journal';
import { newChange } from '../journal';
import type { Link } from '../links';
import type { HrisList, MemberList } from '../lists';
import { employeeOf, zoneTrouble } from '../lists';
import { isoText } from '../zones';
import { checkJournal, deadLeases, freedRows } from './checks';
import { comparisonAlerts, unmatchedAlert } from './comparisonAlerts';
import { findMissedHires, firstDayOf } from './missedHires';
import type { LeaverFinding } from './missedLeavers';
import { endedOrphans, findLeavers } from './missedLeavers';
import { NIGHTLY_COMPARISON, NIGHTLY_EVENT } from './origins';
import { outdatedRows } from './retention';

/** The inputs of the comparison of one night. */
export interface ComparisonInputs {
	/** All people who left in the last `daysBack` days, as the HRIS lists them. */
	leavers: HrisList;
	/** All current employees, as the HRIS lists them; undefined if it is not asked. */
	joiners?: HrisList;
	members: MemberList;
	links: readonly Link[];
	journal: ReadRows;
	settings: ComparisonSettings;
	/** Epoch milliseconds. */
	now: number;
}

export interface ComparisonSettings {
	/** IANA name, for records without one. */
	timeZone: string;
	/** How many days back a missed first day may be. */
	daysBack: number;
	/** The number of days without any event of the HRIS that raises an alert. */
	silentAfterDays: number;
}

/** What one night has found. */
export interface Comparison {
	findings: LeaverFinding[];
	missedHires: EmploymentRecord[];
	/** Rows that change, as they are afterwards, and new ones without an `id`. */
	changes: Array<Change | StoredChange>;
	alerts: Alert[];
	/** Rows that may be deleted. */
	outdated: StoredChange[];
}

/**
 * Compares the HRIS with Notion, and looks for unfinished rows. What was missed becomes a row that is due at
 * once: it is decided like any other, after the HRIS was read again, and within the limits. While a list is
 * incomplete, or there is no time zone, no one is changed.
 */
export function compareNightly(inputs: ComparisonInputs): Comparison {
	const { leavers, joiners, members, links, settings, now } = inputs;
	const { rows, unreadable } = inputs.journal;
	const { timeZone } = settings;
	const common = { members, links, rows, timeZone, now };
	const trouble = [zoneTrouble(timeZone), leavers.trouble, members.trouble].filter((one) => one !== undefined);
	const findings = trouble.length > 0 ? [] : findLeavers({ leavers, ...common });
	const ended = trouble.length > 0 ? [] : endedOrphans(findings, { leavers, ...common });
	const canHire = joiners && !joiners.trouble && !members.trouble && !zoneTrouble(timeZone);
	const missedHires = canHire ? findMissedHires({ joiners, ...common, daysBack: settings.daysBack }) : [];
	const closed = ended.map(closedOrphan);
	const left = rows.map((row) => closed.find(({ id }) => id === row.id) ?? row);
	const leases = deadLeases(left, now);
	const waiting = left.filter((row) => row.kind === 'leave' && isWaiting(row) && !leases.copies.includes(row));
	const leaverRows = findings.flatMap((finding) => leaverRow(finding, waiting, rows, now) ?? []);
	const isChanged = ({ id }: StoredChange): boolean => leaverRows.some((row) => 'id' in row && row.id === id);
	return {
		findings,
		missedHires,
		changes: [
			...closed,
			...leaverRows,
			...freedRows(leases, now).filter((row) => !isChanged(row)),
			...missedHires.map((record) => hireRow(record, timeZone, now)),
		],
		alerts: [
			...unreadable.map(({ why }) => ({ key: `lifecycle: ${why.slice(0, 60)}`, text: `${why} Correct it in the Data Table.` })),
			...comparisonAlerts({ trouble, findings, missedHires, ended, joinersTrouble: joiners?.trouble, rows }),
			...checkJournal(left, { silentAfterDays: settings.silentAfterDays, now }),
		],
		outdated: outdatedRows(left, now),
	};
}

/**
 * The row that handles a finding, or records it.
 * @param waiting rows of departures that are still open: one row represents an employee
 */
function leaverRow(
	finding: LeaverFinding,
	waiting: readonly StoredChange[],
	rows: readonly StoredChange[],
	now: number,
): Change | StoredChange | undefined {
	const { found, record } = finding;
	if (found === 'unmatched') {
		const { text } = unmatchedAlert(finding);
		const isTold = rows.some((row) => row.outcome === 'unmatched' && row.reason === text);
		return isTold ? undefined : { ...nightlyRow('leavers', record, now), state: 'done', outcome: 'unmatched', reason: text };
	}
	if (found !== 'missed' && found !== 'unfinished') return undefined;
	const reference =
		found === 'missed'
			? `Last day ${record.endDate}, missed until the nightly comparison`
			: `Last day ${record.endDate}, removal begun and not finished until the nightly comparison`;
	const asked = { dueAt: isoText(now), requestedBy: NIGHTLY_COMPARISON, reference, reason: `${reference}.` };
	const mainRow = waiting.find((row) => isAbout(row, employeeOf(record)));
	if (mainRow) return { ...mainRow, ...asked, state: 'retry' };
	const email = record.email || (found === 'missed' ? finding.member.userName : '');
	return { ...nightlyRow('leavers', record, now), ...asked, state: 'scheduled', email };
}

/** Whether a row represents an open departure, including one whose execution may have died. */
function isWaiting({ state }: StoredChange): boolean {
	return ['received', 'intended', 'scheduled', 'retry', 'needsPerson'].includes(state);
}

function hireRow(record: EmploymentRecord, timeZone: string, now: number): Change {
	const firstDay = firstDayOf(record, record.timeZone || timeZone);
	const reference = `First day ${firstDay}, missed until the nightly comparison`;
	return {
		...nightlyRow('joiners', record, now),
		state: 'scheduled',
		dueAt: isoText(now),
		effectiveDate: firstDay,
		reference,
		reason: `${reference}.`,
	};
}

function nightlyRow(job: 'joiners' | 'leavers', record: EmploymentRecord, now: number): Change {
	const { displayName, managerEmail, timeZone } = record;
	const employee = employeeOf(record);
	const eventId = `${NIGHTLY_EVENT}${isoText(now).slice(0, 10)}`;
	return newChange({
		...employee,
		key: eventKey(job, { ...employee, eventId }),
		kind: job === 'joiners' ? 'hire' : 'leave',
		event: job === 'joiners' ? 'hired' : 'left',
		state: 'scheduled',
		displayName,
		managerEmail,
		timeZone,
		knownAt: isoText(now),
		requestedBy: NIGHTLY_COMPARISON,
	});
}

/** A removal without a recorded result, of a person who is gone and whom the HRIS does not list. */
function closedOrphan(row: StoredChange): StoredChange {
	const reason = 'It was begun and nothing was heard of it; the person is no member any more.';
	return { ...row, state: 'withdrawn', outcome: 'failed', reason };
}
