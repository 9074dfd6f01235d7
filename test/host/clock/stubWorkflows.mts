/** Workflows that stand in for those that the clock and the night call. */

type Parameters = Record<string, unknown>;

const node = (name: string, type: string, typeVersion: number, parameters: Parameters, more: object = {}) => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});

const whenCalled = node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' });

function chained(name: string, ...nodes: ReturnType<typeof node>[]) {
	const connections = nodes.slice(1).map((to, index) => [
		nodes[index]?.name ?? '',
		{ main: [[{ node: to.name, type: 'main', index: 0 }]] },
	]);
	return { name, nodes, connections: Object.fromEntries(connections) as Record<string, unknown> };
}

/** Ends each row that it is called with, and says in `outcome` who did. */
export const ender = (name: string) =>
	chained(
		name,
		whenCalled,
		node('End rows', 'dataTable', 1, {
			resource: 'row',
			operation: 'update',
			dataTableId: { __rl: true, mode: 'name', value: 'notion_scim_changes' },
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' }] },
			columns: {
				mappingMode: 'defineBelow',
				value: { state: 'done', outcome: name, execution: '={{ $execution.id }}' },
				matchingColumns: [],
				schema: ['state', 'outcome', 'execution'].map((id) => ({ id, displayName: id, type: 'string', display: true })),
			},
			options: {},
		}),
	);

/** Fails before it has stored anything. */
export const failing = (name: string) =>
	chained(name, whenCalled, node('Fail', 'stopAndError', 1, { errorMessage: 'Notion is out of order.' }));

/** Stores alerts, and mails nothing. */
export const alertBook = chained(
	'alert book',
	whenCalled,
	node('Store alerts', 'dataTable', 1, {
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
	}),
);

/** An HRIS source that answers just these items. */
export const source = (name: string, items: object[]) =>
	chained(
		name,
		whenCalled,
		node('Answer', 'code', 2, { jsCode: `return ${JSON.stringify(items)}.map((json) => ({ json }));` }),
	);
