import { emailKey } from '../scim/emailKey';
import type { Employee } from './employees';
import { isAbout } from './employees';
import type { ReadRows, StoredChange } from './journal';
import { instantOf } from './zones';

/** The limits of this package count over this time, in milliseconds. */
export const ROLLING_DAY = 24 * 60 * 60 * 1000;

/**
 * The most rows that *Read day* of offboarding-lockdown returns. When it returns this many, some may be missing,
 * so how much of the limit is used is unknown.
 */
export const MOST_ROWS_OF_DAY = 1000;

/**
 * How much of the removal limit other people and other executions have used in the last 24 hours. Each
 * person counts once, however often it was tried, and further tries for the same person count nothing.
 *
 * @param journal every row of the last day with an impact, at least; others do no harm
 * @param employee whose removal is asked about
 * @param execution id of the own execution, which the node counts by itself
 * @returns undefined where the counter cannot be read: a row may hide an impact, and then nothing is removed
 */
export function usedByOthers(
	{ rows, unreadable }: ReadRows,
	employee: Employee,
	{ execution, now }: { execution: string; now: number },
): number | undefined {
	if (unreadable.length > 0) return undefined;
	const used = new Map<string, number>();
	for (const row of rows) {
		if (row.impact === 0 || row.execution === execution || isAbout(row, employee)) continue;
		if (now - impactAt(row) >= ROLLING_DAY) continue;
		used.set(personKey(row), Math.max(used.get(personKey(row)) ?? 0, row.impact));
	}
	return [...used.values()].reduce((sum, impact) => sum + impact, 0);
}

/** When the row took something away, or may have: it can be much older than that, and be edited later. */
function impactAt({ removedAt, details, updatedAt }: StoredChange): number {
	return instantOf(removedAt) ?? instantOf(details.intendedAt ?? '') ?? updatedAt;
}

function personKey({ source, companyId, employeeId, email }: Employee): string {
	return [source.toLowerCase(), companyId, employeeId || emailKey(email)].join('|');
}
