import { randomUUID } from 'node:crypto';

import type { N8nClient } from '../../../host/n8nClient.mts';

const node = (name: string, type: string, typeVersion: number, parameters: object, more: object = {}) => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});
const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

/**
 * Publishes a workflow that hands items over to another one, as the clock does: what is posted to it as
 * `items`, in one call.
 *
 * @returns path of its webhook
 */
export async function handOver(client: N8nClient, workflowId: string): Promise<string> {
	const path = `hand-over-${randomUUID()}`;
	const { id } = await client.importWorkflow({
		name: 'Hand over',
		nodes: [
			node('Call', 'webhook', 2.1, { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} }),
			node('Items', 'splitOut', 1, { fieldToSplitOut: 'body.items', options: {} }),
			node(
				'Offboarding',
				'executeWorkflow',
				1.3,
				{ workflowId: { __rl: true, mode: 'id', value: workflowId }, mode: 'once', options: {} },
				{ alwaysOutputData: true },
			),
		],
		connections: { Call: to('Items'), Items: to('Offboarding') },
	});
	await client.publish(id);
	return path;
}
