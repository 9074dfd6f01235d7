import { createHash } from 'node:crypto';
import { z } from 'zod';

import { lenientText } from '../lifecycle/cells';
import { emailKey } from '../scim/emailKey';
import type { ActionName } from './actions';
import { actionOf, choicesFor } from './actions';
import { isSelf } from './directoryPeople';
import type { Review } from './records';
import type { ReviewRow } from './rows';
import { isTimeOver } from './progress';

/** The largest form of this package; a larger request is not an answer to it. */
export const LARGEST_ANSWER = 256 * 1024;

export const LONGEST_COMMENT = 1000;

/** A request to the address of the page. */
export type ReviewRequest =
	| { kind: 'tooLarge' }
	/** No key that this package has made. */
	| { kind: 'unknown' }
	| { kind: 'page' | 'answer'; key: string; keyDigest: string; fields: Readonly<Record<string, string>> };

const requestSchema = z.object({
	headers: z.record(z.unknown()).catch({}),
	query: z.object({ key: lenientText }).catch({ key: '' }),
	body: z.unknown(),
});

const fieldsSchema = z.record(lenientText).catch({});

const KEY = /^[0-9a-f]{64}$/;

/**
 * Reads the output of a Webhook node. Only a POST decides: the key of an answer is in its body.
 * @param isAnswer whether it came by POST
 */
export function readRequest(item: unknown, isAnswer: boolean): ReviewRequest {
	const { headers, query, body } = requestSchema.parse(item ?? {});
	const announced = Number(headers['content-length'] ?? 0);
	if (announced > LARGEST_ANSWER || sizeOf(body) > LARGEST_ANSWER) return { kind: 'tooLarge' };
	const fields = isAnswer ? fieldsSchema.parse(body) : {};
	const key = isAnswer ? (fields['key'] ?? '') : query.key;
	if (!KEY.test(key)) return { kind: 'unknown' };
	return { kind: isAnswer ? 'answer' : 'page', key, keyDigest: keyDigest(key), fields };
}

function sizeOf(body: unknown): number {
	return Buffer.byteLength(JSON.stringify(body ?? ''));
}

/** The stored form of a key. */
export function keyDigest(key: string): string {
	return createHash('sha256').update(key).digest('hex');
}

/** A valid decision. */
export interface Decision {
	row: ReviewRow;
	action: ActionName;
	comment: string;
}

export interface Decisions {
	accepted: Decision[];
	/** Why other decisions are not valid: sentences. */
	refused: string[];
}

/**
 * A reviewer's decisions, each checked on its own.
 * @param fields of the form: d, c and s, each with the number of the row
 * @param rows that are assigned to the reviewer now
 * @param now epoch milliseconds
 */
export function decisionsIn(
	fields: Readonly<Record<string, string>>,
	{ review, rows, reviewer, now }: { review: Review; rows: readonly ReviewRow[]; reviewer: string; now: number },
): Decisions {
	const sent = Object.entries(fields).flatMap(([name, word]) => {
		const id = /^d(\d+)$/.exec(name)?.[1];
		return id === undefined || word === '' ? [] : [{ id: Number(id), word }];
	});
	const isOver = review.state !== 'open' || isTimeOver(review, now);
	if (isOver && sent.length > 0) {
		return { accepted: [], refused: ['The time for this review is over. Nothing was stored.'] };
	}
	const decisions: Decisions = { accepted: [], refused: [] };
	for (const { id, word } of sent) {
		const row = rows.find((one) => one.id === id);
		const judged = judgedBy(row, { word, shown: fields[`s${id}`] ?? '', reviewer });
		if (typeof judged === 'string') decisions.refused.push(judged);
		else decisions.accepted.push({ ...judged, comment: (fields[`c${id}`] ?? '').trim().slice(0, LONGEST_COMMENT) });
	}
	return decisions;
}

/** A valid decision, or why it is not valid, as a sentence. */
function judgedBy(
	row: ReviewRow | undefined,
	{ word, shown, reviewer }: { word: string; shown: string; reviewer: string },
): Pick<Decision, 'row' | 'action'> | string {
	if (!row || emailKey(row.reviewer) !== emailKey(reviewer)) {
		return 'You cannot decide on one of the rows (any more). It is unchanged.';
	}
	const what = `${row.displayName || row.email}${row.groupName ? `, ${row.groupName}` : ''}`;
	if (row.decision !== '') {
		const by = row.decidedBy ? ` by ${row.decidedBy}, ${row.decidedAt.slice(0, 10)}` : '';
		return `${what}: has been decided already${by}. The first decision stays.`;
	}
	if (isSelf(reviewer, { email: row.email, otherEmails: row.facts.otherEmails })) {
		return `${what}: no one decides about themselves.`;
	}
	const action = choicesFor(row).find(({ name }) => name === word);
	if (!action) return `${what}: "${word.slice(0, 40)}" cannot be decided here.`;
	if (shown !== row.digest) return `${what}: what was shown is not what is on record. Open the page again.`;
	return { row, action: action.name };
}

/** The cells of a decision. The row is changed only if no one has decided, and the reviewer is the same. */
export function decisionCells(
	{ row, action, comment }: Decision,
	{ reviewer, assurance, decidedAt, execution }: { reviewer: string; assurance: string; decidedAt: string; execution: string },
): Record<string, string | number> {
	const state = actionOf(action)?.revocation ? 'revoke' : 'kept';
	return {
		...{ id: row.id, reviewer: row.reviewer, state, decision: action, comment },
		...{ decidedBy: reviewer, assurance, decidedAt, execution },
	};
}
