import { readEmail } from '../scim/emailAddress';
import { emailKey } from '../scim/emailKey';
import type { StoredChange } from './journal';
import { instantOf, isoText } from './zones';

/** How long the code of a list is good, in milliseconds. */
const EXPIRES_AFTER = 60 * 60 * 1000;

/** A list of held leavers as an admin has seen it: stored before it is shown, and good once. */
export interface ShownList {
	/** Random, given in by the caller. */
	code: string;
	/** ISO text. */
	shownAt: string;
	/** Address of the admin who asked for the list. */
	shownTo: string;
	/** IDs of the rows that stood on it. */
	rows: number[];
	/** ISO text; empty until it has decided something. */
	usedAt: string;
}

/** Who submits the form, as the workflow knows it. */
export interface Decider {
	email: string;
	/** How sure it is that it was them, such as `n8n sign-in`. */
	assurance: string;
}

/** What a page answers without anything being decided. */
export type ReleaseAnswer =
	/** The list is stored as `shown`, and then shown with its code. */
	| { decision: 'show'; sentence: string; shown: ShownList; people: StoredChange[] }
	| { decision: 'refused'; sentence: string };

/** What an admin has decided about the list. */
export interface Released {
	decision: 'released' | 'declined';
	sentence: string;
	/** The rows of the journal as they are afterwards. */
	rows: StoredChange[];
	/** The list with the instant of its use: stored before the rows, so that a code is good once. */
	shown: ShownList;
}

/**
 * Shows the list of held leavers to an admin. Nothing is decided.
 *
 * @param held every row of state `held`, oldest first
 * @param code random, made for this list
 * @param now epoch milliseconds
 */
export function showHeld(
	decider: Decider,
	held: readonly StoredChange[],
	{ code, now, sentence = 'This is the list. Nothing was done.' }: { code: string; now: number; sentence?: string },
): ReleaseAnswer {
	const refusal = refusalFor(decider, held);
	if (refusal) return { decision: 'refused', sentence: refusal };
	const shown = { code, shownAt: isoText(now), shownTo: decider.email.trim(), rows: held.map(({ id }) => id), usedAt: '' };
	return { decision: 'show', sentence, shown, people: [...held] };
}

/**
 * Decides on a list that was shown. Only its code, within the hour, once, and while exactly these leavers
 * are held, decides on it; anything else shows the list as it is now.
 *
 * @param given what the admin has put in
 * @param shown the stored list of that code; undefined where there is none
 * @param held every row of state `held`, oldest first
 * @param fresh random code for a list that is shown instead
 */
export function decideOnHeld(
	decider: Decider,
	given: { code: string; isRight: boolean },
	{ shown, held, fresh, now }: { shown: ShownList | undefined; held: readonly StoredChange[]; fresh: string; now: number },
): ReleaseAnswer | Released {
	const refusal = refusalFor(decider, held);
	if (refusal) return { decision: 'refused', sentence: refusal };
	const again = obstacleOf(given.code, shown, held, now);
	if (again || !shown) return showHeld(decider, held, { code: fresh, now, ...(again ? { sentence: again } : {}) });
	const decidedBy = `${decider.email.trim()} (assurance: ${decider.assurance})`;
	const used = { ...shown, usedAt: isoText(now) };
	const reference = `release ${isoText(now)}, list ${shown.code}, shown to ${shown.shownTo}`;
	if (!given.isRight) {
		return {
			decision: 'declined',
			sentence:
				'No one was released, and the list is empty now. Correct in the HRIS who has not left: everyone who has still left there tonight comes back to the list.',
			rows: held.map((row) => ({ ...row, state: 'done', outcome: 'declined', approvedBy: decidedBy, reference })),
			shown: used,
		};
	}
	return {
		decision: 'released',
		sentence: `${held.length} leavers were released. The HRIS is read again for each, and those who have left are locked out.`,
		// Due at once, so that the clock finds everyone whom this execution does not reach.
		rows: held.map((row) => ({ ...row, state: 'retry', dueAt: isoText(now), approvedBy: decidedBy, reference })),
		shown: used,
	};
}

/** Why a person must not see or decide on the list, as a sentence. */
function refusalFor({ email }: Decider, held: readonly StoredChange[]): string | undefined {
	const own = readEmail(email);
	if (own === undefined) return 'Put in your own email address: the record names who decided.';
	if (held.length === 0) return 'No one is held at the moment.';
	const isOwn = (written: string): boolean => emailKey(readEmail(written) ?? written) === emailKey(own);
	if (held.some((row) => isOwn(row.email))) return 'You are on the list yourself, so another person must decide.';
	return held.some(({ requestedBy }) => isOwn(requestedBy))
		? 'You have asked for a removal on the list yourself, so another person must decide.'
		: undefined;
}

/** Why a code decides nothing, as a sentence. */
function obstacleOf(
	code: string,
	shown: ShownList | undefined,
	held: readonly StoredChange[],
	now: number,
): string | undefined {
	const given = code.trim().toUpperCase();
	if (given === '') return 'This is the list. Nothing was done.';
	if (!shown || shown.code.toUpperCase() !== given) {
		return 'This code is none of ours. Nothing was done; here is the list as it is now.';
	}
	const shownAt = instantOf(shown.shownAt);
	if (shownAt === undefined || shownAt > now || now - shownAt > EXPIRES_AFTER) {
		return 'This code is older than an hour. Nothing was done; here is the list as it is now.';
	}
	if (shown.usedAt !== '') return 'This code was used before. Nothing was done; here is the list as it is now.';
	const isSame = held.length === shown.rows.length && held.every(({ id }) => shown.rows.includes(id));
	return isSame ? undefined : 'The list has changed since it was shown. Nothing was done; look at it again.';
}
