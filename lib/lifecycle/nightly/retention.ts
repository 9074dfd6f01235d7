import type { StoredChange } from '../journal';
import { COPY } from '../leases';

/** So long rows are kept that prove nothing about anyone's access, in milliseconds. */
const KEPT_FOR = 60 * 24 * 60 * 60 * 1000;

/** Outcomes of rows whose event was dealt with in another row, or not at all. */
const NOTHING_DONE = [COPY, 'merged', 'ignored'];

/**
 * Rows that may be deleted: copies and events of which nothing came, changes of attributes, and looks
 * whether a person has come back, once they are over for 60 days. Hires, departures, reminders and
 * emergencies are the audit trail and stay.
 */
export function outdatedRows(rows: readonly StoredChange[], now: number): StoredChange[] {
	return rows.filter(
		({ kind, state, outcome, updatedAt }) =>
			(state === 'done' || state === 'withdrawn') &&
			updatedAt < now - KEPT_FOR &&
			(kind === 'change' || kind === 'watch' || NOTHING_DONE.includes(outcome)),
	);
}
