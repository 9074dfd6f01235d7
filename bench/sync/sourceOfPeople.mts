/** The host name of the directory. */
export const DIRECTORY = 'directory.example.com';

/** A workflow that reads the directory, as the sources that are delivered do. */
export function sourceOfPeople() {
	return {
		name: 'Directory of the bench',
		nodes: [
			{
				id: 'called',
				name: 'WhenCalled',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				parameters: { inputSource: 'passthrough' },
				position: [0, 0],
			},
			{
				id: 'read',
				name: 'Read people',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url: `https://${DIRECTORY}/people`, options: {} },
				position: [220, 0],
				executeOnce: true,
			},
		],
		connections: { WhenCalled: { main: [[{ node: 'Read people', type: 'main', index: 0 }]] } },
		// As the sources that are delivered.
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	};
}
