import type { Sandbox } from '../../../sandbox/server.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { readConfiguration } from '../../../lib/scim/workspaceConfiguration.ts';
import { createUndiciTransport } from '../../support/undiciTransport.mts';
import { createWorkspaceClient } from './workspaceClient.mts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
});

const read = (token = sandbox.token) =>
	readConfiguration(createWorkspaceClient(createUndiciTransport(sandbox.scimUrl, token)).requester);

describe('the configuration of a workspace', () => {
	it('holds what the server says of itself, and both totals', async () => {
		const configuration = await read();
		expect(configuration.serviceProviderConfig).toMatchObject({ patch: { supported: true } });
		expect(configuration.resourceTypes?.length).toBeGreaterThan(0);
		expect(configuration.memberCount).toBe(sandbox.workspace.members().length);
		expect(configuration.groupCount).toBe(4);
	});

	it('can be read where an endpoint is missing', async () => {
		sandbox.faults.add({ path: '/Schemas', fault: { status: 404, body: { detail: 'no' } } });
		expect((await read()).schemas).toBeUndefined();
	});

	it('proves the token, although ServiceProviderConfig answers without one', async () => {
		await expect(read('not-the-right-one')).rejects.toMatchObject({ kind: 'tokenRejected' });
	});
});
