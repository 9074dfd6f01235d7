import type { User } from '../../scim/userResource';
import { lockdownOutcomeOf } from '../departures';
import type { Employee } from '../employees';
import { isAbout } from '../employees';
import type { EmploymentRecord } from '../employment';
import type { StoredChange } from '../journal';
import { isAtWork } from '../leases';
import { WORTH_FINISHING } from '../leavers/history';
import type { Link } from '../links';
import type { HrisList, MemberList } from '../lists';
import { employeeOf, judged, memberOf } from '../lists';
import { instantOf } from '../zones';

const MINUTE = 60_000;

/** The inputs for comparing the leavers of the HRIS. */
export interface LeaverComparison {
	leavers: HrisList;
	members: MemberList;
	links: readonly Link[];
	/** Rows of the journal, oldest first. */
	rows: readonly StoredChange[];
	/** IANA name, for records without one. */
	timeZone: string;
	/** Epoch milliseconds. */
	now: number;
}

/** The finding about one leaver of the HRIS. */
export type LeaverFinding =
	/** Still a member, and no execution is working on it. */
	| { found: 'missed'; record: EmploymentRecord; member: User }
	/** Still a member: the limit has stopped it, and a person must release them. */
	| { found: 'held'; record: EmploymentRecord; member: User }
	/** Still a member, and a row is at work or due soon. */
	| { found: 'pending'; record: EmploymentRecord; member: User }
	/** No member any more, but nothing was heard of the removal. */
	| { found: 'unfinished'; record: EmploymentRecord }
	/** No link, no member of that address, nothing in the journal. */
	| { found: 'unmatched'; record: EmploymentRecord; namesake?: User }
	/** The HRIS does not say whether this person has left. */
	| { found: 'unclear'; record: EmploymentRecord; why: string };

/**
 * Compares the leavers of the HRIS with Notion's members. Both lists must be complete, or no one may be
 * changed.
 */
export function findLeavers(comparison: LeaverComparison): LeaverFinding[] {
	const orphans = orphansOf(comparison.rows, comparison.now);
	return comparison.leavers.records.flatMap((record) => findingOn(record, orphans, comparison) ?? []);
}

function findingOn(
	record: EmploymentRecord,
	orphans: readonly StoredChange[],
	{ members, links, rows, timeZone, now }: LeaverComparison,
): LeaverFinding | undefined {
	const { state } = judged(record, timeZone, now);
	if (state === 'unclear') return { found: 'unclear', record, why: unclearBecause(record) };
	if (state !== 'left') return undefined;
	const employee = employeeOf(record);
	const member = memberOf(employee, members.members, links);
	const own = rows.filter((row) => row.kind === 'leave' && isAbout(row, employee));
	const isPending = own.some((row) => isUnderWay(row, now));
	if (member) {
		// Once a person has released them, no one has to decide any more.
		const isHeld = triesOf(own).at(-1)?.state === 'held';
		return { found: isPending ? 'pending' : isHeld ? 'held' : 'missed', record, member };
	}
	if (orphans.some((row) => now - row.updatedAt < WORTH_FINISHING && isAbout(row, employee))) {
		return isPending ? undefined : { found: 'unfinished', record };
	}
	const isLinked = links.some((link) => link.employeeId !== '' && isAbout(link, employee));
	if (triesOf(own).length > 0 || isLinked) return undefined;
	const namesake = namesakeOf(record, members.members);
	return { found: 'unmatched', record, ...(namesake ? { namesake } : {}) };
}

function unclearBecause({ explanation, status, statusWord, endDate }: EmploymentRecord): string {
	if (explanation !== '') return explanation;
	return status === 'inactive' && endDate === ''
		? 'it has no last day'
		: `its status is "${statusWord || status}", and its last day "${endDate}"`;
}

/** Whether a row will do the necessary by itself. The last day is over, so a later date is outdated. */
function isUnderWay(row: StoredChange, now: number): boolean {
	if (isAtWork(row, now)) return true;
	const dueAt = instantOf(row.dueAt);
	const waits = row.state === 'scheduled' || row.state === 'retry';
	return waits && dueAt !== undefined && dueAt > now - 15 * MINUTE && dueAt < now + 60 * MINUTE;
}

function triesOf(rows: readonly StoredChange[]): StoredChange[] {
	return rows.filter((row) => lockdownOutcomeOf(row) !== undefined);
}

function namesakeOf(record: EmploymentRecord, members: readonly User[]): User | undefined {
	const nameIn = (name: string | undefined): string => (name ?? '').normalize('NFC').trim().toLowerCase();
	const name = nameIn(record.displayName);
	return name === '' ? undefined : members.find(({ attributes }) => nameIn(attributes.displayName) === name);
}

/**
 * Removals that were begun and have no recorded result; a later attempt for the same person supersedes them.
 */
export function orphansOf(rows: readonly StoredChange[], now: number): StoredChange[] {
	const tries = triesOf(rows);
	return tries.filter((row) => row.state === 'intended' && !isAtWork(row, now) && isLatest(row, tries));
}

/** Whether no newer one of the rows is about the same employee. */
export function isLatest(row: StoredChange, rows: readonly StoredChange[]): boolean {
	return !rows.some((later) => later.id > row.id && isAbout(later, row));
}

/**
 * Removals that can no longer be finished, because the person is gone and the HRIS does not list them.
 * @param findings of {@link findLeavers}
 */
export function endedOrphans(findings: readonly LeaverFinding[], comparison: LeaverComparison): StoredChange[] {
	const { members, links, rows, now } = comparison;
	const unfinished: Employee[] = findings.flatMap((one) => (one.found === 'unfinished' ? [employeeOf(one.record)] : []));
	return orphansOf(rows, now).filter(
		(row) =>
			!unfinished.some((employee) => isAbout(row, employee)) &&
			!members.members.some(({ id }) => id === row.userId) &&
			!memberOf(row, members.members, links),
	);
}
