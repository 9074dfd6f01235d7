import { defaultRemovalLimit, SMALLEST_LIMIT } from '../../../lib/directory/guards/removalLimit';
import { isSurelyUndone, ScimError } from '../../../lib/scim/scimError';
import { alreadyUsed, removalLimit } from '../descriptions/guardOptions';
import type { Options } from '../execution/scalarParameters';
import { countIn, numberOption } from '../execution/scalarParameters';
import type { Session } from '../transport/session';

/** How much an operation may remove, according to its options. */
export interface RemovalBudget {
	/** 0 for the default, see removalLimit.ts. */
	limit: number;
	/**
	 * Used by other executions, in the rolling day. Undefined if it could not be read: then nothing is
	 * allowed.
	 */
	alreadyUsed: number | undefined;
}

/** @throws ScimError `invalidInput` for an unreadable limit */
export function removalBudgetIn(options: Options): RemovalBudget {
	return { limit: numberOption(options, removalLimit), alreadyUsed: usedByOthers(options) };
}

/**
 * Carries out one operation that removes access, within the limit of this execution. The reservation is
 * released if Notion refused the operation, or if a check after a conflict has shown that it was not carried
 * out. After any other failure it may have been carried out, so the reservation stays: a limit errs on the
 * safe side.
 * @param impact see RemovalCount
 * @throws ScimError `limitReached`, or what the operation throws
 */
export async function withinRemovalLimit<T>(
	session: Session,
	impact: number,
	budget: RemovalBudget,
	operation: () => Promise<T>,
): Promise<T> {
	await reserveRemovals(session, impact, [budget]);
	try {
		return await operation();
	} catch (error) {
		if (error instanceof ScimError && isSurelyUndone(error)) session.removals.release(impact);
		return Promise.reject(error);
	}
}

/**
 * Reserves the removals of an operation on several people. A part of it may have been carried out however it
 * ends, so nothing is released.
 * @param impact see RemovalCount
 * @param budgets of all items of the operation; the smallest limit applies
 * @throws ScimError `limitReached`
 */
export async function reserveRemovals(
	session: Session,
	impact: number,
	budgets: RemovalBudget[],
): Promise<void> {
	if (impact === 0) return;
	const limits = budgets.map(({ limit }) => limit).filter((limit) => limit > 0);
	const used = Math.max(0, ...budgets.map(usedOf));
	if (limits.length < budgets.length) {
		// The number of members matters only beyond what every workspace allows.
		const isLittle = session.removals.fits(impact, SMALLEST_LIMIT, used);
		limits.push(isLittle ? SMALLEST_LIMIT : await usualLimit(session));
	}
	session.removals.reserve(impact, Math.min(...limits), used);
}

/** An option that was not added means nothing. Blanks mean that a record could not be read. */
function usedByOthers(options: Options): number | undefined {
	return Object.hasOwn(options, alreadyUsed.name) ? countIn(options[alreadyUsed.name]) : 0;
}

/** @throws ScimError `limitReached` if the usage is unknown */
function usedOf({ alreadyUsed: used }: RemovalBudget): number {
	if (used !== undefined) return used;
	throw new ScimError(
		'limitReached',
		`How much others have removed in the last day could not be read from ${alreadyUsed.displayName}. Nothing was done.`,
		'Check its expression: it must give a whole number, 0 for none.',
	);
}

async function usualLimit({ removals, requester, state }: Session): Promise<number> {
	const known = removals.usualLimits.get(state);
	if (known !== undefined) return known;
	const limit = defaultRemovalLimit((await requester.control()).memberCount);
	removals.usualLimits.set(state, limit);
	return limit;
}
