import { nothingApplied } from '../../../../lib/lifecycle/applied';
import { afterEmergencies, emergencyRequest, lockedBefore } from '../../../../lib/lifecycle/emergency/afterEmergency';
import { appOf } from '../../../../lib/lifecycle/emergency/emergencyRow';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { assertMayTakeAway } from '../../../../lib/directory/guards/guards';
import type { LockdownOutcome } from '../../../../lib/directory/lockdown/lockdown';
import type { LockdownRequest } from '../../../../lib/directory/lockdown/lockdownCase';
import { ScimError } from '../../../../lib/scim/scimError';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { lockDownAll } from '../lockDownAll';
import type { Applier, ApplyTools } from './appliers';
import { rowsIn } from './rows';

/** Locks all people out of Notion together. Rows of other apps belong to the workflows of those. */
export const applyToEmergencies: Applier = async (rows, tools) => {
	const own = rows.filter((row) => appOf(row) === 'notion');
	if (own.length === 0) return nothingApplied();
	const before = lockedBefore(readChanges(rowsIn(tools.parameters, 'journalRows', 'Journal Rows')).rows);
	const outcomes = await lockdowns(own.map(emergencyRequest), tools);
	const noAnswer = { error: new ScimError('unexpectedAnswer', 'The lockdown gave no answer.', '') };
	const results = own.map((row, index) => ({ row, lockdown: outcomes[index] ?? noAnswer }));
	return afterEmergencies(results, { before, now: systemClock.now() });
};

/** @returns in the order of the requests. @throws ScimError `cancelled` */
async function lockdowns(
	requests: LockdownRequest[],
	{ context, session }: Pick<ApplyTools, 'context' | 'session'>,
): Promise<LockdownOutcome[]> {
	try {
		assertMayTakeAway(session.guards, 'remove people');
	} catch (error) {
		if (!(error instanceof ScimError)) return Promise.reject(error);
		return requests.map(() => ({ error }));
	}
	return await lockDownAll(context, session, requests, async () => await counted(session));
}

/** The limit of people was checked before: a removal counts, but is not held. */
async function counted(session: Session): Promise<void> {
	await Promise.resolve(session.removals.reserve(1, Infinity));
}
