import type { LockdownRecord } from '../../directory/lockdown/lockdownRecord';
import type { Change, StoredChange } from '../journal';
import { newChange } from '../journal';
import { instantOf, isoText } from '../zones';

const DAY = 24 * 60 * 60 * 1000;

/**
 * The rows that follow a removal: checks whether the person has come back, after five minutes, an hour and a
 * day, and reminders about the private pages.
 * @param row of the removal, with its `removedAt`
 * @param reminderDays days after the removal
 */
export function followUps(
	row: StoredChange,
	{ watchAt = [], transferUntil }: Partial<LockdownRecord>,
	reminderDays: readonly number[],
): Change[] {
	const { source, companyId, employeeId, email, displayName, managerEmail, userId } = row;
	const { effectiveDate, timeZone, removedAt, reference } = row;
	const person = { source, companyId, employeeId, email, displayName, managerEmail, userId };
	const base = { ...person, effectiveDate, timeZone, removedAt, reference, state: 'scheduled' as const };
	const removed = instantOf(removedAt);
	const watches = watchAt.map((dueAt) =>
		newChange({ ...base, kind: 'watch', key: `${row.key}|watch|${dueAt}`, dueAt, reason: 'Has this person come back?' }),
	);
	if (removed === undefined || transferUntil === undefined) return watches;
	const reminders = reminderDays.map((day) =>
		newChange({
			...base,
			kind: 'remind',
			key: `${row.key}|remind|${day}`,
			dueAt: isoText(removed + day * DAY),
			reason: `Private pages can be transferred until ${transferUntil.slice(0, 10)}.`,
			details: { transferUntil, day },
		}),
	);
	return [...watches, ...reminders];
}
