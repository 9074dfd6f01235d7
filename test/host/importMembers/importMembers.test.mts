import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import type { CredentialReference, ExecutionDetail } from '../../../host/n8nClient.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import type { Profile } from '../../../sandbox/workspace/account.mts';

jest.setTimeout(120_000);

type Item = Record<string, unknown>;

const PEOPLE = 250;

let folder: string;
let csv: string;
let sandbox: Sandbox;
let host: N8nHost;
let credentials: Record<string, CredentialReference>;
/** Asks the source that reads the Data Table, or the file that the workflow gave. */
let ask: (from: 'dataTable' | 'csvFile') => Promise<Item[]>;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'import-members-'));
	sandbox = await startSandbox({ people: PEOPLE });
	const { workspace } = sandbox;
	workspace.addGroup({ displayName: 'R&D; Labs | "A"', members: ['ada@example.com', 'maria@example.com'] });
	workspace.addGroup({ displayName: '=HYPERLINK("x")', members: ['ada@example.com'] });
	workspace.addUser({ email: 'john.smith@example.com', name: { formatted: '=John "J" Smith' } });
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package'))],
		vendors: { 'api.notion.com': sandbox.url },
	});
	await makeDataTables(host);
	csv = join(folder, 'n8n', '.n8n-files', 'directory.csv');
	await mkdir(join(folder, 'n8n', '.n8n-files'), { recursive: true });
	credentials = {
		notionScimApi: await host.client.createCredential({
			type: 'notionScimApi',
			name: 'Notion',
			data: { token: sandbox.token, access: 'readOnly' },
		}),
	};
	ask = await sources();
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('import-members', () => {
	let code: string;

	it('shows who would be imported, and writes nothing', async () => {
		const execution = await run();

		expect(execution).toMatchObject({ status: 'success' });
		const [preview] = execution.items('Preview');
		const members = sandbox.workspace.members().length;
		expect(preview).toMatchObject({ members, new: members, imported: 0, changed: 0, ambiguous: 0, leftOut: 0 });
		expect(await host.client.rows('directory_people')).toEqual([]);
		code = String(preview?.['code']);
		expect(code).toMatch(/^[0-9a-f]{10}$/);
		// The file alone is a directory already.
		expectNotion(await ask('csvFile'));
	});

	it('writes nothing where the code is of another preview', async () => {
		const stale = await run({ previewCode: code, only: { domains: 'example.com' } });

		expect(stale).toMatchObject({ status: 'error', error: expect.stringContaining('Nothing was written') });
		expect(await host.client.rows('directory_people')).toEqual([]);
		expect(await host.client.rows('notion_scim_links')).toEqual([]);
	});

	it('writes exactly that with its code, and a second run changes nothing', async () => {
		expect(await run({ previewCode: code })).toMatchObject({ status: 'success' });

		const rows = await host.client.rows('directory_people');
		const links = await host.client.rows('notion_scim_links');
		expectNotion(await ask('dataTable'));
		expect(links.map(({ source, employeeId, userId }) => [source, employeeId, userId]).sort()).toEqual(
			sandbox.workspace
				.members()
				.map(({ id }) => ['list', id, id])
				.sort(),
		);

		const second = await run({ previewCode: code });

		expect(second.status).toBe('success');
		expect(second.items('Preview')[0]).toMatchObject({
			imported: rows.length,
			new: 0,
			changed: 0,
			rowsToWrite: 0,
			linksToWrite: 0,
		});
		expect(await host.client.rows('directory_people')).toEqual(rows);
		expect(await host.client.rows('notion_scim_links')).toEqual(links);
	});

	it('tells apart who joined, who changed and who is not certain, and writes the changes that are wanted', async () => {
		const { workspace } = sandbox;
		const leaver = workspace.members()[100];
		const before = await host.client.rows('directory_people');
		// A marriage, a second John Smith, a name in other letters, and an address that only looks like Ada's.
		change('maria@example.com', { userName: 'maria.weber@example.com', name: { formatted: 'María José Weber' } });
		workspace.addUser({ email: 'john.smith2@example.com', name: { formatted: 'John Smith' } });
		workspace.addUser({ email: 'thora@example.com', name: 'Þóra Þórsdóttir', groups: ['Sales'] });
		const lookalike = workspace.addUser({ email: 'аda@example.com', name: 'Ada Lovelace' });
		// A move to another group, a join, a group's new name, a promotion, another address, a new role, an end.
		workspace.removeFromGroup('Sales', 'kenji@example.com');
		workspace.addToGroup('Engineering', 'kenji@example.com');
		workspace.updateGroup(String(workspace.groupByName('R&D; Labs | "A"')?.id), { displayName: 'R&D' });
		change('robin@contractor.example', { attributes: { title: 'Writer; editor' } });
		change('second.owner@example.com', { secondaryEmails: ['tomas@home.example'] });
		workspace.changeRole('admin@example.com', 'member');
		workspace.removeUser(String(leaver?.id));

		const preview = await run();

		const comparison = (email: string) =>
			preview.items('Comparison').find((entry) => entry['email'] === email);
		expect(preview.items('Preview')[0]).toMatchObject({ new: 2, changed: 5, ambiguous: 1, leftOut: 0 });
		expect(comparison('john.smith2@example.com')).toMatchObject({ comparison: 'new' });
		expect(comparison('john.smith@example.com')).toMatchObject({ comparison: 'imported' });
		expect(comparison('thora@example.com')).toMatchObject({ comparison: 'new', groups: ['Sales'] });
		expect(comparison('аda@example.com')).toMatchObject({
			comparison: 'ambiguous',
			explanation: expect.stringContaining('looks the same'),
		});
		expect(comparison('maria.weber@example.com')).toMatchObject({
			comparison: 'changed',
			sourceId: workspace.userByEmail('maria.weber@example.com')?.id,
			changes: expect.arrayContaining([
				{ attribute: 'email', from: 'maria@example.com', to: 'maria.weber@example.com' },
				{ attribute: 'displayName', from: 'María José Fernández', to: 'María José Weber' },
			]),
		});
		expect(comparison('kenji@example.com')).toMatchObject({
			comparison: 'changed',
			changes: [{ attribute: 'groups', from: 'All Staff;Sales', to: 'All Staff;Engineering' }],
		});
		expect(comparison('ada@example.com')).toMatchObject({ comparison: 'changed', changes: [{ attribute: 'groups' }] });
		expect(comparison('robin@contractor.example')).toMatchObject({
			comparison: 'changed',
			changes: [{ attribute: 'title', to: 'Writer; editor' }],
		});
		expect(comparison('second.owner@example.com')).toMatchObject({
			changes: [{ attribute: 'secondaryEmails', to: 'tomas@home.example' }],
		});
		expect(comparison('admin@example.com')).toMatchObject({ comparison: 'imported' });

		const desired = { updateChanged: true };
		const previewCode = String((await run(desired)).items('Preview')[0]?.['code']);
		expect(await run({ ...desired, previewCode })).toMatchObject({ status: 'success' });

		const rows = await host.client.rows('directory_people');
		expect(rows).toHaveLength(before.length + 2);
		// Whether a person who left Notion has left the company, Notion does not know.
		const rowOf = (list: typeof rows) => list.find(({ sourceId }) => sourceId === leaver?.id);
		expect(rowOf(rows)).toEqual(rowOf(before));
		expectNotion(await ask('dataTable'), { kept: leaver?.id, doubtful: lookalike.id });
		expect((await run(desired)).items('Preview')[0]).toMatchObject({ new: 0, changed: 0, rowsToWrite: 0, linksToWrite: 0 });
	});

	const list = (totalResults: number) => ({
		status: 200,
		body: {
			schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
			totalResults,
			startIndex: 1,
			itemsPerPage: 0,
			Resources: [],
		},
	});
	it.each([
		['half of the members are not given out', '/Users.*startIndex=101', list(PEOPLE)],
		['no page of the members can be read', '/Users', { status: 403 }],
		['the groups cannot be read', '/Groups', { status: 403 }],
	])('compares nothing where %s', async (_case, path, fault) => {
		sandbox.faults.add({ path, fault });
		const rows = await host.client.rows('directory_people');

		expect(await run({ updateChanged: true })).toMatchObject({ status: 'error' });

		sandbox.faults.clear();
		expect(await host.client.rows('directory_people')).toEqual(rows);
	});

	it('wipes nothing in the directory where Notion has no department of anybody, and no groups', async () => {
		const { workspace } = sandbox;
		const rows = await host.client.rows('directory_people');
		expect(rows.filter(({ department }) => department !== '').length).toBeGreaterThan(PEOPLE / 2);
		for (const { id } of workspace.members()) change(id, { attributes: {} });
		sandbox.faults.add({ path: '/Groups', fault: list(0) });

		const preview = await run({ updateChanged: true });

		sandbox.faults.clear();
		expect(preview).toMatchObject({ status: 'success' });
		expect(preview.items('Preview')[0]).toMatchObject({ new: 0, changed: 0, rowsToWrite: 0 });
		const file = await ask('csvFile');
		expect(file.filter(({ department }) => department !== undefined)).toHaveLength(
			rows.filter(({ department }) => department !== '').length,
		);
	});

	it('never writes to Notion', () => {
		const writes = sandbox.requests.all().filter(({ method }) => method !== 'GET');

		expect(sandbox.requests.count()).toBeGreaterThan(0);
		expect(writes).toEqual([]);
	});
});

/** A run by hand, of a copy with these parameters that also stores its file where the source reads it. */
async function run(settings: Record<string, unknown> = {}): Promise<ExecutionDetail> {
	const file = filledIn(JSON.parse(await readFile(join('workflows', 'import-members', 'import-members.json'), 'utf8')), {
		'Compare members': settings,
	});
	const stored = { node: 'Keep the file', type: 'main', index: 0 };
	const copy = {
		...file,
		nodes: [
			...file.nodes,
			{
				id: 'keep',
				name: 'Keep the file',
				type: 'n8n-nodes-base.readWriteFile',
				typeVersion: 1.1,
				parameters: { operation: 'write', fileName: csv, dataPropertyName: 'directory', options: {} },
				position: [2400, -400],
			},
		],
		connections: { ...file.connections, Preview: { main: [[stored]] } },
	};
	const { id } = await host.client.importWorkflow(copy, { credentials });
	const executionId = await host.client.runManually(id, 'ImportMembers');
	return await host.client.waitForExecution((execution) => execution.id === executionId, {
		workflowId: id,
		within: 60_000,
	});
}

/** Changes parts of a member's profile. */
function change(emailOrId: string, parts: Partial<Profile>): void {
	const account = sandbox.workspace.userByEmail(emailOrId) ?? sandbox.workspace.userById(emailOrId);
	if (!account) throw new Error(`There is no ${emailOrId}`);
	sandbox.workspace.updateProfile(account.id, { ...account.profile, ...parts });
}

/**
 * The people of the source are the members of Notion, with their addresses, names and groups.
 *
 * @param but id of a person who stays in the directory after leaving, and of a member who is in doubt
 */
function expectNotion(items: Item[], but: { kept?: string | undefined; doubtful?: string } = {}) {
	const { workspace } = sandbox;
	const brief = (id: unknown, email: unknown, name: unknown, groups: unknown) =>
		JSON.stringify([id, email, name ?? null, groups]);
	const people = items
		.slice(0, -1)
		.filter(({ sourceId }) => sourceId !== but.kept)
		.map(({ sourceId, email, displayName, groups }) => brief(sourceId, email, displayName, groups));
	const members = workspace
		.members()
		.filter(({ id }) => id !== but.doubtful)
		.map(({ id, profile }) =>
			brief(id, profile.userName, profile.name.formatted, workspace.groupNames(id).sort()),
		);
	expect(people.sort()).toEqual(members.sort());
	expect(items.at(-1)).toMatchObject({
		manifest: true,
		count: items.length - 1,
		complete: true,
		groupsComplete: true,
	});
}

const WEBHOOK = { httpMethod: 'POST', responseMode: 'lastNode', responseData: 'allEntries', options: {} };

/** Two copies of the source, each behind a webhook. */
async function sources(): Promise<typeof ask> {
	const text = await readFile(join('workflows', 'sources', 'list', 'list.json'), 'utf8');
	for (const from of ['dataTable', 'csvFile']) {
		const source = await host.client.importWorkflow(
			filledIn(JSON.parse(text), { Settings: { from, file: csv } }),
		);
		await host.client.publish(source.id);
		const { id } = await host.client.importWorkflow(callerOf(source.id, from));
		await host.client.publish(id);
	}
	return async (from) => {
		const response = await fetch(host.webhookUrl(from), { method: 'POST' });
		if (!response.ok) throw new Error(await response.text());
		return z.array(z.record(z.unknown())).parse(await response.json());
	};
}

/** A workflow that asks a source for everyone and answers with what came back. */
function callerOf(source: string, path: string) {
	const node = (name: string, type: string, typeVersion: number, parameters: Record<string, unknown>) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		parameters,
		position: [0, 0],
	});
	return {
		name: `Caller of ${path}`,
		nodes: [
			node('Call', 'webhook', 2, { ...WEBHOOK, path }),
			node('Source', 'executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: source },
				workflowInputs: {
					mappingMode: 'defineBelow',
					value: { ask: 'everybody' },
					matchingColumns: [],
					schema: [],
					attemptToConvertTypes: false,
					convertFieldsToString: false,
				},
				mode: 'once',
				options: {},
			}),
		],
		connections: { Call: { main: [[{ node: 'Source', type: 'main', index: 0 }]] } },
	};
}
