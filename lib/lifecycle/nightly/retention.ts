import type { StoredChange } from '../journal';
import { COPY } from '../leases';

/** How long rows are kept that prove nothing about anyone's access, in milliseconds. */
export const KEPT_FOR = 60 * 24 * 60 * 60 * 1000;

/** Outcomes of rows whose event was handled in another row, or not at all. */
const NOTHING_DONE = [COPY, 'merged', 'ignored'];

/** Whether a row is closed and proves nothing: a copy, an event without any result, or one of `change` and `watch`. */
export function provesNothing({ kind, state, outcome }: { kind: string; state: string; outcome: string }): boolean {
	const isClosed = state === 'done' || state === 'withdrawn';
	return isClosed && (kind === 'change' || kind === 'watch' || NOTHING_DONE.includes(outcome));
}

/**
 * Rows that may be deleted: copies and events without any result, changes of attributes, and checks whether a
 * person has come back, once they have been closed for 60 days. Hires, departures, reminders and emergencies
 * are the audit trail and stay.
 */
export function outdatedRows(rows: readonly StoredChange[], now: number): StoredChange[] {
	return rows.filter((row) => provesNothing(row) && row.updatedAt < now - KEPT_FOR);
}
