import { defaultRemovalLimit } from '../../../lib/directory/removalLimit';
import { ScimError } from '../../../lib/scim/scimError';
import { asText } from '../execution/parameters';
import type { Session } from '../transport/session';

/**
 * Does something that takes access away, within the limit of this execution. What is booked is given
 * back where Notion refused the deed. After any other failure it may have been done in part, so it
 * stays booked: a limit errs on the safe side.
 *
 * @param impact see RemovalCount
 * @param options the collection of the operation; `removalLimit` 0 or absent means the default
 * @throws ScimError `limitReached`, or what the deed throws
 */
export async function withinRemovalLimit<T>(
	session: Session,
	impact: number,
	options: Record<string, unknown>,
	deed: () => Promise<T>,
): Promise<T> {
	if (impact === 0) return await deed();
	const chosen = Number(asText(options['removalLimit']));
	session.removals.book(impact, chosen > 0 ? chosen : await usualLimit(session));
	try {
		return await deed();
	} catch (error) {
		if (error instanceof ScimError && error.kind === 'refused') session.removals.release(impact);
		return Promise.reject(error);
	}
}

async function usualLimit({ removals, requester }: Session): Promise<number> {
	removals.usualLimit ??= defaultRemovalLimit((await requester.control()).memberCount);
	return removals.usualLimit;
}
