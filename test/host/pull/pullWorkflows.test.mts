import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { filledIn } from '../../../host/filledIn.mts';
import { pullWorkflows } from '../../../host/pullWorkflows.mts';
import { withMapping } from '../../../host/sourceFiles.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { workflowText } from '../../../host/workflowText.mts';

jest.setTimeout(60_000);

const CALLER = {
	name: 'Caller',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }, 0),
		node('Fetch', 'httpRequest', 4.2, { url: 'https://example.com', authentication: 'genericCredentialType', genericAuthType: 'httpBasicAuth' }, 240),
		node('Call', 'executeWorkflow', 1.3, { workflowId: { __rl: true, mode: 'list', value: '' }, mode: 'once' }, 480),
		node('Note: about', 'stickyNote', 1, { content: '## About', width: 240, height: 200 }, -300),
	],
	connections: {
		WhenCalled: { main: [[{ node: 'Fetch', type: 'main', index: 0 }]] },
		Fetch: { main: [[{ node: 'Call', type: 'main', index: 0 }]] },
	},
	settings: { saveDataSuccessExecution: 'none' },
};
const TABLES = join('workflows', 'data-tables', 'data-tables.json');
const CALLER_FILE = join('workflows', 'caller', 'caller.json');
const SOURCE_FILE = join('workflows', 'sources', 'acme', 'acme.json');
const MAPPING_FILE = join('workflows', 'sources', 'acme', 'mapping.js');
const MAPPING = `import { text } from '../shared/text.js';

/** What Acme's words mean. */
export const ACME_WORDS = { here: 'active' };

export function read() {
	return [{ json: { status: ACME_WORDS[text(' here ')] } }];
}
`;
const SOURCE = {
	name: 'Acme',
	nodes: [node('RunNow', 'manualTrigger', 1, {}, 0), node('Read people', 'code', 2, { jsCode: '' }, 240)],
	connections: { RunNow: { main: [[{ node: 'Read people', type: 'main', index: 0 }]] } },
};

/** What was entered when the files were imported. */
const FILLED = { Caller: { Fetch: { url: 'https://acme.example' } } };

let host: N8nHost;
let root: string;

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'pull-'));
	await cp(TABLES, join(root, TABLES));
	await mkdir(join(root, 'workflows', 'caller'));
	await writeFile(join(root, CALLER_FILE), workflowText(CALLER));
	await mkdir(join(root, 'workflows', 'sources', 'acme'), { recursive: true });
	const shared = join('workflows', 'sources', 'shared');
	await cp(shared, join(root, shared), { recursive: true });
	await writeFile(join(root, MAPPING_FILE), MAPPING);
	await writeFile(join(root, SOURCE_FILE), withMapping(workflowText(SOURCE), MAPPING_FILE, root));

	host = await startHost({ folder: join(root, 'n8n'), packages: [], vendors: {} });
	const { client } = host;
	const data = { user: 'ada', password: 'x' };
	const httpBasicAuth = await client.createCredential({ type: 'httpBasicAuth', name: 'Key', data });
	const stranger = await client.importWorkflow({ ...CALLER, name: 'Stranger' });
	const picks = { credentials: { httpBasicAuth }, subWorkflows: { Call: stranger.id }, settings: 'keep' as const };
	for (const file of [TABLES, CALLER_FILE, SOURCE_FILE]) {
		const workflow: unknown = JSON.parse(await readFile(join(root, file), 'utf8'));
		await client.importWorkflow(filledIn(workflow, file === CALLER_FILE ? FILLED.Caller : {}), picks);
	}
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await rm(root, { recursive: true, force: true });
}, 60_000);

it('changes no file of a workflow that is as it was imported, and names what it leaves alone', async () => {
	expect(await pullWorkflows(host.client, FILLED, root)).toEqual({
		changed: [],
		same: [MAPPING_FILE, SOURCE_FILE, CALLER_FILE, TABLES],
		unknown: ['Stranger'],
	});
});

it('writes what a person changed, without the credential and the workflow that were picked', async () => {
	const workflow = (await host.client.workflows()).find(({ name }) => name === 'Caller');
	if (!workflow) throw new Error('n8n does not list the workflow');
	await host.client.saveWorkflow({
		...workflow,
		nodes: workflow.nodes.map((one) =>
			one.name === 'Fetch' ? { ...one, name: 'Fetch the page', position: [240, 160], parameters: { url: 'https://example.org' } } : one,
		),
		connections: {
			WhenCalled: { main: [[{ node: 'Fetch the page', type: 'main', index: 0 }]] },
			'Fetch the page': { main: [[{ node: 'Call', type: 'main', index: 0 }]] },
		},
	});

	const pulled = await pullWorkflows(host.client, FILLED, root);

	expect(pulled).toMatchObject({ changed: [CALLER_FILE], same: [MAPPING_FILE, SOURCE_FILE, TABLES] });
	const text = await readFile(join(root, CALLER_FILE), 'utf8');
	expect(text).toContain('"Fetch the page"');
	expect(text).not.toMatch(/credentials|webhookId|Stranger|"Fetch"/);
	expect(text).toBe(workflowText(JSON.parse(text)));
	expect(JSON.parse(text)).toMatchObject({
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
		nodes: expect.arrayContaining([
			expect.objectContaining({ name: 'Fetch the page', position: [240, 160], parameters: { url: 'https://example.org' } }),
			expect.objectContaining({
				name: 'Call',
				parameters: { mode: 'once', workflowId: { __rl: true, mode: 'list', value: '' } },
			}),
		]),
	});
	expect(await pullWorkflows(host.client, FILLED, root)).toMatchObject({ changed: [] });
});

it('writes the code of a source into its mapping.js, with what it imports and exports', async () => {
	const workflow = (await host.client.workflows()).find(({ name }) => name === 'Acme');
	if (!workflow) throw new Error('n8n does not list the workflow');
	const changed = (code: unknown) => String(code).replace("here: 'active'", "here: 'active', gone: 'inactive'");
	await host.client.saveWorkflow({
		...workflow,
		nodes: workflow.nodes.map((one) =>
			one.name === 'Read people' ? { ...one, parameters: { jsCode: changed(one.parameters['jsCode']) } } : one,
		),
	});

	const pulled = await pullWorkflows(host.client, FILLED, root);

	expect(pulled.changed).toEqual([MAPPING_FILE, SOURCE_FILE]);
	expect(await readFile(join(root, MAPPING_FILE), 'utf8')).toBe(changed(MAPPING));
	const text = await readFile(join(root, SOURCE_FILE), 'utf8');
	expect(text).toBe(withMapping(text, MAPPING_FILE, root));
});

it('refuses to guess between two workflows of one name', async () => {
	await host.client.importWorkflow(CALLER);

	await expect(pullWorkflows(host.client, FILLED, root)).rejects.toThrow('two workflows called "Caller"');
});

function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>, x: number) {
	return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion, position: [x, 0], parameters };
}
