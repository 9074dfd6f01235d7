import { defaultRemovalLimit, SMALLEST_LIMIT } from '../../../lib/directory/guards/removalLimit';
import { isSurelyUndone, ScimError } from '../../../lib/scim/scimError';
import { alreadyUsed, removalLimit } from '../descriptions/guardOptions';
import type { Options } from '../execution/scalarParameters';
import { countIn, numberOption } from '../execution/scalarParameters';
import type { Session } from '../transport/session';

/** How much an operation may take away, as its options say. */
export interface RemovalBudget {
	/** 0 for the default, see removalLimit.ts. */
	limit: number;
	/** By other executions, in the rolling day. Undefined where it could not be read: then nothing passes. */
	alreadyUsed: number | undefined;
}

/** @throws ScimError `invalidInput` for a limit that cannot be read */
export function removalBudgetIn(options: Options): RemovalBudget {
	return { limit: numberOption(options, removalLimit), alreadyUsed: usedByOthers(options) };
}

/**
 * Does one single thing that takes access away, within the limit of this execution. What is booked
 * is given back where Notion refused the deed, or a look after a conflict has shown that it was not
 * done. After any other failure it may have been done, so it stays booked: a limit errs on the safe
 * side.
 *
 * @param impact see RemovalCount
 * @throws ScimError `limitReached`, or what the deed throws
 */
export async function withinRemovalLimit<T>(
	session: Session,
	impact: number,
	budget: RemovalBudget,
	deed: () => Promise<T>,
): Promise<T> {
	await bookRemovals(session, impact, [budget]);
	try {
		return await deed();
	} catch (error) {
		if (error instanceof ScimError && isSurelyUndone(error)) session.removals.release(impact);
		return Promise.reject(error);
	}
}

/**
 * Books what a deed about several people takes away. A part of it may have been done however it
 * ends, so nothing is given back.
 *
 * @param impact see RemovalCount
 * @param budgets of all items that the deed is about; the smallest limit of theirs counts
 * @throws ScimError `limitReached`
 */
export async function bookRemovals(
	session: Session,
	impact: number,
	budgets: RemovalBudget[],
): Promise<void> {
	if (impact === 0) return;
	const limits = budgets.map(({ limit }) => limit).filter((limit) => limit > 0);
	const used = Math.max(0, ...budgets.map(usedOf));
	if (limits.length < budgets.length) {
		// How many members there are matters only beyond what is allowed in any workspace.
		const isLittle = session.removals.fits(impact, SMALLEST_LIMIT, used);
		limits.push(isLittle ? SMALLEST_LIMIT : await usualLimit(session));
	}
	session.removals.book(impact, Math.min(...limits), used);
}

/** An option that is not there says nothing. Blanks say that a record could not be read. */
function usedByOthers(options: Options): number | undefined {
	return Object.hasOwn(options, alreadyUsed.name) ? countIn(options[alreadyUsed.name]) : 0;
}

/** @throws ScimError `limitReached` where nobody can tell */
function usedOf({ alreadyUsed: used }: RemovalBudget): number {
	if (used !== undefined) return used;
	throw new ScimError(
		'limitReached',
		`How much others have taken away in the last day could not be read from ${alreadyUsed.displayName}. Nothing was done.`,
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
