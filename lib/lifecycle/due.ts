import type { Alert } from './decision';
import { nameOf } from './employees';
import type { ChangeKind, ReadRows, StoredChange, UnreadableRow } from './journal';
import { isPlanned } from './journal';
import { isAtWork } from './leases';
import { instantOf, isoText } from './zones';

const MINUTE = 60_000;

/** After this many failures, a row waits for a person. */
export const MOST_ATTEMPTS = 5;

/** The outcome of a row whose execution has failed or died; a workflow's error branch writes it as well. */
export const INTERRUPTED = 'interrupted';

const WORDS: Readonly<Record<ChangeKind, string>> = {
	hire: 'The start',
	change: 'The change',
	leave: 'The departure',
	watch: 'The check whether they came back',
	remind: 'The reminder about the private pages',
	emergency: 'The emergency lockdown',
	sync: 'The planned change',
	seat: 'The end of the seat',
	revoke: 'The revocation',
};

/** How a sentence names a row: its subject, the person, and where an admin finds it. */
export function rowName(row: StoredChange): string {
	return `${WORDS[row.kind]} of ${nameOf(row)} (row ${row.id})`;
}

/**
 * Waiting rows that are due, oldest first, without planned changes. A row without an instant is due at once.
 * An emergency that waits for a person is due when the time to confirm it is over.
 */
export function dueRows(rows: readonly StoredChange[], now: number): StoredChange[] {
	const dueAt = (row: StoredChange): number => instantOf(row.dueAt) ?? 0;
	const waits = ({ kind, state, dueAt: instant }: StoredChange): boolean =>
		state === 'scheduled' || state === 'retry' || (state === 'held' && kind === 'emergency' && instant !== '');
	return rows
		.filter((row) => !isPlanned(row) && waits(row) && dueAt(row) <= now)
		.sort((one, other) => dueAt(one) - dueAt(other) || one.id - other.id);
}

/** Rows whose execution died, without planned changes: for those, Notion is compared again. */
export function stuckRows(rows: readonly StoredChange[], now: number): StoredChange[] {
	return rows.filter(
		(row) => !isPlanned(row) && (row.state === 'received' || row.state === 'intended') && !isAtWork(row, now),
	);
}

/**
 * A row after a failure: it waits 5, 10, 20 and 40 minutes, and after the fifth failure for a person.
 * @param why a sentence
 * @param now epoch milliseconds
 */
export function afterFailure(row: StoredChange, why: string, now: number): { row: StoredChange; alert?: Alert } {
	const attempts = row.attempts + 1;
	if (attempts < MOST_ATTEMPTS) {
		const dueAt = isoText(now + 5 * MINUTE * 2 ** row.attempts);
		return { row: { ...row, state: 'retry', dueAt, attempts, reason: why } };
	}
	return {
		row: { ...row, state: 'needsPerson', attempts, reason: why },
		alert: {
			key: `journal: row ${row.id}`,
			text: `${rowName(row)} was tried ${attempts} times. ${why} It is not retried. Correct the cause and set the state of row ${row.id} of notion_scim_changes to "retry", or to "withdrawn" if it is not needed any more.`,
		},
	};
}

/** What one run of the clock hands over, and what it leaves to a person. */
export interface DuePick {
	/** Rows to act on: `received`, for the workflow of their kind, or `needsPerson`. */
	rows: StoredChange[];
	/** Rows that no workflow can act on, and why. */
	unreadable: UnreadableRow[];
	alerts: Alert[];
}

/**
 * The rows to act on now, emergencies first, then the oldest. A row whose execution has failed or died five
 * times goes to a person, because it may block the other rows too.
 * @param most the maximum number of rows to hand over; the others wait for the next run
 * @param execution the one that takes them
 * @param now epoch milliseconds
 */
export function pickDue(
	{ rows, unreadable }: ReadRows,
	{ most, execution, now }: { most: number; execution: string; now: number },
): DuePick {
	const stuck = stuckRows(rows, now);
	const waited = (row: StoredChange): number => instantOf(row.dueAt) ?? row.createdAt;
	const isUrgent = ({ kind }: StoredChange): number => Number(kind === 'emergency');
	const picked = [...dueRows(rows, now), ...stuck]
		.sort((one, other) => isUrgent(other) - isUrgent(one) || waited(one) - waited(other) || one.id - other.id)
		.slice(0, most)
		.map((row) => taken(row, stuck.includes(row) || row.outcome === INTERRUPTED, execution));
	return {
		rows: picked.map(({ row }) => row),
		unreadable,
		alerts: [...picked.flatMap(({ alert }) => alert ?? []), ...unreadable.map(unreadableAlert)],
	};
}

function taken(row: StoredChange, wasInterrupted: boolean, execution: string): { row: StoredChange; alert?: Alert } {
	if (!wasInterrupted) return { row: { ...row, state: 'received', execution } };
	const interrupted = (row.details.interrupted ?? 0) + 1;
	const outcome = row.outcome === INTERRUPTED ? '' : row.outcome;
	const counted = { ...row, execution, outcome, details: { ...row.details, interrupted } };
	if (interrupted < MOST_ATTEMPTS) return { row: { ...counted, state: 'received' } };
	const reason = `The execution that worked on it failed or died ${interrupted} times.`;
	return { row: { ...counted, state: 'needsPerson', reason }, alert: gaveUp(row, reason) };
}

function gaveUp(row: StoredChange, why: string): Alert {
	return {
		key: `journal: row ${row.id}`,
		text: `${rowName(row)}: ${why} It is not retried. Correct the cause and set the state of row ${row.id} of notion_scim_changes to "retry", or to "withdrawn" if it is not needed any more.`,
	};
}

/** The row is set to `needsPerson`, so that the alert is raised once. */
function unreadableAlert({ id, why }: UnreadableRow): Alert {
	return {
		key: `journal: row ${id}`,
		text: `${why} Nothing is done about it. Correct it in the Data Table and set its state to "retry", or to "withdrawn" if it is not needed any more.`,
	};
}
