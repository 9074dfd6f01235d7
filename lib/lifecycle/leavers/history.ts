import { lockdownOutcomeOf } from '../departures';
import type { StoredChange } from '../journal';
import { LEASE } from '../leases';
import { instantOf, isoText } from '../zones';

/** How long after a removal private pages can be transferred, so that there is still something to finish. */
export const WORTH_FINISHING = 30 * 24 * 60 * 60 * 1000;

/** An attempt that may have removed the person without confirming it. */
export interface Attempt {
	/** Its row of the journal. */
	id: number;
	/** The key of that row, under which its evidence is stored. */
	key: string;
	/** ISO text. */
	removedAt: string;
}

/** The history of a person as the other rows record it. */
export interface LeaverHistory {
	/**
	 * Notion had the person, or they were confirmed to be gone: then it is no surprise that no one has their
	 * address.
	 */
	wasKnown: boolean;
	/** Rows that wait in the list of held leavers. */
	held: StoredChange[];
	/** An admin has refused to release them, and no event came since. */
	wasDeclined: boolean;
	/** Another execution is working on them. */
	isUnderWay: boolean;
	attempt?: Attempt;
	/** Rows whose execution died. */
	dead: StoredChange[];
}

/**
 * @param rows about this person, of any kind, without the own one
 * @param now epoch milliseconds
 */
export function historyOf(rows: readonly StoredChange[], now: number): LeaverHistory {
	const tries = rows
		.filter((row) => lockdownOutcomeOf(row) !== undefined)
		.sort((one, other) => one.id - other.id);
	const [settled] = tries.filter(({ outcome }) => outcome === 'removed' || outcome === 'stays').slice(-1);
	const attempts = tries
		.slice(settled ? tries.indexOf(settled) + 1 : 0)
		.filter((row) => now - triedAt(row) < WORTH_FINISHING && mayHaveRemoved(row, now));
	const attempt = attempts.find(({ removedAt }) => removedAt !== '') ?? attempts[0];
	return {
		wasKnown: tries.some(hasSeen),
		held: tries.filter(({ state }) => state === 'held'),
		wasDeclined: tries.at(-1)?.outcome === 'declined',
		isUnderWay: tries.some((row) => row.state === 'intended' && !isDead(row, now)),
		...(attempt ? { attempt: { id: attempt.id, key: attempt.key, removedAt: removalTime(attempt) } } : {}),
		dead: tries.filter((row) => isDead(row, now)),
	};
}

/** Whether an attempt has found the person in Notion, or has confirmed that they were gone. */
export function hasSeen({ outcome, details }: StoredChange): boolean {
	return outcome === 'removed' || outcome === 'alreadyGone' || details.wasSeen === true;
}

/** The instant of a removal that a row has made, or may have made, as ISO text. */
export function removalTime(row: StoredChange): string {
	return row.removedAt || isoText(triedAt(row));
}

function triedAt({ removedAt, details, createdAt }: StoredChange): number {
	return instantOf(removedAt) ?? instantOf(details.intendedAt ?? '') ?? createdAt;
}

function isDead(row: StoredChange, now: number): boolean {
	return row.state === 'intended' && now - row.updatedAt > LEASE;
}

function mayHaveRemoved(row: StoredChange, now: number): boolean {
	if (isDead(row, now) || row.outcome === 'notVerified') return true;
	return (row.outcome === 'failed' || row.outcome === 'refused') && row.impact > 0;
}
