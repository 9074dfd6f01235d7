import type { LockdownRequest } from '../../directory/lockdown/lockdownCase';
import { ScimError } from '../../scim/scimError';
import { isAbout } from '../employees';
import type { ReadRows, StoredChange } from '../journal';
import { eventOf } from '../journal';
import type { LeaverHistory } from './history';
import { historyOf, WORTH_FINISHING } from './history';
import { NIGHTLY_COMPARISON } from '../nightly/origins';
import { MOST_ROWS_OF_DAY, usedByOthers } from '../rollingDay';
import { instantOf } from '../zones';
import { attemptOf } from './afterLockdown';

/** How much of the limit a removal may use, or why it must not happen. */
export type RemovalAllowance =
	/** `limit` 0 means the default of the workspace, Infinity an approval by a person. */
	{ alreadyUsed: number; limit: number } | { error: ScimError };

/** One intention with everything that its lockdown needs. */
export interface LockdownCase {
	row: StoredChange;
	request: LockdownRequest;
	history: LeaverHistory;
	allowance: RemovalAllowance;
	/** The older row of another execution with the same event: then nothing is done for this one. */
	first?: StoredChange;
}

export interface LockdownInputs {
	/** The rows that are locked down together, as in the journal. */
	intended: readonly StoredChange[];
	/** The rows of these people. */
	journal: readonly StoredChange[];
	/** All rows of the last day with an impact. */
	day: ReadRows;
	/** 0 for the default of the workspace. */
	removalLimit: number;
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

/** The lockdowns of one run, in the order of the rows. */
export function lockdownCases(inputs: LockdownInputs): LockdownCase[] {
	const { intended, journal, now } = inputs;
	return intended.map((row) => {
		const about = journal.filter((other) => other.id !== row.id && isAbout(other, row));
		const history = historyOf(about, now);
		const first = firstOfCopies(row, inputs);
		const allowance = allowanceOf(row, history, inputs);
		return { row, request: requestOf(row, history, now), history, allowance, ...(first ? { first } : {}) };
	});
}

/**
 * Copies of one event that are stored at the same moment may not see each other during planning. Intentions
 * are stored before they are read, so the later one sees the earlier one.
 */
function firstOfCopies(row: StoredChange, { day, execution }: LockdownInputs): StoredChange | undefined {
	if (row.key === '') return undefined;
	return day.rows.find(
		(other) =>
			other.key === row.key &&
			other.id !== row.id &&
			other.execution !== execution &&
			other.impact > 0 &&
			!isLater(other, row),
	);
}

/** Whether a row is an intention that was stored later: its execution sees this one. */
function isLater(other: StoredChange, { updatedAt, id }: Pick<StoredChange, 'updatedAt' | 'id'>): boolean {
	if (other.state !== 'intended') return false;
	return other.updatedAt > updatedAt || (other.updatedAt === updatedAt && other.id > id);
}

function requestOf(row: StoredChange, history: LeaverHistory, now: number): LockdownRequest {
	const { email, userId, reason, reference, requestedBy } = row;
	const isOldNews = eventOf(row) === 'changed' && now - (instantOf(row.effectiveAt) ?? now) > WORTH_FINISHING;
	const wasKnown = row.details.wasSeen === true || history.wasKnown;
	const mayBeGone = wasKnown || history.isUnderWay || attemptOf(row, history) !== undefined || isOldNews;
	return {
		email,
		id: '',
		linkedId: userId,
		reason,
		reference,
		requestedBy,
		allowPrivileged: false,
		// A missing address is suspicious, unless Notion has had the person, or the event is old.
		ifNotFound: mayBeGone ? 'report' : 'fail',
	};
}

/**
 * A leaver on the list waits for a person, even if the limit of another day would let them pass. After a
 * "No", the nightly comparison alone bypasses the list for no one; a new event of the HRIS does. What a
 * person has released is not held again.
 */
function allowanceOf(
	row: StoredChange,
	history: LeaverHistory,
	{ intended, day, removalLimit, execution, now }: LockdownInputs,
): RemovalAllowance {
	if (row.approvedBy !== '') return { alreadyUsed: 0, limit: Infinity };
	if (history.held.length > 0) return { error: waitsOnList() };
	if (history.wasDeclined && row.requestedBy === NIGHTLY_COMPARISON) return { error: waitsOnList() };
	if (day.rows.length + day.unreadable.length >= MOST_ROWS_OF_DAY) return { error: fullDay() };
	const others = day.rows.filter(
		// Removals of this run are counted when they happen.
		(other) => !intended.some(({ id }) => id === other.id) && !isLater(other, row),
	);
	const alreadyUsed = usedByOthers({ ...day, rows: others }, row, { execution, now });
	if (alreadyUsed === undefined) return { error: unreadableCounter(day) };
	return { alreadyUsed, limit: removalLimit };
}

function waitsOnList(): ScimError {
	return new ScimError(
		'limitReached',
		'This leaver is on the list of held leavers, and a person decides.',
		'Look at the list, and release it if every name is right.',
	);
}

function fullDay(): ScimError {
	return new ScimError(
		'limitReached',
		`The journal has ${MOST_ROWS_OF_DAY} or more removals of the last day, which is more than can be counted.`,
		'Look at the list of held leavers, and release it if every name is right.',
		{ evidence: { unreadable: true } },
	);
}

function unreadableCounter({ unreadable }: ReadRows): ScimError {
	const reasons = unreadable.slice(0, 3).map(({ why }) => why);
	return new ScimError(
		'limitReached',
		`How many people were removed in the last day cannot be counted. ${reasons.join(' ')}`,
		'Correct the Data Table notion_scim_changes, then release the list.',
		{ evidence: { unreadable: true } },
	);
}
