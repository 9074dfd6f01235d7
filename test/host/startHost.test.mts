import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createConnection } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type N8nHost, startHost } from '../../host/startHost.mts';

const GOOD_TOKEN = 'token-of-this-test';

const manifest = {
	name: 'n8n-nodes-lighthouse',
	version: '1.2.3',
	keywords: ['n8n-community-node-package'],
	n8n: {
		n8nNodesApiVersion: 1,
		credentials: ['dist/LighthouseApi.credentials.js'],
		nodes: ['dist/Lighthouse.node.js'],
	},
	peerDependencies: { 'n8n-workflow': '*' },
};

const nodeSource = `
exports.Lighthouse = class {
	description = {
		displayName: 'Lighthouse', name: 'lighthouse', group: ['transform'], version: 1,
		description: 'Says that it ran', defaults: { name: 'Lighthouse' },
		inputs: ['main'], outputs: ['main'], properties: [],
		credentials: [{ name: 'lighthouseApi', required: true }],
	};
	async execute() {
		return [[{ json: { workflowLibrary: typeof require('n8n-workflow').NodeOperationError } }]];
	}
};`;

const credentialSource = `
exports.LighthouseApi = class {
	name = 'lighthouseApi';
	displayName = 'Lighthouse API';
	properties = [{ displayName: 'Token', name: 'token', type: 'string', default: '' }];
	authenticate = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};
	test = { request: { baseURL: 'https://api.notion.com', url: '/scim/v2/Users?count=1' } };
};`;

const workflow = {
	name: 'Ask two vendors',
	nodes: [
		{
			id: 'a',
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			position: [0, 0],
			parameters: {
				httpMethod: 'POST',
				path: 'ask',
				authentication: 'headerAuth',
				responseMode: 'lastNode',
			},
		},
		{
			id: 'b',
			name: 'Lighthouse',
			type: 'n8n-nodes-lighthouse.lighthouse',
			typeVersion: 1,
			position: [200, 0],
			parameters: {},
		},
		request('Known vendor', 'https://api.notion.com/scim/v2/Groups?startIndex=1', 400),
		request('Unknown vendor', 'https://api.elsewhere.example/people', 600),
		request('Unknown vendor without TLS', 'http://api.elsewhere.example/people', 800),
	],
	connections: {
		Webhook: to('Lighthouse'),
		Lighthouse: to('Known vendor'),
		'Known vendor': to('Unknown vendor'),
		'Unknown vendor': to('Unknown vendor without TLS'),
	},
};

let folder: string;
let vendor: Server;
let host: N8nHost;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'host-'));
	vendor = createServer((request, response) => {
		const accepted = request.url?.includes('Groups')
			|| request.headers.authorization === `Bearer ${GOOD_TOKEN}`;
		response.writeHead(accepted ? 200 : 401, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ asked: `${request.method} ${request.url}` }));
	});
	await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
	host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await pack()],
		vendors: { 'api.notion.com': `http://127.0.0.1:${portOf(vendor)}` },
	});
}, 120_000);

afterAll(async () => {
	await host?.stop();
	vendor?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('the pinned n8n', () => {
	it('offers the node of an installed package under the name that saved workflows use', async () => {
		const type = 'n8n-nodes-lighthouse.lighthouse';
		const known = await host.client.nodeTypes([type, 'n8n-nodes-lighthouse.foghorn'].map((name) => ({ name, version: 1 })));
		expect(known.map(({ name }) => name)).toEqual([type]);
	});

	it('tests a credential against the emulated vendor', async () => {
		const right = await lighthouseCredential(GOOD_TOKEN);
		const wrong = await lighthouseCredential('another-token');

		expect((await host.client.testCredential(right.id)).status).toBe('OK');
		expect((await host.client.testCredential(wrong.id)).status).toBe('Error');
	});

	it('lets a workflow reach emulated vendors at their true names, and no one else', async () => {
		const { id } = await host.client.importWorkflow(workflow, {
			credentials: {
				lighthouseApi: await lighthouseCredential(GOOD_TOKEN),
				httpHeaderAuth: await host.client.createCredential({
					type: 'httpHeaderAuth',
					name: 'Webhook key',
					data: { name: 'X-Key', value: 'key-of-this-test' },
				}),
			},
		});
		await host.client.publish(id);

		const refused = await fetch(host.webhookUrl('ask'), { method: 'POST' });
		expect(refused.status).toBe(403);

		const headers = { 'X-Key': 'key-of-this-test' };
		const answered = await fetch(host.webhookUrl('ask'), { method: 'POST', headers });
		expect(answered.status).toBe(200);

		const execution = await host.client.waitForExecution(({ status }) => status === 'success', {
			workflowId: id,
		});
		expect(execution.items('Lighthouse')).toEqual([{ workflowLibrary: 'function' }]);
		expect(execution.items('Known vendor')).toEqual([
			expect.objectContaining({
				statusCode: 200,
				body: { asked: 'GET /scim/v2/Groups?startIndex=1' },
			}),
		]);
		expect(execution.items('Unknown vendor')).toEqual([
			expect.objectContaining({ statusCode: 418 }),
		]);
		expect(execution.items('Unknown vendor without TLS')).toEqual([
			expect.objectContaining({ statusCode: 418 }),
		]);
		expect(await host.proxy.requests('api.elsewhere.example')).toEqual([
			{ host: 'api.elsewhere.example', method: 'GET', path: '/people', status: 418 },
			{ host: 'api.elsewhere.example', method: 'GET', path: '/people', status: 418 },
		]);
	});

	it('says why a workflow cannot be published', async () => {
		const { id } = await host.client.importWorkflow({ ...workflow, nodes: [], connections: {} });

		await expect(host.client.publish(id)).rejects.toThrow(/trigger/i);
	});

	it('comes back at the same address with everything it had after a crash', async () => {
		const executionsBefore = await host.client.executions();
		await host.kill();
		await expect(fetch(host.url)).rejects.toThrow();

		await host.restart();

		expect(await host.client.executions()).toEqual(executionsBefore);
		const headers = { 'X-Key': 'key-of-this-test' };
		const answered = await fetch(host.webhookUrl('ask'), { method: 'POST', headers });
		expect(answered.status).toBe(200);
	}, 120_000);

	it('cannot be reached from another machine, nor can its proxy', async () => {
		const addresses = Object.values(networkInterfaces())
			.flatMap((infos) => infos ?? [])
			.filter(({ internal, family }) => !internal && family === 'IPv4');

		for (const { address } of addresses) {
			expect(await canConnect(address, host.url)).toBe(false);
			expect(await canConnect(address, host.proxy.url)).toBe(false);
		}
	});
});

function request(name: string, url: string, x: number) {
	return {
		id: name,
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.3,
		position: [x, 0],
		parameters: { url, options: { response: { response: { neverError: true, fullResponse: true } } } },
	};
}

function to(node: string) {
	return { main: [[{ node, type: 'main', index: 0 }]] };
}

async function lighthouseCredential(token: string) {
	return await host.client.createCredential({
		type: 'lighthouseApi',
		name: 'Lighthouse',
		data: { token },
	});
}

async function pack(): Promise<string> {
	const source = join(folder, 'package');
	await mkdir(join(source, 'dist'), { recursive: true });
	await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
	await writeFile(join(source, 'dist', 'Lighthouse.node.js'), nodeSource);
	await writeFile(join(source, 'dist', 'LighthouseApi.credentials.js'), credentialSource);
	const tarball = join(folder, 'lighthouse.tgz');
	await promisify(execFile)('tar', ['-czf', tarball, '-C', folder, 'package']);
	return tarball;
}

function portOf(server: Server): number {
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No port was given');
	return address.port;
}

async function canConnect(address: string, url: string): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection(Number(new URL(url).port), address);
		const settle = (connected: boolean) => {
			socket.destroy();
			resolve(connected);
		};
		socket.once('connect', () => settle(true));
		socket.once('error', () => settle(false));
	});
}
