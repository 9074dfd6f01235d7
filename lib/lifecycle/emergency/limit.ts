import type { StoredChange } from '../journal';
import { appOf } from './emergencyRow';
import type { EmergencySettings } from './emergencyRules';

const HOUR = 60 * 60 * 1000;

/** Final outcomes of rows that have locked no one out. */
const NOT_COUNTED = ['protected', 'held', 'declined', 'expired', 'copy', 'notSetUp'];

/**
 * The people who may be locked out without a confirmation: the first people of the window, in the order in
 * which their rows were stored, so that two concurrent calls cannot both take the last place. It counts
 * people, not apps. People a person has confirmed do not count.
 * @param rows of the window and of this run, oldest first
 * @param now epoch milliseconds
 * @returns their addresses
 */
export function firstPeople(
	rows: readonly StoredChange[],
	{ limitPeople, limitHours, protectedResponders }: EmergencySettings,
	{ isOfRun, now }: { isOfRun: (row: StoredChange) => boolean; now: number },
): ReadonlySet<string> {
	const first = new Set<string>();
	for (const row of rows) {
		if (first.size >= limitPeople) break;
		const isInWindow = now - row.createdAt < limitHours * HOUR || isOfRun(row);
		if (isInWindow && isCounted(row) && !protectedResponders.keys.has(row.email)) first.add(row.email);
	}
	return first;
}

function isCounted(row: StoredChange): boolean {
	const isEmergency = row.kind === 'emergency' && appOf(row) !== 'none';
	return isEmergency && row.approvedBy === '' && !NOT_COUNTED.includes(row.outcome);
}
