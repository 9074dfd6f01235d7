import type { IExecuteFunctions } from 'n8n-workflow';

import type { LockdownOutcome } from '../../../lib/directory/lockdown/lockdown';
import type { LockdownRequest } from '../../../lib/directory/lockdown/lockdownCase';
import { Lockdown } from '../../../lib/directory/lockdown/lockdown';
import type { ListReading } from '../../../lib/scim/completeList';
import { readCompleteList } from '../../../lib/scim/completeList';
import type { Group } from '../../../lib/scim/groupResource';
import type { Groups } from '../../../lib/scim/groups';
import { Semaphore } from '../../../lib/scim/semaphore';
import { cancelled } from '../../../lib/scim/requester';
import { openAdminAccess } from '../transport/adminAccess';
import { systemClock } from '../transport/clock';
import type { Session } from '../transport/session';

/**
 * Locks all people out together.
 * @param reserve reserves a removal before it is made. @throws ScimError `limitReached`
 * @returns in the order of the requests
 * @throws ScimError `cancelled`
 */
export async function lockDownAll(
	context: IExecuteFunctions,
	session: Session,
	requests: LockdownRequest[],
	reserve: (request: LockdownRequest) => Promise<void>,
): Promise<LockdownOutcome[]> {
	const lockdown = new Lockdown({
		users: session.users,
		requester: session.requester,
		guards: session.guards,
		clock: systemClock,
		readGroups: async (signal) => await readInTurn(session.groupsUntil(signal), signal),
		adminAccess: await openAdminAccess(context),
		reserve,
		release: () => session.removals.release(1),
		signal: context.getExecutionCancelSignal(),
	});
	const outcomes = await lockdown.run(requests);
	for (const outcome of outcomes) {
		// Forgets what is known about a person who left, which could suppress a later update.
		if ('record' in outcome && outcome.record.person) session.state.unconfirmedWrites.forget(outcome.record.person.id);
	}
	return outcomes;
}

/**
 * All groups, one page after the other: hanging pages must not use all requests that the rate limiter allows,
 * or the removals would wait behind them.
 */
async function readInTurn(groups: Groups, signal: AbortSignal): Promise<ListReading<Group>> {
	const semaphore = new Semaphore(1);
	return await readCompleteList((startIndex, count) =>
		semaphore.run(async () => {
			if (signal.aborted) throw cancelled();
			return await groups.page(startIndex, count);
		}),
	);
}
