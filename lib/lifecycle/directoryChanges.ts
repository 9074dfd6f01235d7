import { createHash } from 'node:crypto';

import type { ChangeResult } from '../directory/apply/applyResult';
import type { PlannedChange } from '../directory/plan/plannedChange';
import type { RecentChange } from '../directory/plan/policy';
import type { Change, PlannedKind, StoredChange } from './journal';
import { isPlanned, newChange } from './journal';
import { ROLLING_DAY } from './rollingDay';
import { instantOf, isoText } from './zones';

/** The outcome of an intention whose execution died before it could store the result. */
export const LOST = 'lost';

/** Where a planned change comes from. */
export interface PlannedOrigin {
	kind: PlannedKind;
	/** Name of the workflow: only this workflow carries the change out, or determines its outcome. */
	workflow: string;
	execution: string;
	/** Who asked for the plan; empty for the schedule. */
	requestedBy: string;
	/** Who approved it, and the assurance of that; empty if no approval is needed. */
	approvedBy: string;
	/** Epoch milliseconds. */
	now: number;
}

/**
 * Identifies what a planned change does, in whichever plan: the same person or group, and the same values. It
 * is the key of its row, so that the same change in two plans is recognised.
 */
export function plannedKey(kind: PlannedKind, { action, target, member, changes }: PlannedChange): string {
	const nameOf = (one: { id: string | null; email?: string | null; displayName?: string | null }): string =>
		one.id ?? one.email ?? one.displayName ?? '';
	const parts = [action, target.type, nameOf(target), member ? nameOf(member) : '', JSON.stringify(changes)];
	return `${kind}|${action}|${createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 32)}`;
}

/** The row that records the intention, stored before the change is carried out. */
export function intendedRow(item: PlannedChange, origin: PlannedOrigin): Change {
	const { impact } = item;
	const seats = item.action === 'user.create' ? 1 : 0;
	return plannedRow(item, origin, { state: 'intended', impact, ...(seats > 0 ? { seats } : {}) });
}

/**
 * The row of a planned change that waits for a person; if no one answers before it expires, it is not
 * carried out.
 */
export function heldRow(item: PlannedChange, origin: PlannedOrigin): Change {
	const dueAt = isoText(Date.parse(item.expiresAt));
	// A waiting change uses nothing of the limits: Apply counts it when it is carried out.
	return plannedRow(item, origin, { state: 'held', dueAt, impact: 0 });
}

function plannedRow(
	item: PlannedChange,
	{ kind, workflow, execution, requestedBy, approvedBy, now }: PlannedOrigin,
	{ seats, ...row }: Pick<Change, 'state' | 'impact'> & { dueAt?: string; seats?: number },
): Change {
	const { action, target, member, changes, planDigest } = item;
	const role = changes.find(({ attribute }) => attribute === 'role')?.to;
	const person = target.type === 'user' ? target : member;
	const group = target.type === 'group' ? target : undefined;
	return newChange({
		kind,
		...row,
		key: plannedKey(kind, item),
		execution,
		source: target.type === 'user' ? (target.source ?? '') : '',
		employeeId: target.type === 'user' ? (target.sourceId ?? '') : '',
		email: person?.email ?? '',
		displayName: person?.displayName ?? '',
		userId: person?.id ?? '',
		knownAt: isoText(now),
		reason: item.explanation,
		requestedBy,
		approvedBy,
		reference: workflow,
		details: {
			action,
			...(role ? { role } : {}),
			...(group ? { groupId: group.id ?? '', groupName: group.displayName } : {}),
			...(seats === undefined ? {} : { seats }),
			planDigest,
			planned: JSON.stringify(item),
		},
	});
}

/** The workflow that a planned change's row belongs to. A decision on a row is appended to its reference. */
export function workflowOf({ reference }: Pick<Change, 'reference'>): string {
	return reference.split('; ')[0] ?? '';
}

/** Whether a person has released the row from a list: then no limit applies to it. A seat still counts. */
export function wasReleased({ kind, approvedBy, reference }: Pick<Change, 'kind' | 'approvedBy' | 'reference'>): boolean {
	return kind !== 'seat' && approvedBy !== '' && /; list \d/.test(reference);
}

/** The signed planned change of a row, as Apply takes it; undefined if the row no longer has one. */
export function plannedOf({ details }: Pick<Change, 'details'>): unknown {
	if (details.planned === undefined || details.planned === '') return undefined;
	try {
		const planned: unknown = JSON.parse(details.planned);
		return planned;
	} catch {
		return undefined;
	}
}

/**
 * A released row as it is stored before it is carried out. It keeps the planned change until the result is
 * stored, and counts for the limits from now on.
 */
export function takenRow<T extends Change>(
	row: T,
	{ impact, action }: Pick<PlannedChange, 'impact' | 'action'>,
	execution: string,
): T {
	const seats = action === 'user.create' ? { seats: 1 } : {};
	return { ...row, state: 'intended', dueAt: '', execution, impact, details: { ...row.details, ...seats } };
}

/**
 * A row with the outcome of its planned change. A row held by a limit keeps the change, so that it can be
 * released.
 */
export function afterApply<T extends Change>(
	row: T,
	{ outcome, note, userId, groupId, impact, seats, at }: Omit<ChangeResult, 'error'>,
	expiresAt = '',
): T {
	const { planned, ...details } = row.details;
	delete details.seats;
	const isHeld = outcome === 'held' && planned !== undefined && expiresAt !== '';
	return {
		...row,
		state: isHeld ? 'held' : stateAfter(outcome),
		dueAt: isHeld ? expiresAt : '',
		outcome,
		reason: [row.reason, outcome === 'done' ? '' : note].filter((part) => part !== '').join(' '),
		userId: userId ?? row.userId,
		impact,
		removedAt: impact > 0 ? at : '',
		details: {
			...details,
			...(groupId === null ? {} : { groupId }),
			...(seats > 0 ? { seats } : {}),
			...(isHeld ? { planned } : {}),
		},
	};
}

function stateAfter(outcome: ChangeResult['outcome']): Change['state'] {
	// An unverified change may have been made, so it is not a refusal.
	return ['done', 'unchanged', 'nothingToDo', 'notVerified'].includes(outcome) ? 'done' : 'refused';
}

/** A row that is no longer carried out, and why. */
export function endedRow<T extends Change>(row: T, outcome: 'expired' | 'replaced', why: string): T {
	const details = { ...row.details };
	delete details.planned;
	return { ...row, state: 'withdrawn', outcome, reason: `${row.reason} ${why}`.trim(), details };
}

/** Intentions of a workflow whose execution died before it could store the results. */
export function lostIntentions(
	rows: readonly StoredChange[],
	{ workflow, execution }: { workflow: string; execution: string },
): StoredChange[] {
	return rows.filter(
		(row) =>
			isPlanned(row) && row.state === 'intended' && workflowOf(row) === workflow && row.execution !== execution,
	);
}

/**
 * A lost intention is closed: Notion is compared again. It counts for the limits as if it had been carried
 * out.
 */
export function lostRow(row: StoredChange): StoredChange {
	const details = { ...row.details };
	delete details.planned;
	const reason = `${row.reason} Its execution died before it could store the result.`.trim();
	return { ...row, state: 'done', outcome: LOST, reason, removedAt: isoText(row.updatedAt), details };
}

/** Membership changes of the last day, by which a plan notices that another system reverts them. */
export function recentChangesOf(rows: readonly StoredChange[], now: number): RecentChange[] {
	return rows.flatMap((row) => {
		const { action, groupId = '' } = row.details;
		const at = instantOf(row.removedAt) ?? row.updatedAt;
		if (action !== 'group.addMembers' && action !== 'group.removeMembers') return [];
		if (!isPlanned(row) || row.outcome !== 'done' || groupId === '' || row.userId === '') return [];
		return now - at < ROLLING_DAY ? [{ action, groupId, userId: row.userId, at: isoText(at) }] : [];
	});
}
