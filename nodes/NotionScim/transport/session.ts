import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Revoking } from '../../../lib/directory/lockdown';
import type { Guards } from '../../../lib/directory/guards';
import type { RemovalCount } from '../../../lib/directory/removalLimit';
import { Groups } from '../../../lib/scim/groups';
import { Requester } from '../../../lib/scim/requester';
import { Users } from '../../../lib/scim/users';
import { openAdminAccess } from './adminAccess';
import { systemClock } from './clock';
import { parseCredential } from './credential';
import { createTransport } from './n8nTransport';
import type { TokenState } from './sharedState';
import { removalCount, tokenState } from './sharedState';

/** Everything that operations need of Notion, for one run of a node. */
export interface Session {
	users: Users;
	groups: Groups;
	requester: Requester;
	guards: Guards;
	/** What this execution has taken away so far, in all its nodes. */
	removals: RemovalCount;
	state: TokenState;
	/** What SCIM cannot end; undefined without the credential for it. */
	adminAccess: Revoking | undefined;
}

/** @throws ScimError `invalidInput` where the credential cannot be used */
export async function openSession(
	context: IExecuteFunctions | ILoadOptionsFunctions,
): Promise<Session> {
	const credential = parseCredential(await context.getCredentials('notionScimApi'));
	const state = tokenState(credential);
	const requester = new Requester(
		createTransport(context, 'notionScimApi', credential),
		state.pacer,
		systemClock,
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
	);
	return {
		users: new Users(requester, state.habits),
		groups: new Groups(requester, state.habits),
		requester,
		guards: credential.guards,
		removals: removalCount('getExecutionId' in context ? context.getExecutionId() : undefined),
		state,
		adminAccess: await openAdminAccess(context),
	};
}
