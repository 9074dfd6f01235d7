import type { Alert } from '../decision';
import { endedRow, LOST, lostRow } from '../directoryChanges';
import type { StoredChange } from '../journal';
import { instantOf, isoText } from '../zones';
import { alertsByRequest } from './seatResults';

/** An execution that has not ended a seat after this time, in milliseconds, counts as dead. */
const DEAD_AFTER = 2 * 60 * 60 * 1000;

export interface OverdueSeats {
	/** Rows as they are now. Those of state `retry` are carried out. */
	rows: StoredChange[];
	alerts: Alert[];
}

/**
 * Seats that no execution handles any more:
 * - A seat that no one has decided on in time counts as a no.
 * - An approved seat that no execution has begun to end, or whose execution died before that, is retried
 *   once.
 * - A seat that an execution was ending when it died may or may not have ended: a person must look.
 * @param rows of the journal of kind `seat` that are open
 * @param now epoch milliseconds
 */
export function overdueSeats(rows: readonly StoredChange[], now: number): OverdueSeats {
	const seats = rows.filter(({ kind }) => kind === 'seat');
	const isDead = ({ updatedAt }: StoredChange): boolean => now - updatedAt >= DEAD_AFTER;
	const unanswered = seats.filter((row) => row.state === 'held' && (instantOf(row.dueAt) ?? 0) <= now);
	const notBegun = seats.filter((row) => (row.state === 'retry' || row.state === 'received') && isDead(row));
	const lost = seats.filter((row) => row.state === 'intended' && isDead(row)).map(lostRow);
	const again = notBegun.filter(({ attempts }) => attempts === 0);
	const givenUp = notBegun.filter(({ attempts }) => attempts > 0).map(asGivenUp);
	return {
		rows: [
			...unanswered.map((row) => endedRow(row, 'expired', 'No one answered in time.')),
			...again.map((row) => ({ ...row, state: 'retry' as const, attempts: row.attempts + 1, dueAt: isoText(now) })),
			...givenUp,
			...lost,
		],
		alerts: alertsByRequest([...lost, ...givenUp], textOf),
	};
}

function asGivenUp(row: StoredChange): StoredChange {
	const reason = 'It was approved, and two executions did not get as far as ending it. The seat has not ended.';
	return { ...row, state: 'withdrawn', outcome: LOST, dueAt: '', reason };
}

function textOf(rows: StoredChange[]): string {
	const list = rows.map(({ email, reason }) => `${email}: ${reason}`).join('\n');
	return `The end of seats was approved and did not end as it should. Look in Notion, and pick again who is left.\n${list}`;
}
