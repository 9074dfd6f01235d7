import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { NodeOperationError } from 'n8n-workflow';
import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeConnections,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { callAsTool } from './runner/callAsTool.mts';
import { createNode, Engine } from './runner/engine.mts';
import { toFailure } from './runner/failure.mts';
import { testCredential } from './runner/testCredential.mts';

class LibraryApi implements ICredentialType {
	name = 'libraryApi';
	displayName = 'Library API';
	properties: ICredentialType['properties'] = [
		{ displayName: 'Card', name: 'card', type: 'string', default: '' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Branch', name: 'branch', type: 'string', default: 'main' },
	];
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Card {{$credentials.card}}' } },
	};
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/opening-hours' },
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'The library does not know this card' },
			},
		],
	};
}

type Answer = { body: string; statusCode: number };

/** Borrows a book: 404 is its one error. */
class LibraryNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Library',
		name: 'library',
		group: ['transform'],
		version: [1, 2],
		description: 'Borrows books',
		defaults: { name: 'Library' },
		usableAsTool: true,
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'libraryApi', required: true }],
		properties: [{ displayName: 'Title', name: 'title', type: 'string', default: '', required: true }],
	};

	methods = {
		listSearch: {
			async searchTitles(
				this: ILoadOptionsFunctions,
				filter = '',
				paginationToken = '1',
			): Promise<INodeListSearchResult> {
				const { baseUrl } = await this.getCredentials<{ baseUrl: string }>('libraryApi');
				const answer: Answer = await this.helpers.httpRequestWithAuthentication.call(
					this, 'libraryApi',
					{ url: `${baseUrl}/titles/${filter}`, encoding: 'text', returnFullResponse: true },
				);
				const shelf = String(this.getCurrentNodeParameter('shelf'));
				return {
					results: [{ name: `${answer.body} on ${shelf}`, value: filter }],
					paginationToken: String(Number(paginationToken) + 1),
				};
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const title = String(this.getNodeParameter('title', item));
			const { baseUrl, branch } = await this.getCredentials<IDataObject>('libraryApi');
			const answer: Answer = await this.helpers.httpRequestWithAuthentication.call(
				this, 'libraryApi',
				{
					url: `${String(baseUrl)}/${String(branch)}/${title}`,
					encoding: 'text',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
				},
			);
			if (answer.statusCode === 200) {
				output.push({ json: { borrowed: answer.body }, pairedItem: { item } });
				continue;
			}
			const error = new NodeOperationError(this.getNode(), `There is no book named ${title}`, {
				description: 'Look at the catalogue.',
				itemIndex: item,
			});
			if (!this.continueOnFail()) throw error;
			output.push({ json: {}, error, pairedItem: { item } });
		}
		return [output];
	}
}

const answerRequest = (request: IncomingMessage, response: ServerResponse) => {
	const title = request.url?.split('/').at(-1) ?? '';
	if (request.headers.authorization !== 'Card 4711') response.writeHead(401).end();
	else if (title === 'missing') response.writeHead(404).end();
	else if (title === 'endless') response.flushHeaders();
	else response.end(`${request.url}`);
};

describe('the engine runner', () => {
	let server: Server;
	let credentials: { libraryApi: IDataObject };
	const engine = new Engine({ credentialTypes: [new LibraryApi()] });
	const node = new LibraryNode();
	const parameters = { title: '={{ $json.title }}' };
	const items = [{ title: 'first' }, { title: 'missing' }, { title: 'third' }];

	beforeAll(async () => {
		server = createServer(answerRequest);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('No TCP address');
		credentials = { libraryApi: { card: '4711', baseUrl: `http://127.0.0.1:${address.port}` } };
	});

	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	test('resolves expressions for each item, authenticates, and fills in defaults', async () => {
		const twoBooks = [{ title: 'first' }, { title: 'second' }];
		const run = await engine.runNode({ node, parameters, items: twoBooks, credentials });

		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(run.outputs).toEqual([
			[
				{ json: { borrowed: '/main/first' }, pairedItem: { item: 0 } },
				{ json: { borrowed: '/main/second' }, pairedItem: { item: 1 } },
			],
		]);
	});

	test('stops the workflow at an error, which keeps its texts and its item', async () => {
		const run = await engine.runNode({ node, parameters, items, credentials });

		expect(run.status).toBe('error');
		expect(run.outputs).toEqual([]);
		expect(run.error).toMatchObject({
			name: 'NodeOperationError',
			message: 'There is no book named missing',
			description: 'Look at the catalogue.',
			itemIndex: 1,
		});
	});

	test('keeps failed items among the others under continueRegularOutput', async () => {
		const run = await engine.runNode({
			node, parameters, items, credentials, onError: 'continueRegularOutput',
		});

		expect(run.status).toBe('success');
		expect(run.outputs).toHaveLength(1);
		expect(run.outputs[0]?.map(({ json }) => json)).toEqual([
			{ borrowed: '/main/first' },
			{ error: 'There is no book named missing' },
			{ borrowed: '/main/third' },
		]);
	});

	test('sends failed items out of a second output under continueErrorOutput', async () => {
		const run = await engine.runNode({
			node, parameters, items, credentials, onError: 'continueErrorOutput',
		});

		expect(run.status).toBe('success');
		const [borrowed = [], failed = []] = run.outputs;
		expect(borrowed.map(({ json }) => json['borrowed'])).toEqual(['/main/first', '/main/third']);
		expect(failed).toHaveLength(1);
		const [item] = failed;
		expect(item?.json).toEqual({ error: 'There is no book named missing' });
		expect(item?.pairedItem).toEqual({ item: 1 });
		expect(toFailure(item?.error ?? {})).toMatchObject({
			description: 'Look at the catalogue.',
			itemIndex: 1,
		});
	});

	test('cancels a request in flight', async () => {
		const stop = new AbortController();
		server.once('request', () => stop.abort());

		const run = await engine.runNode({
			node, parameters, credentials,
			items: [{ title: 'endless' }],
			cancelSignal: stop.signal,
		});

		expect(run.status).toBe('canceled');
		expect(run.durationMs).toBeLessThan(5_000);
	});

	test('refuses a node whose required parameter is empty', async () => {
		const run = engine.runNode({ node, parameters: { title: '' }, credentials });

		await expect(run).rejects.toThrow('Parameter "Title" is required');
	});

	test('follows the connections of a workflow, whatever package its types are named after', async () => {
		const library = (name: string, title: string) =>
			createNode(name, 'n8n-nodes-library.library', { typeVersion: 2, parameters: { title } });
		const linkToReturn: INodeConnections = { main: [[{ node: 'Return', type: 'main', index: 0 }]] };

		const run = await engine.with(node).runWorkflow({
			workflow: {
				nodes: [library('Borrow', 'one'), library('Return', '={{ $json.borrowed.length }}')],
				connections: { Borrow: linkToReturn },
			},
			credentials,
		});

		expect(run.runData['Return']?.[0]?.data?.['main']).toEqual([
			[{ json: { borrowed: '/main/9' }, pairedItem: { item: 0 } }],
		]);
	});

	test('calls a list search with what the user typed and what the node holds', async () => {
		const found = await engine.callListSearch({
			node, credentials,
			method: 'searchTitles',
			filter: 'tom',
			paginationToken: '3',
			parameters: { shelf: 'A1' },
		});

		expect(found).toEqual({
			results: [{ name: '/titles/tom on A1', value: 'tom' }],
			paginationToken: '4',
		});
	});

	test('tests a credential with the request of its type', async () => {
		const stolen = { ...credentials.libraryApi, card: '0815' };

		expect(await testCredential(engine, new LibraryApi(), credentials.libraryApi)).toEqual({
			status: 'OK',
		});
		expect(await testCredential(engine, new LibraryApi(), stolen)).toEqual({
			status: 'Error',
			message: 'The library does not know this card',
		});
	});

	test('calls the node as a tool with what a model would fill in', async () => {
		const toolParameters = { title: "={{ $fromAI('title', 'Name of the book', 'string') }}" };
		const call = (title: string) =>
			callAsTool(engine, {
				node, credentials, parameters: toolParameters, arguments: { title },
			});

		expect(await call('first')).toMatchObject({ response: [{ borrowed: '/main/first' }] });
		const refused = await call('missing');
		expect(refused.error?.message).toContain('There is no book named missing');
		expect(refused.error?.message).toContain('Look at the catalogue.');
		expect(refused).not.toHaveProperty('response');
	});
});
