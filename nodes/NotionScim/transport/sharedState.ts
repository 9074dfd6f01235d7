import { createHash } from 'node:crypto';

import { CreationCount } from '../../../lib/directory/guards/creationLimit';
import type { NotionCredential } from '../../../lib/directory/guards/credential';
import { AppliedChanges } from '../../../lib/directory/apply/earlierChanges';
import { RemovalCount } from '../../../lib/directory/guards/removalLimit';
import { RateLimiter } from '../../../lib/scim/rateLimiter';
import { UnconfirmedWrites } from '../../../lib/scim/unconfirmedWrites';
import type { ServerCapabilities } from '../../../lib/scim/serverCapabilities';
import { unknownCapabilities } from '../../../lib/scim/serverCapabilities';
import { OwnWrites } from '../../../lib/watch/ownWrites';
import { systemClock } from './clock';

/** What all nodes of this process that use one token share. */
export interface TokenState {
	rateLimiter: RateLimiter;
	capabilities: ServerCapabilities;
	unconfirmedWrites: UnconfirmedWrites;
}

/** Enough for every token and every running execution of one process; the oldest state is dropped. */
const MOST_TOKENS = 100;
const MOST_EXECUTIONS = 1_000;

const tokenStates = new Map<string, TokenState>();
const removalCounts = new Map<string, RemovalCount>();
const creationCounts = new Map<string, CreationCount>();
const appliedChanges = new Map<string, AppliedChanges>();

/** Of all tokens: a trigger may use another credential than the node that writes, and no two workspaces share an ID. */
export const ownWrites = new OwnWrites(() => systemClock.now());

/** The state for a base URL and a token; the key is a hash, so that the token is not stored. */
export function tokenState({ baseUrl, token, maxRequestsPerSecond }: NotionCredential): TokenState {
	const key = createHash('sha256').update(`${baseUrl}\n${token}`).digest('hex');
	const state = remembered(tokenStates, key, MOST_TOKENS, () => ({
		rateLimiter: new RateLimiter(systemClock),
		capabilities: unknownCapabilities(systemClock),
		unconfirmedWrites: new UnconfirmedWrites(),
	}));
	state.rateLimiter.limitPerSecond(maxRequestsPerSecond);
	return state;
}

/** One count for all nodes of an execution, so that a loop with batches of one cannot exceed a limit. */
export function removalCount(executionId: string | undefined): RemovalCount {
	if (!executionId) return new RemovalCount();
	return remembered(removalCounts, executionId, MOST_EXECUTIONS, () => new RemovalCount());
}

/** As {@link removalCount}, for the seats that plans add. */
export function creationCount(executionId: string | undefined): CreationCount {
	if (!executionId) return new CreationCount();
	return remembered(creationCounts, executionId, MOST_EXECUTIONS, () => new CreationCount());
}

/** As {@link removalCount}, for the earlier batches of planned changes that others depend on. */
export function appliedChangesOfExecution(executionId: string | undefined): AppliedChanges {
	if (!executionId) return new AppliedChanges();
	return remembered(appliedChanges, executionId, MOST_EXECUTIONS, () => new AppliedChanges());
}

function remembered<T>(map: Map<string, T>, key: string, most: number, create: () => T): T {
	const value = map.get(key) ?? create();
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= most) break;
		map.delete(oldest);
	}
	return value;
}
