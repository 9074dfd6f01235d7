import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import { CreationCount } from '../../../lib/directory/guards/creationLimit';
import { AppliedChanges } from '../../../lib/directory/apply/earlierChanges';
import { parseCredential } from '../../../lib/directory/guards/credential';
import type { Guards } from '../../../lib/directory/guards/guards';
import { RemovalCount } from '../../../lib/directory/guards/removalLimit';
import type { PlanSigner } from '../../../lib/directory/plan/planSigner';
import { planSignerOf } from '../../../lib/directory/plan/planSigner';
import { Groups } from '../../../lib/scim/groups';
import { Requester } from '../../../lib/scim/requester';
import { UnconfirmedWrites } from '../../../lib/scim/unconfirmedWrites';
import type { Users } from '../../../lib/scim/users';
import { RecordedGroups, RecordedUsers } from '../../../lib/watch/recorded';
import { systemClock } from './clock';
import { createTransport } from './n8nTransport';
import type { TokenState } from './sharedState';
import { creationCount, appliedChangesOfExecution, ownWrites, removalCount, tokenState } from './sharedState';

/** Everything that operations need from Notion, for one run of a node. */
export interface Session {
	users: Users;
	groups: Groups;
	requester: Requester;
	guards: Guards;
	/** From the credential; undefined for none. */
	maxRequestsPerSecond: number | undefined;
	/** Identifies the workspace, and what was created for it, without revealing the token. */
	signer: PlanSigner;
	/** What this execution has removed so far, in all its nodes. */
	removals: RemovalCount;
	/** Seats that plans have added in this execution so far, in all its nodes. */
	creations: CreationCount;
	/** Planned changes that this execution has applied so far, in all its nodes. */
	applied: AppliedChanges;
	state: TokenState;
	/** The groups, for a reading that may be abandoned before the execution ends. */
	groupsUntil(signal: AbortSignal): Groups;
}

/** The session of a run that only plans: what it counts and remembers ends with it. */
export function planningSession(session: Session): Session {
	return {
		...session,
		removals: new RemovalCount(),
		creations: new CreationCount(),
		applied: new AppliedChanges(),
		state: { ...session.state, unconfirmedWrites: new UnconfirmedWrites() },
	};
}

/** @throws ScimError `invalidInput` if the credential cannot be used */
export async function openSession(
	context: IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions,
): Promise<Session> {
	const data = await context.getCredentials('notionScimApi');
	const credential = parseCredential(data);
	const state = tokenState(credential);
	const transport = createTransport(context, { type: 'notionScimApi', data }, credential);
	const cancelled =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const requester = new Requester(transport, state.rateLimiter, systemClock, cancelled);
	const executionId = 'getExecutionId' in context ? context.getExecutionId() : undefined;
	return {
		users: new RecordedUsers(requester, state.capabilities, ownWrites),
		groups: new RecordedGroups(requester, state.capabilities, ownWrites),
		requester,
		guards: credential.guards,
		maxRequestsPerSecond: credential.maxRequestsPerSecond,
		signer: planSignerOf(credential.baseUrl, credential.token),
		removals: removalCount(executionId),
		creations: creationCount(executionId),
		applied: appliedChangesOfExecution(executionId),
		state,
		groupsUntil: (signal) =>
			new Groups(new Requester(transport, state.rateLimiter, systemClock, signal), state.capabilities),
	};
}
