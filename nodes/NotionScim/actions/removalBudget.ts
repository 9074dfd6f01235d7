import { defaultRemovalLimit } from '../../../lib/directory/removalLimit';
import { asText } from '../execution/parameters';
import type { Session } from '../transport/session';

/**
 * Does something that takes access away, within the limit of this execution. What is booked is given
 * back only where the deed failed.
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
	const limit =
		chosen > 0 ? chosen : defaultRemovalLimit((await session.requester.control()).memberCount);
	session.removals.book(impact, limit);
	try {
		return await deed();
	} catch (error) {
		session.removals.release(impact);
		return Promise.reject(error);
	}
}
