import { ALERT_COLUMNS } from '../../../lib/lifecycle/tables.ts';
import { CHANGE_COLUMNS } from '../../../lib/lifecycle/journal.ts';

type Parameters = Record<string, unknown>;

const node = (name: string, type: string, typeVersion: number, at: [number, number], parameters: Parameters) => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: at,
	parameters,
});

const insert = (name: string, table: string, columns: Record<string, string>, at: [number, number]) =>
	node(name, 'dataTable', 1, at, {
		resource: 'row',
		operation: 'insert',
		dataTableId: { __rl: true, mode: 'name', value: table },
		columns: {
			mappingMode: 'autoMapInputData',
			value: {},
			matchingColumns: [],
			schema: Object.entries(columns).map(([id, type]) => ({ id, displayName: id, type, display: true })),
		},
		options: {},
	});

const chain = (...names: string[]) =>
	Object.fromEntries(
		names.slice(0, -1).map((name, index) => [
			name,
			{ main: [[{ node: names[index + 1] ?? '', type: 'main', index: 0 }]] },
		]),
	);

/** Stores the rows that are posted to it and calls an app with them, as emergency-lockdown does, but waits. */
export const callerOf = (path: string) => ({
	name: `calls ${path}`,
	nodes: [
		node('Webhook', 'webhook', 2.1, [0, 0], { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'noData', options: {} }),
		node('Rows', 'splitOut', 1, [200, 0], { fieldToSplitOut: 'body', options: {} }),
		insert('Store rows', 'notion_scim_changes', CHANGE_COLUMNS, [400, 0]),
		node('Lock out', 'executeWorkflow', 1.3, [600, 0], {
			workflowId: { __rl: true, mode: 'list', value: '' },
			mode: 'once',
			options: { waitForSubWorkflow: true },
		}),
	],
	connections: chain('Webhook', 'Rows', 'Store rows', 'Lock out'),
});

/** In place of error-notification: stores the alerts that it is called with. */
export const alertStore = {
	name: 'stores alerts',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, [0, 0], { inputSource: 'passthrough' }),
		node('Alert', 'set', 3.4, [200, 0], {
			mode: 'raw',
			jsonOutput: '={{ { key: $json.key, text: $json.text } }}',
			options: {},
		}),
		insert('Store alert', 'notion_scim_alerts', { key: ALERT_COLUMNS.key, text: ALERT_COLUMNS.text }, [400, 0]),
	],
	connections: chain('WhenCalled', 'Alert', 'Store alert'),
};
