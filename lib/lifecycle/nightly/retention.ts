import type { StoredChange } from '../journal';
import { COPY } from '../leases';

/** How long rows are kept that prove nothing about anyone's access, in milliseconds. */
const KEPT_FOR = 60 * 24 * 60 * 60 * 1000;

/** Outcomes of rows whose event was handled in another row, or not at all. */
const NOTHING_DONE = [COPY, 'merged', 'ignored'];

/**
 * Rows that may be deleted: copies and events without any result, changes of attributes, and checks whether a
 * person has come back, once they have been closed for 60 days. Hires, departures, reminders and emergencies
 * are the audit trail and stay.
 */
export function outdatedRows(rows: readonly StoredChange[], now: number): StoredChange[] {
	return rows.filter(
		({ kind, state, outcome, updatedAt }) =>
			(state === 'done' || state === 'withdrawn') &&
			updatedAt < now - KEPT_FOR &&
			(kind === 'change' || kind === 'watch' || NOTHING_DONE.includes(outcome)),
	);
}
