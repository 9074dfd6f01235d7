import type { Alert } from '../lifecycle/decision';
import { instantOf, isoText } from '../lifecycle/zones';
import { createHash } from 'node:crypto';
import type { AccessPopulation, AccessRow } from './accessSnapshot';
import type { Evidence, EvidenceEntry, OnRecord } from './evidence';
import { evidenceEntries, evidenceOf, isReviewOver, isSameWorkspace } from './evidence';
import type { Link } from './records';
import { isTimeOver } from './progress';
import { shortList } from './words';

/** The second snapshot, or why there is none, as sentences. */
export type SecondSnapshot = { rows: AccessRow[]; population: AccessPopulation & Record<string, unknown> } | { failure: string };

/** The report about a review on a day, or at its end. */
export interface Statement {
	what: 'day' | 'evidence';
	/** JSON: the subject of the chain's link. */
	text: string;
	evidence?: Evidence;
	open: number;
	decided: number;
	pending: number;
	alerts: Alert[];
}

/**
 * Today's report: the state of the review or, when it is over, its evidence.
 * @param links of the chain, oldest first
 * @param takeSnapshot called only when the review is over
 */
export async function statementOf(
	onRecord: OnRecord,
	links: readonly Link[],
	takeSnapshot: () => Promise<SecondSnapshot>,
	origin: { workflow: string; execution: string },
): Promise<Statement> {
	const { review, now } = onRecord;
	const entries = evidenceEntries(onRecord);
	const alerts = unansweredAlert(onRecord, entries, links);
	const open = entries.filter(({ decision }) => decision === '').length;
	const counts = { open, decided: entries.length - open, pending: entries.filter((entry) => entry.isPending).length };
	const day = (): string =>
		JSON.stringify({ what: 'state of an access review', reviewId: review.reviewId, at: isoText(now), entries });
	if (!isReviewOver(review, entries, now)) return { what: 'day', text: day(), ...counts, alerts };
	const after = await takeSnapshot();
	if ('failure' in after) return { what: 'day', text: day(), ...counts, alerts: [...alerts, notClosed(after.failure)] };
	if (!isSameWorkspace(review, onRecord.rows, after)) {
		const why = 'it is of another workspace than the first one. Check the credential of the node that closes the review';
		return { what: 'day', text: day(), ...counts, alerts: [...alerts, notClosed(why)] };
	}
	const evidence = evidenceOf(onRecord, after, origin);
	const text = JSON.stringify(evidence);
	return { what: 'evidence', text, evidence, ...counts, alerts: [...alerts, ...closedAlerts(evidence)] };
}

/** The next link of the chain. Altering an earlier link alters every later head. */
export function nextLink(last: Link | undefined, { what, text }: Statement, reviewId: string, now: number): Omit<Link, 'id'> {
	const link = {
		number: (last?.number ?? 0) + 1,
		at: isoText(now),
		reviewId,
		what,
		digest: sha256(text),
		previous: last?.head ?? '',
	};
	// The README tells auditors how to check this digest.
	const { number, at, digest, previous } = link;
	return { ...link, head: sha256([number, at, reviewId, what, digest, previous].join('\n')) };
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** The first run after the end reports this. */
function unansweredAlert({ review, rows, now }: OnRecord, entries: readonly EvidenceEntry[], links: readonly Link[]): Alert[] {
	const due = instantOf(review.dueAt) ?? 0;
	const wasTold = links.some(({ reviewId, at }) => reviewId === review.reviewId && (instantOf(at) ?? 0) >= due);
	const open = rows.filter((_row, index) => entries[index]?.decision === 'unanswered');
	if (!isTimeOver(review, now) || wasTold || open.length === 0) return [];
	const reviewers = [...new Set(open.map(({ reviewer }) => reviewer))];
	return [
		{
			key: 'access review: not answered',
			text: `The time is over, and ${open.length} rows were not decided. Asked at last: ${shortList(reviewers)}. Nothing was removed. The evidence says so.`,
		},
	];
}

function notClosed(why: string): Alert {
	return {
		key: 'access review: not closed',
		text: `The review is over, but the second snapshot failed: ${why}. It is tried again tomorrow.`,
	};
}

/**
 * The snapshot counts, not the result of the operation: an identity provider may have added a person again.
 */
function closedAlerts({ entries, totals }: Evidence): Alert[] {
	const still = entries.filter((entry) => 'goneInSecondSnapshot' in entry && entry.goneInSecondSnapshot === false);
	const named = still.map(({ email, group, note }) => `${email}${group ? ` in ${group}` : ''}${note ? ` (${note})` : ''}`);
	return [
		...(still.length > 0
			? [
					{
						key: 'access review: closed',
						text: `The review is over, and in the second snapshot these are still there, although it was decided otherwise: ${shortList(named)}. No one tries them again: act in Notion, and find out what adds people again.`,
					},
				]
			: []),
		...(totals.missing > 0
			? [
					{
						key: 'access review: rows missing',
						text: `${totals.missing} rows of the first snapshot are not in notion_scim_reviews any more. The evidence is incomplete and says so: find out who deleted them.`,
					},
				]
			: []),
	];
}
