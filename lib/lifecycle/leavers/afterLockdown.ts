import type { LockdownOutcome } from '../../directory/lockdown/lockdown';
import type { LockdownRecord } from '../../directory/lockdown/lockdownRecord';
import { transferableUntil, watchInstants } from '../../directory/lockdown/lockdownRecord';
import type { ScimError } from '../../scim/scimError';
import type { Alert } from '../decision';
import type { DepartureOutcome } from '../departures';
import type { Details } from '../details';
import type { ChangeState, StoredChange } from '../journal';
import type { Attempt, LeaverHistory } from './history';
import { COPY } from '../leases';
import { isWorthAnotherTry } from '../tries';
import { accessEnded } from '../words/messages';
import {
	failedAlert,
	heldAlert,
	lateAlert,
	notVerifiedAlert,
	refusedAlert,
	sentencesOf,
	takenForRemovedAlert,
} from '../words/lockdownAlerts';
import { isoText } from '../zones';
import type { Applied } from '../applied';
import { nothingApplied } from '../applied';
import { followUps } from './followUps';

const MINUTE = 60_000;

/** The delay before another attempt. */
const TRY_AGAIN_AFTER = 5 * MINUTE;
/** After this time, an execution that works on the same person has ended or died. */
const ENDED_BY_THEN = 16 * MINUTE;

/** The admin's settings for what follows a removal. */
export interface AftermathSettings {
	/** From the end of the last day, or from when it was known, until the person is confirmed to be gone. */
	verifyWithinMinutes: number;
	/** The recipient if the HRIS names no manager. */
	fallbackEmail: string;
	/** Days after the removal on which the manager is reminded. */
	reminderDays: readonly number[];
}

export interface LockdownAftermath {
	/** The intention. */
	row: StoredChange;
	lockdown: LockdownOutcome;
	/** What other rows record about this person. */
	history: LeaverHistory;
	/** The record of the earlier attempt that may have removed the person, if it could be read. */
	earlierRecord?: Partial<LockdownRecord>;
	settings: AftermathSettings;
	/** Epoch milliseconds. */
	now: number;
}

/** One lockdown, with its final facts. */
interface Ended extends LockdownAftermath {
	outcome: DepartureOutcome;
	record: Partial<LockdownRecord>;
	error?: ScimError;
	/** The attempt whose removal this one completes. */
	completes?: Attempt;
	/** Another execution may have removed the person and died before it reported that. */
	isLeftToOther: boolean;
}

/**
 * What is stored and reported after a lockdown: its row, the rows that follow, the record, the mail, alerts.
 */
export function afterLockdown(aftermath: LockdownAftermath): Applied {
	const ended = endOf(aftermath);
	const { outcome, record, settings, history } = ended;
	const row = rowAfter(ended);
	const isRemoved = outcome === 'removed';
	const alert = alertOf(ended, row);
	return {
		...nothingApplied(),
		changes: [
			row,
			...(isRemoved ? followUps(row, record, settings.reminderDays) : []),
			...history.dead.map((dead) => closedDead(dead, row.id)),
			...(isOffTheList(outcome) ? history.held.map((held) => withdrawnHeld(held, row)) : []),
		],
		evidence: Object.keys(record).length > 0 ? [{ key: row.key, record: JSON.stringify(record) }] : [],
		messages: isRemoved ? [accessEnded(row, record, settings.fallbackEmail)] : [],
		alerts: alert ? [alert] : [],
	};
}

/** A row whose event another execution's older row holds: nothing was done for this one. */
export function afterCopy(row: StoredChange, { id }: StoredChange): Applied {
	const reason = `Row ${id} has this event.`;
	return { ...nothingApplied(), changes: [{ ...row, state: 'withdrawn', outcome: COPY, impact: 0, reason }] };
}

/** The attempt that this one completes if the person is gone: of its own row, or of another one. */
export function attemptOf(row: StoredChange, history: LeaverHistory): Attempt | undefined {
	const { attemptAt } = row.details;
	return attemptAt === undefined ? history.attempt : { id: row.id, key: row.key, removedAt: attemptAt };
}

function endOf(aftermath: LockdownAftermath): Ended {
	const { row, lockdown, history, earlierRecord = {} } = aftermath;
	if ('error' in lockdown) {
		const { error } = lockdown;
		return { ...aftermath, outcome: outcomeOfFailure(error), record: recordIn(error), error, isLeftToOther: false };
	}
	const attempt = lockdown.outcome === 'alreadyGone' ? attemptOf(row, history) : undefined;
	if (attempt) {
		const record = completed(lockdown.record, earlierRecord, attempt);
		return { ...aftermath, outcome: 'removed', record, completes: attempt, isLeftToOther: false };
	}
	const isLeftToOther = lockdown.outcome === 'alreadyGone' && history.isUnderWay;
	return { ...aftermath, outcome: lockdown.outcome, record: lockdown.record, isLeftToOther };
}

function outcomeOfFailure({ kind }: ScimError): DepartureOutcome {
	if (kind === 'limitReached') return 'held';
	if (kind === 'notVerified') return 'notVerified';
	return isWorthAnotherTry(kind) ? 'failed' : 'refused';
}

/** The error of a failed lockdown carries the record in its evidence, as far as it goes. */
function recordIn({ evidence }: ScimError): Partial<LockdownRecord> {
	const record = evidence?.['record'];
	return typeof record === 'object' && record !== null ? record : {};
}

/** The evidence of a removal that an earlier attempt made and this one has confirmed. */
function completed(
	seen: LockdownRecord,
	earlier: Partial<LockdownRecord>,
	{ removedAt }: Attempt,
): Partial<LockdownRecord> {
	const { person = null, groups = null, groupsComplete = false } = earlier.person ? earlier : seen;
	const at = Date.parse(removedAt);
	return {
		...seen,
		person,
		groups,
		groupsComplete,
		adminApi: earlier.adminApi ?? seen.adminApi,
		removedAt,
		watchAt: watchInstants(at),
		transferUntil: transferableUntil(at),
	};
}

function rowAfter(ended: Ended): StoredChange {
	const { row, outcome, record, isLeftToOther, now } = ended;
	const state = stateAfter(ended);
	const nextTry = now + (isLeftToOther ? ENDED_BY_THEN : TRY_AGAIN_AFTER);
	return {
		...row,
		state,
		outcome,
		...(state === 'retry' ? { dueAt: isoText(nextTry) } : {}),
		email: record.person?.email || row.email,
		displayName: row.displayName || record.person?.displayName || '',
		userId: record.person?.id || row.userId,
		removedAt: record.removedAt ?? '',
		impact: mayHaveRemoved(ended) ? 1 : 0,
		attempts: row.attempts + 1,
		reason: reasonAfter(ended),
		details: detailsAfter(ended),
	};
}

function reasonAfter({ row, outcome, error, completes }: Ended): string {
	// The remedy's advice about the limit is for an admin who runs the node by hand.
	if (error) return outcome === 'held' ? error.message : sentencesOf(error);
	return completes ? `Row ${completes.id} had removed them, without seeing it.` : row.reason;
}

function detailsAfter({ row, lockdown, record, outcome, completes }: Ended): Details {
	const { attemptAt, ...details } = row.details;
	const wasSeen = details.wasSeen === true || Boolean(record.person);
	const isOpen = attemptAt !== undefined && !completes && !isSeenAsMember(outcome, record);
	return {
		...details,
		...(isOpen ? { attemptAt } : {}),
		...(wasSeen ? { wasSeen } : {}),
		...('error' in lockdown || record.verifiedAt === undefined ? {} : { verifiedAt: record.verifiedAt }),
	};
}

function stateAfter({ outcome, isLeftToOther, history }: Ended): ChangeState {
	if (isLeftToOther) return 'retry';
	switch (outcome) {
		case 'held':
			// A leaver who is on the list already is not added again.
			return history.held.length > 0 ? 'withdrawn' : 'held';
		case 'refused':
			return 'refused';
		case 'failed':
		case 'notVerified':
			return 'retry';
		default:
			return 'done';
	}
}

/**
 * Whether the row counts for the limit, erring on the safe side. A removal that is completed only now counts
 * in the row of its first attempt.
 */
function mayHaveRemoved({ row, outcome, record, completes }: Ended): boolean {
	if (outcome === 'removed') return !completes || completes.id === row.id;
	if (outcome === 'notVerified') return true;
	if (outcome === 'alreadyGone' || isSeenAsMember(outcome, record)) return false;
	// This attempt did not remove a person it did not find.
	return Boolean(record.person) || row.details.attemptAt !== undefined;
}

/** The limit is checked only for a person who is a member. */
function isSeenAsMember(outcome: DepartureOutcome, record: Partial<LockdownRecord>): boolean {
	return outcome === 'held' || record.verified === 'notRemoved';
}

/** A row whose execution died: this row records the outcome. */
function closedDead(row: StoredChange, later: number): StoredChange {
	const reason = `The execution died. Row ${later} says what happened.`;
	return { ...row, state: 'withdrawn', outcome: 'failed', reason };
}

/** Whether an outcome removes the person from the list of held leavers. */
function isOffTheList(outcome: DepartureOutcome): boolean {
	return outcome === 'removed' || outcome === 'alreadyGone' || outcome === 'refused';
}

function withdrawnHeld(held: StoredChange, { id, outcome }: StoredChange): StoredChange {
	return { ...held, state: 'withdrawn', reason: `Row ${id} says what happened: ${outcome}.` };
}

function alertOf(ended: Ended, row: StoredChange): Alert | undefined {
	const { outcome, error, record, completes, settings, now } = ended;
	if (error) {
		if (outcome === 'held') return heldAlert(row, error);
		if (outcome === 'notVerified') return notVerifiedAlert(row, error, record);
		return outcome === 'failed' ? failedAlert(row, error) : refusedAlert(row, error);
	}
	if (completes && !record.person && row.details.wasSeen !== true) return takenForRemovedAlert(row);
	const verifiedAt = Date.parse(record.verifiedAt ?? '') || now;
	const began = Math.max(Date.parse(row.effectiveAt) || 0, Date.parse(row.knownAt) || 0);
	const minutes = (verifiedAt - began) / MINUTE;
	// A release is late because a person had to decide, not because of a failure.
	const isLate = outcome === 'removed' && row.approvedBy === '' && minutes > settings.verifyWithinMinutes;
	return isLate ? lateAlert(row, Math.round(minutes), settings.verifyWithinMinutes) : undefined;
}
