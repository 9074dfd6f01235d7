import { instantOf } from '../lifecycle/zones';
import { revocationOf } from './actions';
import type { Review } from './records';
import type { ReviewRow } from './rows';

/** The state of a row without a decision of its own. */
export type Undecided = 'unanswered' | 'settled' | '';

/**
 * People about whom everything is decided: a person who is removed leaves every group, and no further
 * question is asked.
 */
export function peopleLeaving(rows: readonly ReviewRow[]): ReadonlySet<string> {
	const leaving = rows.filter((row) => revocationOf(row)?.endsEverything);
	return new Set(leaving.map(({ userId }) => userId));
}

export function isTimeOver({ dueAt }: Pick<Review, 'dueAt'>, now: number): boolean {
	return now >= (instantOf(dueAt) ?? 0);
}

/**
 * The decision on a row, or what the lack of one means. It follows from what is stored, so that no row has to
 * be written when the time is over.
 */
export function decisionOf(
	{ decision, userId }: Pick<ReviewRow, 'decision' | 'userId'>,
	{ leaving, isOver }: { leaving: ReadonlySet<string>; isOver: boolean },
): string {
	if (decision !== '') return decision;
	if (leaving.has(userId)) return 'settled';
	return isOver ? 'unanswered' : '';
}

/** The rows that a reviewer can still decide about. */
export function openRows(rows: readonly ReviewRow[]): ReviewRow[] {
	const leaving = peopleLeaving(rows);
	return rows.filter(({ decision, userId }) => decision === '' && !leaving.has(userId));
}
