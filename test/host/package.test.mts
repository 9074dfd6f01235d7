import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../demo/packPackage.mts';
import { signIn } from '../../host/n8nRest.mts';
import { nodeTypesSchema } from '../../host/n8nSchemas.mts';
import { type N8nHost, startHost } from '../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'package-'));
	sandbox = await startSandbox();
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder)],
		hasEditor: true,
		vendors: { 'api.notion.com': sandbox.url },
	});
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('the package in n8n', () => {
	it('brings its node, and the node as a tool for AI agents', async () => {
		const call = await signIn(host.url, host.owner);
		const offered = await call(nodeTypesSchema, 'GET', 'types/nodes.json');
		expect(offered.map(({ name }) => name)).toEqual(
			expect.arrayContaining([
				'n8n-nodes-notion-scim.notionScim',
				'n8n-nodes-notion-scim.notionScimTool',
			]),
		);
	});

	it('tests a credential and says how to get unstuck', async () => {
		const right = await credential(sandbox.token);
		const dead = await credential('a-token-that-was-revoked');
		const elsewhere = await credential(sandbox.token, 'https://api.notion.com/scim/v3');

		expect(await host.client.testCredential(right.id)).toMatchObject({ status: 'OK' });
		expect(await host.client.testCredential(dead.id)).toEqual(
			expect.objectContaining({
				status: 'Error',
				message: expect.stringMatching(/rejected the token.*have an owner create a new one/i),
			}),
		);
		expect(await host.client.testCredential(elsewhere.id)).toEqual(
			expect.objectContaining({
				status: 'Error',
				message: expect.stringContaining('There is no SCIM API at this Base URL'),
			}),
		);
	});

	it('refuses a credential in its test as the node does, and sends nothing', async () => {
		const before = sandbox.requests.count();
		const refused: Array<[Record<string, unknown>, string]> = [
			[{ protectedEmails: 'ceo@example.com, the boss' }, 'Protected Emails of the credential has "the" and "boss" in it'],
			[{ protectedEmails: '={{ ({ email: "ceo@example.com" }) }}' }, 'Protected Emails of the credential is an object instead of text.'],
			[{ protectedEmails: '={{ $vars.nobody }}' }, 'Protected Emails of the credential is empty instead of text.'],
			[{ tokenCreatorEmail: 'a@example.com, b@example.com' }, 'Token Creator Email of the credential has 2 addresses in it'],
			[{ ownedDomains: 'www.example.com' }, 'Owned Domains of the credential has "www.example.com" in it'],
			[{ baseUrl: 'http://api.notion.com/scim/v2' }, 'The Base URL begins with http, which would send the token unencrypted. Use https.'],
		];
		for (const [fields, message] of refused) {
			const { id } = await credential(sandbox.token, undefined, fields);
			expect(await host.client.testCredential(id)).toEqual(
				expect.objectContaining({ status: 'Error', message: expect.stringContaining(message) }),
			);
		}
		expect(sandbox.requests.count()).toBe(before);

		const { id } = await credential(sandbox.token, undefined, { protectedEmails: 'The Boss <ceo@example.com>' });
		expect(await host.client.testCredential(id)).toMatchObject({ status: 'OK' });
	});

	it('keeps the token from the HTTP Request node, which would pass by every guard', async () => {
		const notionScimApi = await credential(sandbox.token);
		const saved = host.client.importWorkflow(
			{
				name: 'Around the guards',
				nodes: [
					{
						id: 'start',
						name: 'Start',
						type: 'n8n-nodes-base.manualTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{
						id: 'request',
						name: 'HTTP Request',
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4.2,
						position: [200, 0],
						parameters: {
							method: 'DELETE',
							url: 'https://api.notion.com/scim/v2/Users/somebody',
							authentication: 'predefinedCredentialType',
							nodeCredentialType: 'notionScimApi',
						},
					},
				],
				connections: {
					Start: { main: [[{ node: 'HTTP Request', type: 'main', index: 0 }]] },
				},
			},
			{ credentials: { notionScimApi } },
		);
		await expect(saved).rejects.toThrow('cannot use credential type "notionScimApi"');
	});

	it('lets the node use it as a tool of an agent, too', async () => {
		const notionScimApi = await credential(sandbox.token);
		const saved = await host.client.importWorkflow(
			{
				name: 'A tool',
				nodes: [
					{
						id: 'b1a9a3a0-2c0a-4d0b-9a39-5f3b9d0f6a11',
						name: 'Notion SCIM tool',
						type: 'n8n-nodes-notion-scim.notionScimTool',
						typeVersion: 1,
						position: [0, 0],
						parameters: { resource: 'workspace', operation: 'getConfiguration' },
						credentials: { notionScimApi: { name: 'Notion SCIM' } },
					},
				],
				connections: {},
			},
			{ credentials: { notionScimApi } },
		);
		expect(saved.name).toBe('A tool');
	});

	it('makes a member of the sample of first-hire, and nothing more the second time', async () => {
		const file: unknown = JSON.parse(await readFile(join('workflows', 'first-hire', 'first-hire.json'), 'utf8'));
		const notionScimApi = await credential(sandbox.token, undefined, { access: 'full', ownedDomains: 'example.com' });
		const { id: workflowId } = await host.client.importWorkflow(file, { credentials: { notionScimApi } });

		for (const outcome of ['created', 'unchanged']) {
			const id = await host.client.runManually(workflowId, 'WhenExecuted');
			const run = await host.client.waitForExecution((one) => one.id === id, { workflowId });
			expect({ status: run.status, outcomes: run.items('Add to Notion').map((item) => item['outcome']) })
				.toEqual({ status: 'success', outcomes: [outcome] });
			expect(run.items('Read the member')).toEqual([
				expect.objectContaining({ email: 'nathan@example.com', displayName: 'Nathan Brown', title: 'Designer', role: 'member' }),
			]);
		}
		const emails = sandbox.workspace.members().map(({ profile }) => profile.userName);
		expect(emails.filter((email) => email === 'nathan@example.com')).toHaveLength(1);
	});
});

async function credential(
	token: string,
	baseUrl = 'https://api.notion.com/scim/v2',
	fields: Record<string, unknown> = {},
) {
	return await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: { token, baseUrl, ...fields },
	});
}
