import { readFile } from 'node:fs/promises';

import type { N8nHost } from '../../../host/startHost.mts';
import { type JournalWorld, publish, startJournalWorld, unusedToken, updateOfJournal } from '../journalWorld.mts';
import { chain, node } from '../workflowNodes.mts';

/** The form, and a workflow in the place of directory-sync. */
interface Approval {
	formUrl: string;
	/** How often directory-sync was called. */
	calls(): Promise<number>;
}

export type ApprovalWorld = JournalWorld & Approval;

export async function startApprovalWorld(): Promise<ApprovalWorld> {
	return await startJournalWorld('approval', publishApproval);
}

async function publishApproval({ client, url }: N8nHost): Promise<Approval> {
	const sync = await publish(client, standIn);
	const text = await readFile('workflows/directory-sync-approval/directory-sync-approval.json', 'utf8');
	await publish(client, JSON.parse(text), {
		credentials: { notionScimApi: await unusedToken(client) },
		subWorkflows: { 'Carry them out': sync, 'Run the sync': sync },
	});
	return {
		formUrl: `${url}/form/notion-directory-sync-approval`,
		calls: async () => (await client.executions(sync)).length,
	};
}

/** In the place of directory-sync: everything that was released is done; a run says who has asked for it. */
const standIn = {
	name: 'sync',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		// A caller that asks for a run releases no row, and wants an answer as well.
		{ ...updateOfJournal({ state: 'done', outcome: 'done' }), alwaysOutputData: true },
		node('Answer', 'set', 3.4, {
			assignments: {
				assignments: [
					{ id: 'title', name: 'title', type: 'string', value: 'Directory sync' },
					{ id: 'sentence', name: 'sentence', type: 'string', value: "={{ $('WhenCalled').first().json.ask }} of {{ $('WhenCalled').first().json.requestedBy }}" },
				],
			},
			options: {},
		}),
	],
	connections: chain('WhenCalled', 'Store', 'Answer'),
};
