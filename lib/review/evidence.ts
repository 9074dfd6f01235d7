import { z } from 'zod';

import type { StoredChange } from '../lifecycle/journal';
import { isoText } from '../lifecycle/zones';
import type { AccessPopulation, AccessRow } from './accessSnapshot';
import type { AccessNow } from './actions';
import { revocationOf } from './actions';
import type { Letter, Review } from './records';
import { isPending, resultOf } from './revocations';
import { noteOf } from './revocationResults';
import type { ReviewRow } from './rows';
import { WITHOUT_REVIEWER } from './rows';
import { decisionOf, isTimeOver, peopleLeaving } from './progress';

/** A row as evidence: the question, the reviewer, the decision, and its result. */
export type EvidenceEntry = ReturnType<typeof entryOf>;

/** Everything on record about a review. */
export interface OnRecord {
	review: Review;
	rows: readonly ReviewRow[];
	letters: readonly Letter[];
	/** Journal rows of the kind `revoke`. */
	journal: readonly StoredChange[];
	/** Records of lockdowns, as JSON, by the key of their journal row. */
	records: ReadonlyMap<string, string>;
	/** Epoch milliseconds. */
	now: number;
}

/** The rows of a review as evidence, in the order of the snapshot. */
export function evidenceEntries({ review, rows, journal, records, now }: OnRecord): EvidenceEntry[] {
	const leaving = peopleLeaving(rows);
	const byKey = new Map(journal.map((row) => [row.key, row]));
	const isOver = isTimeOver(review, now);
	return rows.map((row) => {
		const result = resultOf(row, byKey, leaving);
		const isOpenRevocation = revocationOf(row) !== undefined && isPending(result);
		return entryOf(row, {
			decision: decisionOf(row, { leaving, isOver }),
			result,
			isPending: isOpenRevocation,
			record: result ? parsed(records.get(result.key) ?? '') : null,
		});
	});
}

/** In a fixed order, so that the same state has the same digest. */
function entryOf(
	row: ReviewRow,
	about: { decision: string; result: StoredChange | undefined; isPending: boolean; record: unknown },
) {
	const { facts } = row;
	const { result } = about;
	return {
		row: row.position,
		userId: row.userId,
		email: row.email,
		displayName: row.displayName,
		role: row.role,
		privileged: facts.privileged,
		group: row.groupName,
		groupId: row.groupId,
		teamspace: facts.teamspace,
		sensitivity: facts.sensitivity,
		department: facts.department,
		directoryStatus: facts.directoryStatus,
		rowDigest: row.digest,
		reviewers: row.reviewers,
		passedOver: row.passedOver,
		askedAtLast: row.reviewer,
		askedAs: row.reviewerAs,
		decision: about.decision,
		comment: row.comment,
		decidedBy: row.decidedBy,
		assurance: row.assurance,
		decidedAt: row.decidedAt,
		// A decision counts only if the reviewer was shown what is on record.
		shownDigest: row.decidedBy === '' ? '' : row.digest,
		outcome: result?.outcome || (about.isPending && result ? 'intended' : ''),
		isPending: about.isPending,
		verified: result?.details.verifiedAt !== undefined,
		intendedAt: result ? isoText(result.createdAt) : '',
		endedAt: result && !about.isPending ? isoText(result.updatedAt) : '',
		note: result ? noteOf(result) : '',
		record: about.record,
	};
}

/** Whether everything has been decided and carried out, or no longer can be. */
export function isReviewOver(review: Review, entries: readonly EvidenceEntry[], now: number): boolean {
	if (entries.some(({ decision }) => decision === '')) return false;
	const isWaiting = entries.some((entry) => entry.isPending);
	const patience = review.pace.finishWithinDays * 24 * 60 * 60 * 1000;
	return !isWaiting || now >= (Date.parse(review.dueAt) || 0) + patience;
}

/** Access according to a snapshot. */
export function accessNow(rows: readonly AccessRow[]): AccessNow {
	const roles = new Map(rows.map(({ userId, role }) => [userId, role]));
	const memberships = new Set(rows.map(accessKey));
	return {
		isMember: (userId) => roles.has(userId),
		isInGroup: (userId, groupId) => memberships.has(accessKey({ userId, groupId })),
		roleOf: (userId) => roles.get(userId),
	};
}

function accessKey({ userId, groupId }: { userId: string; groupId: string | null }): string {
	return `${userId}|${groupId ?? ''}`;
}

const workspaceSchema = z.object({ workspace: z.string() });

/**
 * Whether the second snapshot is of the same workspace: in another one all people would be gone. SCIM has no
 * workspace ID, so after a change of the token the overlap of people decides.
 */
export function isSameWorkspace(
	{ population }: Review,
	rows: readonly ReviewRow[],
	after: { rows: readonly AccessRow[]; population: Pick<AccessPopulation, 'workspace'> },
): boolean {
	const before = workspaceSchema.safeParse(population);
	if (before.success && before.data.workspace === after.population.workspace) return true;
	const now = accessNow(after.rows);
	const leaving = peopleLeaving(rows);
	const staying = new Set(rows.map(({ userId }) => userId).filter((userId) => !leaving.has(userId)));
	return 2 * [...staying].filter((userId) => now.isMember(userId)).length > staying.size;
}

export type Evidence = ReturnType<typeof evidenceOf>;

/**
 * The evidence of a review: population, decisions and deciders, what was carried out, what was not answered,
 * and the access afterwards.
 * @param after the second snapshot
 */
export function evidenceOf(
	onRecord: OnRecord,
	after: { rows: readonly AccessRow[]; population: Record<string, unknown> },
	origin: { workflow: string; execution: string },
) {
	const { review, rows, letters, now } = onRecord;
	const access = accessNow(after.rows);
	const entries = evidenceEntries(onRecord).map(({ isPending: isOpen, ...entry }, index) => {
		const row = rows[index];
		const revocation = row && revocationOf(row);
		// No run retries it; the note gives the reason.
		const ended = { ...entry, outcome: isOpen || entry.outcome === 'refused' ? 'notCarriedOut' : entry.outcome };
		return revocation ? { ...ended, goneInSecondSnapshot: revocation.isGone(row, access) } : ended;
	});
	return {
		what: 'evidence of an access review of a Notion workspace',
		reviewId: review.reviewId,
		...origin,
		madeAt: isoText(now),
		startedAt: review.startedAt,
		dueAt: review.dueAt,
		totals: totalsOf(entries, review),
		before: review.population,
		after: after.population,
		letters: letters.map(({ reviewer, letter, rows: asked, writtenAt, sentAt }) => ({
			...{ reviewer, kind: letter, rows: asked, writtenAt, sentAt },
		})),
		...changedOtherwise(rows, after.rows, access),
		entries,
	};
}

interface ClosedEntry {
	userId: string;
	decision: string;
	goneInSecondSnapshot?: boolean;
}

function totalsOf(entries: readonly ClosedEntry[], { population }: Review) {
	const count = (is: (entry: ClosedEntry) => boolean): number => entries.filter(is).length;
	const announced = population['rows'];
	return {
		rows: entries.length,
		people: new Set(entries.map(({ userId }) => userId)).size,
		kept: count(({ decision }) => decision === 'keep'),
		revoked: count((entry) => revocationOf(entry) !== undefined),
		carriedOut: count(({ goneInSecondSnapshot }) => goneInSecondSnapshot === true),
		notCarriedOut: count(({ goneInSecondSnapshot }) => goneInSecondSnapshot === false),
		unanswered: count(({ decision }) => decision === 'unanswered'),
		withoutReviewer: count(({ decision }) => decision === WITHOUT_REVIEWER),
		settled: count(({ decision }) => decision === 'settled'),
		// Rows of the first snapshot that no longer exist: a person has deleted them.
		missing: (typeof announced === 'number' ? announced : entries.length) - entries.length,
	};
}

/** People who got or lost access in between without a decision of this review. */
function changedOtherwise(rows: readonly ReviewRow[], after: readonly AccessRow[], access: AccessNow) {
	const before = new Set(rows.map(accessKey));
	const leaving = peopleLeaving(rows);
	const lowered = new Set(rows.filter((row) => revocationOf(row)?.roleAfter(row) !== undefined).map(({ userId }) => userId));
	const isGoneOtherwise = (row: ReviewRow): boolean => {
		const isThere = row.groupId === '' ? access.isMember(row.userId) : access.isInGroup(row.userId, row.groupId);
		return !isThere && !leaving.has(row.userId) && revocationOf(row)?.isOfGroup !== true;
	};
	const people = new Map(rows.map((row) => [row.userId, row]));
	return {
		newSince: after
			.filter((row) => !before.has(accessKey(row)) && !(row.groupId === null && people.has(row.userId)))
			.map(({ email, group, role }) => ({ email, group, role })),
		goneOtherwise: rows.filter(isGoneOtherwise).map(({ email, groupName, decision }) => ({ email, group: groupName, decision })),
		roleChanged: [...people.values()]
			.filter(({ userId, role }) => ![undefined, role].includes(access.roleOf(userId)) && !lowered.has(userId))
			.map(({ userId, email, role }) => ({ email, was: role, is: access.roleOf(userId) ?? '' })),
	};
}

function parsed(json: string): unknown {
	try {
		const value: unknown = json === '' ? null : JSON.parse(json);
		return value;
	} catch {
		return null;
	}
}
