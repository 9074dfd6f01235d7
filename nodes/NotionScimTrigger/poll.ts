import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toNodeError } from '../NotionScim/execution/nodeErrors';
import { systemClock } from '../NotionScim/transport/clock';
import { openSession } from '../NotionScim/transport/session';
import { ownWrites } from '../NotionScim/transport/sharedState';
import { examples } from './examples';
import type { PollMemory } from './pollMemory';
import { memoryOf } from './pollMemory';
import { PollTime } from './pollTime';
import { readSettings } from './settings';
import { WatchPoll } from './watchPoll';

/** @returns null if there is nothing to tell, so that n8n starts no execution and stores nothing */
export async function pollWorkspace(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const time = new PollTime(context, systemClock);
	try {
		const settings = readSettings(context);
		const session = await openSession(context);
		if (context.getMode() === 'manual') return await examples(session, settings, systemClock.now());
		const key = [context.getWorkflow().id, context.getNode().id, session.signer.workspace].join(' ');
		const memory = memoryOf(key);
		return await alone(memory, async () => {
			const stored = context.getWorkflowStaticData('node');
			return await new WatchPoll({ stored, session, settings, memory, time, ownWrites, clock: systemClock }).run();
		});
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0);
	}
}

/** n8n begins a poll although the one before may still be under way: both would emit the same changes. */
async function alone<T>(memory: PollMemory, poll: () => Promise<T>): Promise<T | null> {
	if (memory.isPolling) return null;
	memory.isPolling = true;
	try {
		return await poll();
	} finally {
		memory.isPolling = false;
	}
}
