import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ExecutionDetail } from '../../host/n8nClient.mts';
import { chain, node } from '../host/workflowNodes.mts';
import { N8n1Host } from './n8n1Host.mts';
import { operationsOf, type ServedNode } from './servedNodes.mts';
import { missingFor } from './workflowNeeds.mts';

/** Only this workflow does without Data Tables, forms and the newest nodes of n8n. README names it. */
const RUNS_UNMODIFIED = ['first-hire'];

let host: N8n1Host;
let nodes: ServedNode[];

beforeAll(async () => {
	host = await N8n1Host.start();
	nodes = await host.nodes();
}, 180_000);

afterAll(async () => await host?.stop(), 60_000);

beforeEach(() => host.sandbox.reset());

jest.setTimeout(180_000);

const start = { ...node('Start', 'manualTrigger', 1, {}) };

/** One use of our node, as it stands in a workflow. */
const use = (name: string, parameters: object) => ({
	...node(name, 'x', 1, parameters),
	type: 'n8n-nodes-notion-scim.notionScim',
	executeOnce: true,
});

const person = (email: string) => ({ __rl: true, mode: 'email', value: email });
const group = (name: string) => ({ __rl: true, mode: 'name', value: name });

const outcome = (run: ExecutionDetail | undefined, name: string) => run?.items(name)[0]?.['outcome'];

describe('n8n 1', () => {
	test('is what these tests run on', async () => {
		expect(await host.version()).toMatch(/^1\./);
	});

	test('loads both packages, and our node as a tool', () => {
		expect(nodes.map(({ name }) => name)).toEqual(
			expect.arrayContaining([
				'n8n-nodes-notion-scim.notionScim',
				'n8n-nodes-notion-scim.notionScimTool',
				'n8n-nodes-hris-trigger.hrisTrigger',
			]),
		);
	});

	test('tests both credentials, and says what is wrong', async () => {
		expect(await host.test(await host.scimCredential())).toMatchObject({ status: 'OK' });
		expect(await host.test(await host.scimCredential({ token: 'a-token-that-was-revoked' }))).toEqual(
			expect.objectContaining({ status: 'Error', message: expect.stringMatching(/rejected the token/) }),
		);
		expect(await host.test(await host.adminCredential())).toMatchObject({ status: 'OK' });
		expect(await host.test(await host.adminCredential({ token: host.sandbox.token }))).toEqual(
			expect.objectContaining({ status: 'Error', message: expect.stringMatching(/organization-level admin API token/) }),
		);
		expect(await host.test(await host.scimCredential({ protectedEmails: 'the boss' }))).toEqual(
			expect.objectContaining({ status: 'Error', message: expect.stringContaining('Protected Emails') }),
		);
	});

	test('runs every operation of the node: each answers, or refuses in a sentence of its own', async () => {
		const [ours] = nodes.filter(({ name }) => name === 'n8n-nodes-notion-scim.notionScim');
		const operations = ours === undefined ? [] : operationsOf(ours);
		const uses = operations.map(({ name, parameters }) => ({ ...use(name, parameters), onError: 'continueRegularOutput' }));
		const connections = { Start: { main: [operations.map(({ name }) => ({ node: name, type: 'main', index: 0 }))] } };

		const [run] = await host.run({ name: 'Every operation', nodes: [start, ...uses], connections }, 'Start');

		expect(run).toMatchObject({ status: 'success' });
		expect(run?.nodesRun.filter((name) => name !== 'Start').sort()).toEqual(operations.map(({ name }) => name).sort());
		const answers = operations.map(({ name }) => ({ name, said: JSON.stringify(run?.items(name)) }));
		expect(answers.filter(({ said }) => /defect of the node|is not a function|of undefined|of null/.test(said))).toEqual([]);
	});

	test('takes a person from the first day to the last, and back', async () => {
		const email = 'grace@example.com';
		const steps = [
			use('Create', { resource: 'user', operation: 'create', email, additionalFields: { displayName: 'Grace Hopper' } }),
			use('Upsert', { resource: 'user', operation: 'upsert', email, additionalFields: { title: 'Programmer' } }),
			use('Update', { resource: 'user', operation: 'update', user: person(email), updateFields: { department: 'Research' } }),
			use('New group', { resource: 'group', operation: 'create', displayName: 'Research' }),
			use('Add', { resource: 'group', operation: 'addMembers', group: group('Research'), members: email }),
			use('Rename', { resource: 'group', operation: 'update', group: group('Research'), newName: 'Labs' }),
			use('Get', { resource: 'user', operation: 'get', user: person(email) }),
			use('Lock out', { resource: 'user', operation: 'lockDown', user: person(email), reason: 'Left' }),
			use('Restore', { resource: 'user', operation: 'restore', record: '={{ JSON.stringify($json) }}' }),
			use('Take out', { resource: 'group', operation: 'removeMembers', group: group('Labs'), members: email, options: { removalLimit: 4 } }),
			use('Remove', { resource: 'user', operation: 'remove', user: person(email), options: { removalLimit: 4 } }),
			use('Members', { resource: 'user', operation: 'getAll', returnAll: true }),
		];

		const [run] = await host.run(
			{ name: 'A person', nodes: [start, ...steps], connections: chain('Start', ...steps.map(({ name }) => name)) },
			'Start',
		);

		expect({ status: run?.status, error: run?.error }).toEqual({ status: 'success', error: undefined });
		expect(['Create', 'Upsert', 'Update', 'New group', 'Add'].map((name) => outcome(run, name))).toEqual([
			'created', 'updated', 'updated', 'created', 'updated',
		]);
		expect(run?.items('Get')).toEqual([
			expect.objectContaining({ email, displayName: 'Grace Hopper', title: 'Programmer', department: 'Research' }),
		]);
		expect(run?.items('Members').map((member) => member['email'])).not.toContain(email);
		expect(host.sandbox.workspace.groupByName('Labs')?.memberIds.size).toBe(0);
	});

	test('plans a directory, and applies the plan', async () => {
		const hire = {
			source: 'test', sourceId: '1', active: true, status: 'active', inScope: true, groups: [], email: 'new@example.com', displayName: 'New Person',
		};
		const manifest = {
			manifest: true, source: 'test', readAt: new Date().toISOString(), pages: 1, count: 1, complete: true,
			groupsComplete: true, attributesRead: ['email', 'displayName'],
		};
		const plan = { ...use('Plan', { resource: 'directory', operation: 'plan', onInactive: 'report' }), executeOnce: false };
		const apply = { ...use('Apply', { resource: 'directory', operation: 'apply', options: {} }), executeOnce: false };

		const [run] = await host.run(
			{
				name: 'A directory',
				nodes: [start, plan, apply],
				connections: chain('Start', 'Plan', 'Apply'),
				pinData: { Start: [hire, manifest].map((json) => ({ json })) },
			},
			'Start',
		);

		expect({ status: run?.status, error: run?.error }).toEqual({ status: 'success', error: undefined });
		expect(run?.items('Plan').filter(({ action }) => action === 'user.create')).toHaveLength(1);
		expect(host.sandbox.workspace.userByEmail('new@example.com')?.profile.name.formatted).toBe('New Person');
	});

	test('makes a member of the sample of first-hire, and nothing more the second time', async () => {
		const file: unknown = JSON.parse(readFileSync(join('workflows', 'first-hire', 'first-hire.json'), 'utf8'));

		const runs = await host.run(file, 'WhenExecuted', 2);

		expect(runs.map((run) => [run.status, outcome(run, 'Add to Notion')])).toEqual([
			['success', 'created'],
			['success', 'unchanged'],
		]);
	});

	test('lacks what every other workflow needs', () => {
		const missing = missingFor(nodes);
		const can = [...missing].filter(([, needs]) => needs.length === 0).map(([job]) => job);

		expect(can).toEqual(RUNS_UNMODIFIED);
		expect(missing.get('data-tables')).toEqual(['a node that makes Data Tables']);
		expect(missing.get('onboarding')).toEqual(expect.arrayContaining(['Data Tables by name', 'the workflow error-notification']));
		expect(missing.get('sources/entra')).toEqual(['version 4.5 of httpRequest']);
	});
});
