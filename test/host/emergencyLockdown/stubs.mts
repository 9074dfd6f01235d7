const link = (node: string) => [[{ node, type: 'main', index: 0 }]];

const trigger = {
	name: 'WhenCalled',
	type: 'n8n-nodes-base.executeWorkflowTrigger',
	typeVersion: 1.1,
	position: [0, 0],
	parameters: { inputSource: 'passthrough' },
};

const table = (name: string, parameters: object) => ({
	name,
	type: 'n8n-nodes-base.dataTable',
	typeVersion: 1,
	position: [400, 0],
	parameters: { resource: 'row', ...parameters, options: {} },
});

const named = (value: string) => ({ __rl: true, mode: 'name', value });

const columns = (value: Record<string, string>) => ({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] });

/** In place of error-notification: stores what it is called with. */
export const alertStub = {
	name: 'Stores alerts',
	nodes: [
		trigger,
		table('Store', {
			operation: 'insert',
			dataTableId: named('notion_scim_alerts'),
			columns: columns({ key: '={{ $json.key }}', text: '={{ $json.text }}', state: 'open' }),
		}),
	],
	connections: { WhenCalled: { main: link('Store') } },
};

/** In place of the workflow of an app. */
export function appStub(name: string, { seconds = 0, stores = true } = {}) {
	const wait = {
		name: 'Hang',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		position: [200, 0],
		parameters: { amount: seconds, unit: 'seconds' },
	};
	const store = table('Store', {
		operation: 'update',
		dataTableId: named('notion_scim_changes'),
		matchType: 'allConditions',
		filters: { conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' }] },
		columns: columns({ state: 'done', outcome: 'lockedDown' }),
	});
	return {
		name,
		nodes: [trigger, wait, ...(stores ? [store] : [])],
		connections: { WhenCalled: { main: link('Hang') }, ...(stores ? { Hang: { main: link('Store') } } : {}) },
	};
}

/** In place of due-changes: hands over the rows that it is given. */
export const clockStub = (path: string) => ({
	name: path,
	nodes: [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			position: [0, 0],
			parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
		},
		{
			name: 'Rows',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			position: [200, 0],
			parameters: { fieldToSplitOut: 'body.rows', options: {} },
		},
		{
			name: 'Hand over',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.3,
			position: [400, 0],
			parameters: {
				workflowId: { __rl: true, mode: 'list', value: '' },
				mode: 'once',
				options: { waitForSubWorkflow: false },
			},
		},
	],
	connections: { Webhook: { main: link('Rows') }, Rows: { main: link('Hand over') } },
});
