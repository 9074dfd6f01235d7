import type { N8nHost } from '../host/startHost.mts';

/** Stores alerts, and tells no one: for where no mail server runs. */
const STORE_ALERTS = {
	name: 'Store alerts',
	nodes: [
		{
			id: 'called',
			name: 'WhenCalled',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { inputSource: 'passthrough' },
		},
		{
			id: 'store',
			name: 'Store alerts',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1,
			position: [240, 0],
			parameters: {
				resource: 'row',
				operation: 'insert',
				dataTableId: { __rl: true, mode: 'name', value: 'notion_scim_alerts' },
				columns: {
					mappingMode: 'defineBelow',
					value: { key: '={{ $json.key }}', text: '={{ $json.text }}', state: "={{ $json.note ? 'note' : 'open' }}" },
					matchingColumns: [],
					schema: ['key', 'text', 'state'].map((id) => ({ id, displayName: id, type: 'string', display: true })),
				},
				options: {},
			},
		},
	],
	connections: { WhenCalled: { main: [[{ node: 'Store alerts', type: 'main', index: 0 }]] } },
};

/** What the workflows raise their alerts with. @returns by the name of the node that calls it */
export async function importAlerts({ client }: N8nHost): Promise<Record<string, string>> {
	const { id } = await client.importWorkflow(STORE_ALERTS);
	await client.publish(id);
	return { 'Raise alert': id, 'Raise failure alert': id };
}
