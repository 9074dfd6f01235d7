import { emailKey } from '../scim/emailKey';
import type { Employee } from './employees';
import { isAbout } from './employees';
import type { ReadRows, StoredChange } from './journal';
import { isPlanned } from './journal';
import { instantOf } from './zones';

/** The period of the limits of this package, in milliseconds. */
export const ROLLING_DAY = 24 * 60 * 60 * 1000;

/**
 * The most rows that *Read day* of offboarding-lockdown returns. When it returns this many, some may be missing,
 * so how much of the limit is used is unknown.
 */
export const MOST_ROWS_OF_DAY = 1000;

/** How much of the two limits of a day was used. */
export interface UsedOfDay {
	/** Access grants that were removed, or may have been. */
	removals: number;
	/** Seats that were added, or may have been. */
	creations: number;
}

/**
 * How much of the limits other executions have used in the last 24 hours. A person who is locked out counts
 * once, for all attempts; each planned change counts separately, because it removes something else.
 * @param journal at least every row of the last day with an impact or seats; others do no harm
 * @param execution ID of the current execution, which the node counts itself
 * @returns undefined if the counter cannot be read: a row may hide an impact, and then nothing is removed
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
 * How much of the removal limit others have used, as {@link usedOfDay}; further attempts for the same person
 * count nothing.
 * @param employee the person to remove
 */
export function usedByOthers(
	{ rows, unreadable }: ReadRows,
	employee: Employee,
	about: { execution: string; now: number },
): number | undefined {
	const others = rows.filter((row) => isPlanned(row) || !isAbout(row, employee));
	return usedOfDay({ rows: others, unreadable }, about)?.removals;
}

/** When the row removed access, or may have: the row can be much older, and be edited later. */
function impactAt({ removedAt, details, updatedAt }: StoredChange): number {
	return instantOf(removedAt) ?? instantOf(details.intendedAt ?? '') ?? updatedAt;
}

function personKey({ source, companyId, employeeId, email }: Employee): string {
	return [source.toLowerCase(), companyId, employeeId || emailKey(email)].join('|');
}
