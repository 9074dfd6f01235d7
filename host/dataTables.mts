import { readFile } from 'node:fs/promises';

import type { N8nHost } from './startHost.mts';

/** Runs the workflow that creates the Data Tables, as an admin does once. @returns its id */
export async function makeDataTables({ client }: N8nHost): Promise<string> {
	const file: unknown = JSON.parse(await readFile('workflows/data-tables/data-tables.json', 'utf8'));
	const { id } = await client.importWorkflow(file, { settings: 'keep' });
	const execution = await client.runManually(id, 'RunOnce');
	const { status, error } = await client.waitForExecution((one) => one.id === execution, { workflowId: id });
	if (status !== 'success') throw new Error(`The Data Tables were not made: ${error ?? status}`);
	return id;
}
