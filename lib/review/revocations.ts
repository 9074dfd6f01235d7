import type { Change, StoredChange } from '../lifecycle/journal';
import { newChange } from '../lifecycle/journal';
import { instantOf, isoText } from '../lifecycle/zones';
import type { Revocation } from './actions';
import { revocationOf } from './actions';
import type { Review } from './records';
import { openReviewIn } from './records';
import type { ReviewRow } from './rows';
import { peopleLeaving } from './progress';

/** Milliseconds after which an execution in progress has ended or died. */
const ENDED_BY_THEN = 16 * 60 * 1000;

export interface RevocationInputs {
	reviews: readonly Review[];
	/** Decided rows; others do no harm. */
	rows: readonly ReviewRow[];
	/** Rows of the journal of the kind `revoke`. */
	journal: readonly StoredChange[];
	/** The execution that stored the decisions to carry out; empty for all waiting ones. */
	decidedIn: string;
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

/**
 * The journal rows to store: intentions, which are carried out next, and rows that are no longer needed. One
 * row is one revocation from its first attempt to its end.
 */
export function plannedRevocations(inputs: RevocationInputs): Array<Change | StoredChange> {
	const { reviews, rows, journal, execution, now } = inputs;
	const review = openReviewIn(reviews);
	const own = rows.filter(({ reviewId }) => reviewId === review?.reviewId);
	const leaving = peopleLeaving(own);
	const byKey = new Map(journal.map((row) => [row.key, row]));
	const planned = new Map<string, Change | StoredChange>();
	for (const row of own) {
		const revocation = revocationOf(row);
		if (!revocation || (leaving.has(row.userId) && !revocation.endsEverything)) continue;
		const key = revocationKey(row, revocation);
		const stored = byKey.get(key);
		if (planned.has(key) || !isPending(stored) || !isToDo(row, stored, inputs)) continue;
		planned.set(key, stored ? takenAgain(stored, execution) : intention(row, revocation, execution));
	}
	const ended = journal.flatMap((row) => endedRow(row, { review, leaving, now }));
	return [...planned.values(), ...ended];
}

/** The same for all rows that one revocation settles. */
export function revocationKey(
	{ reviewId, userId, groupId }: Pick<ReviewRow, 'reviewId' | 'userId' | 'groupId'>,
	{ name, isOfGroup }: Revocation,
): string {
	return [reviewId, name, userId, ...(isOfGroup ? [groupId] : [])].join('|');
}

/**
 * The journal row with the result of a row's revocation: its own, or that of the removal which includes it.
 */
export function resultOf(
	row: ReviewRow,
	byKey: ReadonlyMap<string, StoredChange>,
	leaving: ReadonlySet<string>,
): StoredChange | undefined {
	const revocation = revocationOf(row);
	if (!revocation) return undefined;
	const own = byKey.get(revocationKey(row, revocation));
	if (own?.state === 'done' || !leaving.has(row.userId)) return own;
	return byKey.get([row.reviewId, 'user.remove', row.userId].join('|')) ?? own;
}

/** Whether a revocation was neither carried out nor refused. */
export function isPending(stored: StoredChange | undefined): boolean {
	return stored === undefined || ['intended', 'held', 'retry'].includes(stored.state);
}

/**
 * An answer carries out its own decisions; the daily run handles everything that no execution is working on.
 */
function isToDo(row: ReviewRow, stored: StoredChange | undefined, { decidedIn, now }: RevocationInputs): boolean {
	if (decidedIn !== '') return row.decidedIn === decidedIn && stored === undefined;
	if (stored?.state === 'held') return true;
	return now - (stored?.updatedAt ?? instantOf(row.decidedAt) ?? 0) > ENDED_BY_THEN;
}

function intention(row: ReviewRow, revocation: Revocation, execution: string): Change {
	const role = revocation.roleAfter(row);
	return newChange({
		kind: 'revoke',
		state: 'intended',
		key: revocationKey(row, revocation),
		execution,
		userId: row.userId,
		email: row.email,
		displayName: row.displayName,
		reason: `Decided by ${row.decidedBy} (${row.assurance}) in ${row.reviewId}.`,
		requestedBy: row.decidedBy,
		reference: row.reviewId,
		impact: 1,
		details: {
			action: revocation.name,
			...(revocation.isOfGroup ? { groupId: row.groupId, groupName: row.groupName } : {}),
			...(role === undefined ? {} : { role }),
		},
	});
}

/** An attempt without a recorded result may have made the change. */
function takenAgain(stored: StoredChange, execution: string): StoredChange {
	const mayBeDone = stored.state === 'intended' || stored.outcome === 'notVerified';
	return {
		...stored,
		state: 'intended',
		execution,
		dueAt: '',
		impact: 1,
		details: { ...stored.details, ...(mayBeDone ? { attemptAt: isoText(stored.updatedAt) } : {}) },
	};
}

/** Rows that are no longer needed: of a closed review, and of a person who is removed altogether. */
function endedRow(
	row: StoredChange,
	{ review, leaving, now }: { review: Review | undefined; leaving: ReadonlySet<string>; now: number },
): StoredChange[] {
	const isAtWork = row.state === 'intended' && now - row.updatedAt <= ENDED_BY_THEN;
	if (!isPending(row) || isAtWork) return [];
	if (row.reference !== review?.reviewId) {
		const reason = `The review is closed, and it could not be done before. ${row.reason}`.trim();
		return [{ ...row, state: 'withdrawn', outcome: 'notCarriedOut', reason }];
	}
	if (!leaving.has(row.userId) || row.details.action === 'user.remove') return [];
	return [{ ...row, state: 'withdrawn', reason: 'It goes with the removal from Notion.' }];
}
