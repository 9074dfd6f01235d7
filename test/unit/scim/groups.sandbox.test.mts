import type { Sandbox } from '../../../sandbox/server.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { createUndiciTransport } from '../../support/undiciTransport.mts';
import type { WorkspaceClient } from './workspaceClient.mts';
import { createWorkspaceClient } from './workspaceClient.mts';

let sandbox: Sandbox;
let client: WorkspaceClient;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
	client = createWorkspaceClient(createUndiciTransport(sandbox.scimUrl, sandbox.token));
});

const groupNamed = async (name: string) => {
	const group = await client.groups.findOneByName(name);
	if (!group) throw new Error(`There is no group ${name}`);
	return group;
};

const namesOf = (name: string): string[] =>
	sandbox.workspace.groupsByName(name).map(({ displayName }) => displayName);

describe('finding a group by name', () => {
	it('finds it, or nothing', async () => {
		expect((await client.groups.findOneByName(' Sales '))?.displayName).toBe('Sales');
		expect(await client.groups.findOneByName('Marketing')).toBeUndefined();
		expect(await client.groups.findOneByName('sales')).toBeUndefined();
	});

	it('lists all of those that share a name', async () => {
		sandbox.workspace.addGroup({ displayName: 'Sales', members: [] });
		await expect(client.groups.findOneByName('Sales')).rejects.toMatchObject({
			kind: 'ambiguous',
			evidence: { matches: [{ displayName: 'Sales' }, { displayName: 'Sales' }] },
		});
	});

	it('finds a name that is composed in another way', async () => {
		sandbox.workspace.addGroup({ displayName: 'Cafe\u0301', members: [] });
		expect((await client.groups.findOneByName('Caf\u00e9'))?.displayName).toBe('Cafe\u0301');
	});

	it('is not led astray by quotes in a name', async () => {
		sandbox.workspace.addGroup({ displayName: 'A "B" \\ C', members: [] });
		expect((await client.groups.findOneByName('A "B" \\ C'))?.displayName).toBe('A "B" \\ C');
		expect(await client.groups.findOneByName('A" or displayName eq "Sales')).toBeUndefined();
	});

	it.each(['ignored', 400] as const)('does without the filter where it is %s', async (answer) => {
		sandbox.setSwitches({ unsupportedFilter: answer });
		const transport = createUndiciTransport(sandbox.scimUrl, sandbox.token);
		const unfiltered = createWorkspaceClient({
			send: (request) =>
				transport.send(
					request.query?.['filter'] === undefined
						? request
						: { ...request, query: { ...request.query, filter: 'unheardOf eq "x"' } },
				),
		});
		for (let index = 0; index < 130; index += 1) {
			sandbox.workspace.addGroup({ displayName: `Team ${index}`, members: [] });
		}
		expect((await unfiltered.groups.findOneByName('Team 129'))?.displayName).toBe('Team 129');
		expect(await unfiltered.groups.findOneByName('Marketing')).toBeUndefined();
	});
});

describe.each(['none', 'before', 'after'] as const)('with a connection cut: %s', (moment) => {
	const cut = (method: string) => {
		if (moment === 'none') return;
		sandbox.faults.add({ method, nth: 1, fault: { cutConnection: moment } });
	};
	const requests = moment === 'before' ? 2 : 1;

	it('a group is created once', async () => {
		cut('POST');
		const { group, created } = await client.groups.create('Marketing');
		expect(created).toBe(true);
		expect(group.displayName).toBe('Marketing');
		expect(namesOf('Marketing')).toHaveLength(1);
		expect(sandbox.requests.count({ method: 'POST' })).toBe(requests);
	});

	it('a group is renamed', async () => {
		const group = await groupNamed('Sales');
		cut('PATCH');
		expect((await client.groups.rename(group, 'Revenue')).displayName).toBe('Revenue');
		expect([namesOf('Sales'), namesOf('Revenue')]).toEqual([[], ['Revenue']]);
		expect(sandbox.requests.count({ method: 'PATCH' })).toBe(requests);
	});

	it('a group is deleted', async () => {
		const group = await groupNamed('Sales');
		cut('DELETE');
		expect(await client.groups.delete(group)).toBe(true);
		expect(namesOf('Sales')).toEqual([]);
		expect(await client.groups.delete(group)).toBe(false);
	});
});

describe('writing to groups', () => {
	it('makes no second group when the answer to a creation is cut off', async () => {
		sandbox.faults.add({ method: 'POST', nth: 1, fault: { truncateBody: true } });
		await client.groups.create('Marketing');
		expect(namesOf('Marketing')).toHaveLength(1);
	});

	it('tells when a new name was accepted and not taken', async () => {
		const group = await groupNamed('Sales');
		sandbox.faults.add({ method: 'PATCH', fault: { status: 204, body: '' } });
		await expect(client.groups.rename(group, 'Revenue')).rejects.toMatchObject({ kind: 'notTaken' });
	});

	it('tells when a deletion was accepted and not done', async () => {
		const group = await groupNamed('Sales');
		sandbox.faults.add({ method: 'DELETE', fault: { status: 204, body: '' } });
		await expect(client.groups.delete(group)).rejects.toMatchObject({ kind: 'notVerified' });
	});

	it('believes no 404 of a proxy', async () => {
		const group = await groupNamed('Sales');
		sandbox.setSwitches({ gateway404: 'on' });
		await expect(client.groups.delete(group)).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
		await expect(client.groups.get(group.id)).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
	});
});
