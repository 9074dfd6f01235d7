import type { LockdownOutcome } from '../../directory/lockdown/lockdown';
import type { LockdownRequest } from '../../directory/lockdown/lockdownCase';
import type { LockdownRecord } from '../../directory/lockdown/lockdownRecord';
import type { ScimError } from '../../scim/scimError';
import type { Applied } from '../applied';
import { nothingApplied } from '../applied';
import type { ChangeState, StoredChange } from '../journal';
import { followUps } from '../leavers/followUps';
import { isWorthAnotherTry } from '../tries';
import { notDoneAlerts } from '../words/emergencyAlerts';
import { sentencesOf } from '../words/lockdownAlerts';
import { isoText } from '../zones';
import type { EmergencyOutcome } from './emergencyRow';
import { appOf } from './emergencyRow';
import { MOST_TRIES } from './emergencyRules';

const TRY_AGAIN_AFTER = 5 * 60_000;

/** The request to Notion for a row. */
export function emergencyRequest({ email, userId, reference, requestedBy, details }: StoredChange): LockdownRequest {
	return {
		email,
		id: '',
		linkedId: userId,
		reason: details.callReason ?? 'Emergency lockdown',
		reference,
		requestedBy,
		allowPrivileged: false,
		ifNotFound: 'report',
	};
}

/** All people who were locked out of Notion before, by any row. */
export function lockedBefore(rows: readonly StoredChange[]): ReadonlySet<string> {
	const locked = rows.filter(
		(row) => appOf(row) === 'notion' && (row.outcome === 'lockedDown' || row.outcome === 'alreadyLocked'),
	);
	return new Set(locked.map(({ email }) => email));
}

/** What is stored and reported after the lockdowns of one run in Notion. */
export function afterEmergencies(
	results: ReadonlyArray<{ row: StoredChange; lockdown: LockdownOutcome }>,
	{ before, now }: { before: ReadonlySet<string>; now: number },
): Applied {
	const applied = nothingApplied();
	const ended = results.map(({ row, lockdown }) => endOf(row, lockdown, { before, now }));
	for (const { row, record } of ended) {
		applied.changes.push(row, ...(row.outcome === 'lockedDown' ? followUps(row, record, []) : []));
		if (Object.keys(record).length > 0) applied.evidence.push({ key: row.key, record: JSON.stringify(record) });
	}
	const rows = ended.map(({ row }) => row);
	applied.alerts.push(...notDoneAlerts(rows.filter(isToTell)));
	return applied;
}

function isToTell({ outcome, details }: StoredChange): boolean {
	if (outcome === 'notFound') return details.quietNotFound !== true;
	return outcome === 'failed' || outcome === 'notVerified';
}

function endOf(
	row: StoredChange,
	lockdown: LockdownOutcome,
	{ before, now }: { before: ReadonlySet<string>; now: number },
): { row: StoredChange; record: Partial<LockdownRecord> } {
	if ('error' in lockdown) {
		const record = recordIn(lockdown.error);
		return { row: failed(withPerson(row, record), lockdown.error, now), record };
	}
	const { record } = lockdown;
	const outcome: EmergencyOutcome =
		lockdown.outcome === 'removed'
			? 'lockedDown'
			: // Notion does not tell a person who was removed from one who was never there.
				record.foundBy === 'none' && !before.has(row.email)
				? 'notFound'
				: 'alreadyLocked';
	const { verifiedAt } = record;
	const details = { ...row.details, ...(verifiedAt === undefined ? {} : { verifiedAt }) };
	return {
		row: { ...withPerson(row, record), state: 'done', outcome, removedAt: record.removedAt ?? '', details },
		record,
	};
}

function withPerson(row: StoredChange, { person }: Partial<LockdownRecord>): StoredChange {
	if (!person) return row;
	return { ...row, userId: person.id, displayName: person.displayName || row.displayName };
}

function failed(row: StoredChange, error: ScimError, now: number): StoredChange {
	const outcome: EmergencyOutcome = error.kind === 'notVerified' ? 'notVerified' : 'failed';
	const state: ChangeState = !isWorthAnotherTry(error.kind)
		? 'refused'
		: row.attempts < MOST_TRIES
			? 'retry'
			: 'needsPerson';
	const dueAt = state === 'retry' ? isoText(now + TRY_AGAIN_AFTER) : '';
	return { ...row, state, outcome, dueAt, reason: sentencesOf(error) };
}

/** The error of a failed lockdown carries the record in its evidence, as far as it goes. */
function recordIn({ evidence }: ScimError): Partial<LockdownRecord> {
	const record = evidence?.['record'];
	return typeof record === 'object' && record !== null ? record : {};
}
