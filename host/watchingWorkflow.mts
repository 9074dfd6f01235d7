/** The name of the node that watches. */
export const WATCHER = 'Notion SCIM Trigger';

/** A workflow with nothing but Notion SCIM Trigger, whose executions have its events. @param pollTimes its parameter *Poll Times* */
export function watchingWorkflow(pollTimes: { item: object[] }) {
	return {
		name: 'Watch',
		nodes: [
			{
				id: 'trigger',
				name: WATCHER,
				type: 'n8n-nodes-notion-scim.notionScimTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes },
			},
			{ id: 'end', name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
		],
		connections: { [WATCHER]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
