import type { IExecuteFunctions } from 'n8n-workflow';

import type { LockdownOutcome } from '../../../lib/directory/lockdown/lockdown';
import type { LockdownRequest } from '../../../lib/directory/lockdown/lockdownCase';
import { Lockdown } from '../../../lib/directory/lockdown/lockdown';
import type { ListReading } from '../../../lib/scim/completeList';
import { readCompleteList } from '../../../lib/scim/completeList';
import type { Group } from '../../../lib/scim/groupResource';
import type { Groups } from '../../../lib/scim/groups';
import { Lanes } from '../../../lib/scim/lanes';
import { cancelled } from '../../../lib/scim/requester';
import { openAdminAccess } from '../transport/adminAccess';
import { systemClock } from '../transport/clock';
import type { Session } from '../transport/session';

/**
 * Locks people out, all of them together.
 *
 * @param book books a removal before it is done. @throws ScimError `limitReached`
 * @returns in the order of the requests
 * @throws ScimError `cancelled`
 */
export async function lockDownAll(
	context: IExecuteFunctions,
	session: Session,
	requests: LockdownRequest[],
	book: (request: LockdownRequest) => Promise<void>,
): Promise<LockdownOutcome[]> {
	const lockdown = new Lockdown({
		users: session.users,
		requester: session.requester,
		guards: session.guards,
		clock: systemClock,
		readGroups: async (signal) => await readInTurn(session.groupsUntil(signal), signal),
		adminAccess: await openAdminAccess(context),
		book,
		release: () => session.removals.release(1),
		signal: context.getExecutionCancelSignal(),
	});
	const outcomes = await lockdown.run(requests);
	for (const outcome of outcomes) {
		// What is known about a person who left must not keep a later update from being sent.
		if ('record' in outcome && outcome.record.person) session.state.sentValues.forget(outcome.record.person.id);
	}
	return outcomes;
}

/**
 * All groups, one page after the other: pages that hang must not take up all the requests that the
 * pacer lets through, or the removals would wait behind them.
 */
async function readInTurn(groups: Groups, signal: AbortSignal): Promise<ListReading<Group>> {
	const lane = new Lanes(1);
	return await readCompleteList((startIndex, count) =>
		lane.run(async () => {
			if (signal.aborted) throw cancelled();
			return await groups.page(startIndex, count);
		}),
	);
}
