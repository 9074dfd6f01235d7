import type { LockdownRecord } from '../directory/lockdown/lockdownRecord';
import type { Alert } from '../lifecycle/decision';
import type { ChangeState, StoredChange } from '../lifecycle/journal';
import { isoText } from '../lifecycle/zones';
import type { ScimError, ScimErrorKind } from '../scim/scimError';
import { shortList } from './words';

/** The result of a revocation in Notion. */
export type RevocationAnswer =
	| {
			/** Whether this attempt has removed access; otherwise the access was gone already. */
			isChange: boolean;
			isVerified: boolean;
			/** A sentence, or nothing. */
			note: string;
			record?: LockdownRecord;
	  }
	| { failure: ScimError };

/** The outcome in one word, for the journal and the evidence. */
type Outcome = 'done' | 'unchanged' | 'held' | 'refused' | 'failed' | 'notVerified';

const STATES: Readonly<Record<Outcome, ChangeState>> = {
	done: 'done',
	unchanged: 'done',
	held: 'held',
	refused: 'refused',
	failed: 'retry',
	notVerified: 'retry',
};

/** Failures that another attempt would meet as well. */
const REFUSED: readonly ScimErrorKind[] = ['protectedPerson', 'accessDenied', 'refused', 'ambiguous', 'invalidInput'];

/** The daily run retries these. */
const TRY_AGAIN_AFTER = 26 * 60 * 60 * 1000;

/** The journal row after an attempt. */
export function afterRevocation(row: StoredChange, answer: RevocationAnswer, now: number): StoredChange {
	const wasBegun = row.details.attemptAt !== undefined;
	const ended = 'failure' in answer ? afterFailure(answer.failure) : afterSuccess(answer, wasBegun);
	const state = STATES[ended.outcome];
	return {
		...row,
		state,
		outcome: ended.outcome,
		dueAt: state === 'retry' ? isoText(now + TRY_AGAIN_AFTER) : '',
		impact: ended.impact,
		attempts: row.attempts + 1,
		removedAt: ended.outcome === 'done' ? isoText(now) : '',
		reason: [ended.note, decidedBy(row)].filter((sentence) => sentence !== '').join(' '),
		details: { ...row.details, ...(ended.isVerified ? { verifiedAt: isoText(now) } : {}) },
	};
}

/** The decider stays in the reason, whatever precedes it. */
function decidedBy({ reason }: StoredChange): string {
	return /Decided by .*$/s.exec(reason)?.[0] ?? '';
}

/** The reason without the decider. */
export function noteOf({ reason }: StoredChange): string {
	return reason.replace(/Decided by .*$/s, '').trim();
}

interface Ended {
	outcome: Outcome;
	isVerified: boolean;
	impact: number;
	note: string;
}

function afterFailure({ kind, message, remedy }: ScimError): Ended {
	// The group no longer exists, or the person is no longer in the workspace: this was confirmed.
	if (kind === 'notFound') return { outcome: 'unchanged', isVerified: true, impact: 0, note: message };
	const outcome: Outcome =
		kind === 'limitReached'
			? 'held'
			: kind === 'notVerified'
				? 'notVerified'
				: REFUSED.includes(kind)
					? 'refused'
					: 'failed';
	const mayBeDone = outcome === 'notVerified' || outcome === 'failed';
	// The remedy's advice about the limit is for an admin who runs the node by hand.
	const note = outcome === 'held' ? message : `${message} ${remedy}`.trim();
	return { outcome, isVerified: false, impact: mayBeDone ? 1 : 0, note };
}

function afterSuccess(
	{ isChange, isVerified, note }: Exclude<RevocationAnswer, { failure: ScimError }>,
	wasBegun: boolean,
): Ended {
	if (isChange) return { outcome: 'done', isVerified, impact: 1, note };
	// An execution that died may have made the change; then it counts as made by this revocation.
	if (wasBegun) {
		return { outcome: 'done', isVerified, impact: 1, note: 'An earlier execution had made the change without confirming it.' };
	}
	return { outcome: 'unchanged', isVerified, impact: 0, note: note || 'Was so already.' };
}

const HINTS: Readonly<Partial<Record<string, string>>> = {
	held: 'the limit of a day holds it back; it is done on the next day',
	refused: 'a person must act in Notion',
	failed: 'it is tried again tomorrow',
	notVerified: 'sent, but no one could see that it worked; it is tried again tomorrow',
};

/** The alert about what was not carried out. */
export function revocationAlert(rows: readonly StoredChange[]): Alert[] {
	const open = rows.flatMap((row) => {
		const hint = HINTS[row.outcome];
		const { groupName = '', action } = row.details;
		const what = action === 'user.update' ? ' (role)' : groupName === '' ? '' : ` in ${groupName}`;
		return hint === undefined ? [] : [`${row.email}${what}: ${hint}. ${noteOf(row)}`];
	});
	if (open.length === 0) return [];
	return [{ key: 'access review: revocation', text: `Not carried out: ${shortList(open)}` }];
}
