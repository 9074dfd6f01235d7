import type { Alert } from './decision';
import { nameOf } from './employees';
import type { ChangeKind, StoredChange } from './journal';
import { isAtWork } from './leases';
import { instantOf, isoText } from './zones';

const MINUTE = 60_000;

/** A row that failed so often waits for a person. */
export const MOST_ATTEMPTS = 5;

const WORDS: Readonly<Record<ChangeKind, string>> = {
	hire: 'The start',
	change: 'The change',
	leave: 'The departure',
	watch: 'The look whether they came back',
	remind: 'The reminder about the private pages',
	emergency: 'The emergency lockdown',
};

/** How a sentence names a row: what it is about, of whom, and where an admin finds it. */
export function rowName(row: StoredChange): string {
	return `${WORDS[row.kind]} of ${nameOf(row)} (row ${row.id})`;
}

/** Rows that wait and are due, the oldest first. One without an instant is due at once. */
export function dueRows(rows: readonly StoredChange[], now: number): StoredChange[] {
	const dueAt = (row: StoredChange): number => instantOf(row.dueAt) ?? 0;
	return rows
		.filter((row) => (row.state === 'scheduled' || row.state === 'retry') && dueAt(row) <= now)
		.sort((one, other) => dueAt(one) - dueAt(other) || one.id - other.id);
}

/** Rows whose execution died with them. */
export function stuckRows(rows: readonly StoredChange[], now: number): StoredChange[] {
	return rows.filter(
		(row) => (row.state === 'received' || row.state === 'intended') && !isAtWork(row, now),
	);
}

/**
 * A row after a failure: it waits 5, 10, 20 and 40 minutes, and after the fifth failure for a person.
 *
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
			text: `${rowName(row)} was tried ${attempts} times. ${why} Nothing more is tried. Mend the cause and set the state of row ${row.id} of notion_scim_changes to "retry", or to "withdrawn" if it is not needed any more.`,
		},
	};
}
