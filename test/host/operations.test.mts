import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { type Stage, startStage } from '../../demo/world.mts';
import type { ExecutionDetail } from '../../host/n8nClient.mts';
import { everyOperation, workflowOfAll } from './everyOperation.mts';

const PATIENCE = 240_000;

/** Without an item that they can work on, or with a credential that removes no one, these say so; all others run. */
const SAYS: Record<string, string> = {
	'Answer the request of a reviewer': 'Request cannot be read',
	'Apply a directory plan to Notion': 'This item is not a planned change',
	'Delete a group': 'This credential may not delete groups. Nothing was done. Use a credential whose Access is Full.',
	'Lock down a user': 'This credential may not remove people. Nothing was done. Use a credential whose Access is Full.',
	'Plan a sync run from a directory to Notion': 'Run cannot be read. Nothing was planned.',
	'Remove a user from the workspace': 'This credential may not remove people. Nothing was done. Use a credential whose Access is Full.',
	'Remove members from a group': 'This credential may not remove people from groups. Nothing was done. Use a credential whose Access is Full.',
	'Report the result of a sync run': 'The item is not a summary of Plan Sync Run. Connect the output',
	'Restore a user': 'Record is not the record of a lockdown that found a person. Give the field "record"',
	'Show what a sync does about one person': 'The workflow directory-sync has given no answer about the person. Pick directory-sync',
	'Start a sync run from a directory to Notion': 'The row of this run is not among the runs that were read. Nothing was done. Store the row',
};

let folder: string;
let stage: Stage;
let execution: ExecutionDetail;
beforeAll(async () => {
	folder = await mkdtemp(join(resolve('.run'), 'operations-'));
	stage = await startStage({ folder });
	const { client } = stage.host;
	const { id: workflowId } = await client.importWorkflow(workflowOfAll(), { credentials: stage.credentials });
	await client.runManually(workflowId, 'Start');
	execution = await client.waitForExecution(() => true, { workflowId, within: PATIENCE });
}, PATIENCE);
afterAll(async () => {
	await stage?.stop();
	await rm(folder, { recursive: true, force: true });
}, PATIENCE);

it.each(everyOperation)('runs, or says what is wrong and what to do: $action', ({ action, outputs }) => {
	expect(execution.nodesRun).toContain(action);
	const items = Array.from({ length: outputs }, (_value, output) => execution.items(action, output)).flat();
	const problems = items.flatMap(({ error }) => error ?? []);

	const says = SAYS[action];
	expect(problems).toEqual(says === undefined ? [] : [expect.stringContaining(says)]);
});
