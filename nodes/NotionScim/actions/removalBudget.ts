import { defaultRemovalLimit, SMALLEST_LIMIT } from '../../../lib/directory/removalLimit';
import { isSurelyUndone, ScimError } from '../../../lib/scim/scimError';
import { asText } from '../execution/parameters';
import type { Session } from '../transport/session';

/** The collection of an operation; `removalLimit` 0 or absent means the default. */
type Options = Record<string, unknown>;

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
	options: Options,
	deed: () => Promise<T>,
): Promise<T> {
	await bookRemovals(session, impact, [options]);
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
 * @param optionsOfItems of all items that the deed is about; the smallest limit of theirs counts
 * @throws ScimError `limitReached`
 */
export async function bookRemovals(
	session: Session,
	impact: number,
	optionsOfItems: Options[],
): Promise<void> {
	if (impact === 0) return;
	const chosen = new Set(optionsOfItems.map((options) => Number(asText(options['removalLimit']))));
	const limits = [...chosen].filter((limit) => limit > 0);
	const alreadyUsed = Math.max(0, ...optionsOfItems.map(usedByOthers));
	if (limits.length === 0 || limits.length < chosen.size) {
		// How many members there are matters only beyond what is allowed in any workspace.
		const isLittle = session.removals.fits(impact, SMALLEST_LIMIT, alreadyUsed);
		limits.push(isLittle ? SMALLEST_LIMIT : await usualLimit(session));
	}
	session.removals.book(impact, Math.min(...limits), alreadyUsed);
}

/** @throws ScimError `limitReached` where the count is there but cannot be read */
function usedByOthers({ alreadyUsed }: Options): number {
	if (alreadyUsed === undefined) return 0;
	const used = Number(asText(alreadyUsed) || Number.NaN);
	if (used >= 0) return used;
	throw new ScimError(
		'limitReached',
		'How much others have taken away in the last day could not be read from Already Used. Nothing was done.',
		'Check its expression: it must give a number, 0 for none.',
	);
}

async function usualLimit({ removals, requester, state }: Session): Promise<number> {
	const known = removals.usualLimits.get(state);
	if (known !== undefined) return known;
	const limit = defaultRemovalLimit((await requester.control()).memberCount);
	removals.usualLimits.set(state, limit);
	return limit;
}
