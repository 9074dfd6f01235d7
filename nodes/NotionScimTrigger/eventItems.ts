import type { INodeExecutionData } from 'n8n-workflow';

import type { Change } from '../../lib/watch/differences';
import { eventItem, watchStarted } from '../../lib/watch/eventItem';
import type { Between } from '../../lib/watch/filters';
import { resourceItem } from '../NotionScim/execution/resourceItem';

/** @param revision of the snapshot that the changes begin from @param now epoch milliseconds */
export function eventItems(changes: readonly Change[], between: Between, revision: number, now: number): INodeExecutionData[][] {
	const detectedAt = new Date(now).toISOString();
	return [changes.map((change) => ({ json: resourceItem({ ...eventItem(change, between, revision, detectedAt) }) }))];
}

/** @param now epoch milliseconds */
export function startItems(revision: number, now: number): INodeExecutionData[][] {
	return [[{ json: resourceItem({ ...watchStarted(revision, new Date(now).toISOString()) }) }]];
}
