import { emailKey } from '../scim/emailKey';
import type { Employee } from './employees';
import { isAbout } from './employees';
import type { ReadRows, StoredChange } from './journal';
import { isPlanned } from './journal';
import { instantOf } from './zones';

/** The limits of this package count over this time, in milliseconds. */
export const ROLLING_DAY = 24 * 60 * 60 * 1000;

/**
 * The most rows that *Read day* of offboarding-lockdown returns. When it returns this many, some may be missing,
 * so how much of the limit is used is unknown.
 */
export const MOST_ROWS_OF_DAY = 1000;

/** What was used of the two limits of a day. */
export interface UsedOfDay {
	/** Access that was taken away, or may have been. */
	removals: number;
	/** Seats that were added, or may have been. */
	creations: number;
}

/**
 * How much of the limits other executions have used in the last 24 hours. A person who is locked out counts
 * once, however often it was tried; a planned change counts by itself, because each takes something else.
 *
 * @param journal every row of the last day with an impact or seats, at least; others do no harm
 * @param execution id of the own execution, which the node counts by itself
 * @returns undefined where the counter cannot be read: a row may hide an impact, and then nothing is removed
 */
export function usedOfDay(
	{ rows, unreadable }: ReadRows,
	{ execution, now }: { execution: string; now: number },
): UsedOfDay | undefined {
	if (unreadable.length > 0) return undefined;
	const removals = new Map<string, number>();
	let creations = 0;
	for (const row of rows) {
		if (row.execution === execution || now - impactAt(row) >= ROLLING_DAY) continue;
		creations += row.details.seats ?? 0;
		if (row.impact === 0) continue;
		const key = isPlanned(row) ? `row ${row.id}` : personKey(row);
		removals.set(key, Math.max(removals.get(key) ?? 0, row.impact));
	}
	return { removals: [...removals.values()].reduce((sum, impact) => sum + impact, 0), creations };
}

/**
 * How much of the removal limit others have used, as {@link usedOfDay}; further tries for the same person
 * count nothing.
 *
 * @param employee whose removal is asked about
 */
export function usedByOthers(
	{ rows, unreadable }: ReadRows,
	employee: Employee,
	about: { execution: string; now: number },
): number | undefined {
	const others = rows.filter((row) => isPlanned(row) || !isAbout(row, employee));
	return usedOfDay({ rows: others, unreadable }, about)?.removals;
}

/** When the row took something away, or may have: it can be much older than that, and be edited later. */
function impactAt({ removedAt, details, updatedAt }: StoredChange): number {
	return instantOf(removedAt) ?? instantOf(details.intendedAt ?? '') ?? updatedAt;
}

function personKey({ source, companyId, employeeId, email }: Employee): string {
	return [source.toLowerCase(), companyId, employeeId || emailKey(email)].join('|');
}
