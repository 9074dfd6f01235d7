import { importedWorkflow } from '../../host/importedWorkflow.mts';

const nodeTypes = [
	{
		name: 'n8n-nodes-base.webhook',
		webhooks: [{}],
		credentials: [
			{ name: 'httpHeaderAuth', displayOptions: { show: { authentication: ['headerAuth'] } } },
		],
	},
	{ name: 'n8n-nodes-base.httpRequest', credentials: [] },
	{
		name: 'n8n-nodes-notion-scim.notionScim',
		credentials: [
			{ name: 'notionScimApi' },
			{ name: 'notionAdminApi', displayOptions: { hide: { operation: ['get'] } } },
		],
	},
];

const file = {
	id: 'id-in-the-file',
	name: 'Onboarding',
	active: true,
	staticData: { lastRun: 1 },
	settings: { timezone: 'Europe/Berlin' },
	nodes: [
		{ name: 'Webhook', type: 'n8n-nodes-base.webhook', parameters: { authentication: 'headerAuth' } },
		{ name: 'Open webhook', type: 'n8n-nodes-base.webhook', parameters: {}, webhookId: 'kept' },
		{
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			parameters: { nodeCredentialType: 'notionScimApi' },
		},
		{
			name: 'Notion SCIM',
			type: 'n8n-nodes-notion-scim.notionScim',
			parameters: { operation: 'get' },
			credentials: { notionScimApi: { id: null, name: 'of the author' } },
		},
	],
	connections: {},
};

const credentials = {
	httpHeaderAuth: { id: '1', name: 'Key' },
	notionScimApi: { id: '2', name: 'Notion' },
	notionAdminApi: { id: '3', name: 'Not for reading' },
};

describe('importing a workflow file', () => {
	it('gives each node the credentials that it asks for, and no other', () => {
		const { nodes } = importedWorkflow(file, nodeTypes, { credentials });

		expect(nodes.map((node) => node.credentials)).toEqual([
			{ httpHeaderAuth: { id: '1', name: 'Key' } },
			undefined,
			{ notionScimApi: { id: '2', name: 'Notion' } },
			{ notionScimApi: { id: '2', name: 'Notion' } },
		]);
	});

	it('fills in a missing webhook id and keeps a given one', () => {
		const { nodes } = importedWorkflow(file, nodeTypes, {});

		expect(nodes[0]?.webhookId).toMatch(/^[0-9a-f-]{36}$/);
		expect(nodes[1]?.webhookId).toBe('kept');
		expect(nodes[3]).not.toHaveProperty('webhookId');
	});

	it('drops id, state and settings as the editor does, unless told to keep the settings', () => {
		const imported = importedWorkflow(file, nodeTypes, {});

		expect(Object.keys(imported).sort()).toEqual(
			['active', 'connections', 'name', 'nodes', 'pinData', 'settings'],
		);
		expect(imported.active).toBe(false);
		expect(imported.settings).not.toHaveProperty('timezone');
		expect(importedWorkflow(file, nodeTypes, { settings: 'keep' }).settings).toEqual({
			timezone: 'Europe/Berlin',
		});
	});
});
