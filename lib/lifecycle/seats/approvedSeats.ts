import type { PlannedChange } from '../../directory/plan/plannedChange';
import type { StoredChange } from '../journal';

/** Why a planned removal may end a seat that a person has approved. */
const REASONS: ReadonlyArray<PlannedChange['reason']> = ['inactive', 'unlisted'];

/** A plan about the whole directory, or why there is none. */
export type SeatPlan = { changes: readonly PlannedChange[]; mayTakeAway: boolean } | { failure: string };

/**
 * The approved part of a plan: the removals of the people who were picked, and nothing else. If a seat stays,
 * its row says why.
 * @param rows of the journal, approved and taken by this execution
 * @param execution which carries them out
 * @returns every row once: `intended` with its planned change, or closed
 */
export function approvedSeats(rows: readonly StoredChange[], plan: SeatPlan, execution: string): StoredChange[] {
	return rows.map((row) => {
		if ('failure' in plan) return ended(row, 'failed', plan.failure);
		const own = plan.changes.filter(({ target }) => target.type === 'user' && target.id === row.userId);
		const removal = own.find(({ action, reason }) => action === 'user.remove' && REASONS.includes(reason));
		return removal ? intended(row, removal, execution) : notPlanned(row, own[0], plan.mayTakeAway);
	});
}

function intended(row: StoredChange, change: PlannedChange, execution: string): StoredChange {
	const { action, planDigest, impact, explanation } = change;
	return {
		...row,
		state: 'intended',
		outcome: '',
		dueAt: '',
		execution,
		impact,
		reason: explanation,
		details: { ...row.details, action, planDigest, planned: JSON.stringify(change) },
	};
}

/**
 * The seat stays if the directory lists the person, or says something else. It is blocked if the person's
 * absence is not certain, or not yet.
 */
function notPlanned(row: StoredChange, said: PlannedChange | undefined, mayTakeAway: boolean): StoredChange {
	const isUndecided = !mayTakeAway || said?.reason === 'unlisted';
	const why = said?.explanation ?? 'The directory no longer says that this person has left, or the seat is gone already.';
	return ended(row, isUndecided ? 'blocked' : 'stays', why);
}

function ended(row: StoredChange, outcome: 'blocked' | 'stays' | 'failed', why: string): StoredChange {
	const state = outcome === 'stays' ? 'done' : 'refused';
	return { ...row, state, outcome, dueAt: '', impact: 0, reason: why };
}
