import { createServer, type Server } from 'node:http';
import { z } from 'zod';

import { withoutSecrets } from '../../../setup/src/cli/io.mts';
import { N8nApi } from '../../../setup/src/n8n/n8nApi.mts';
import { connectionProblem } from '../../../setup/src/n8n/n8nError.mts';
import { tagSchema } from '../../../setup/src/n8n/schemas.mts';
import { problemOfScopes, scopesOfKey } from '../../../setup/src/n8n/scopes.mts';
import { installPackage } from '../../../setup/src/run/installPackage.mts';

type Answer = (path: string) => { status: number; body: unknown };

const A = { id: 'a', name: 'A' };
const B = { id: 'b', name: 'B' };

const servers: Server[] = [];

async function apiThat(answer: Answer): Promise<N8nApi> {
	const started = createServer((request, response) => {
		const { status, body } = answer(request.url ?? '');
		response.writeHead(status, { 'Content-Type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
	});
	servers.push(started);
	await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
	const address = z.object({ port: z.number() }).parse(started.address());
	return new N8nApi(`http://127.0.0.1:${address.port}`, 'the-key');
}

afterEach(() => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

describe('an n8n that installs no package', () => {
	// What n8n 2.41 says, from its community-packages service.
	it.each([
		['Installation of unverified community packages is forbidden!', 'It installs only packages that n8n has verified (N8N_UNVERIFIED_PACKAGES_ENABLED is false).'],
		['Community packages are managed via environment variables on this instance and cannot be modified through the API.', 'Its settings allow no change of packages'],
		['Error loading package "n8n-nodes-x" :Package version does not exist', 'It did not find the package in its registry of npm packages.'],
	])('is understood when it says %j', async (message, meaning) => {
		const api = await apiThat(() => ({ status: 400, body: { message } }));
		const failure = installPackage(api, 'n8n-nodes-x');
		await expect(failure).rejects.toThrow(`n8n did not install it itself. ${meaning}`);
		await expect(failure).rejects.toThrow('Settings → Community nodes → Install, and enter n8n-nodes-x');
	});

	it('for a package that does not load names the cause, and not the files of n8n', async () => {
		const message = 'The package could not be loaded\nCause: Cannot find module x.js\nRequire stack:\n- /n8n/loader.js';
		const failure = installPackage(await apiThat(() => ({ status: 500, body: { message } })), 'n8n-nodes-x');
		await expect(failure).rejects.toThrow('Cause: Cannot find module x.js');
		await expect(failure).rejects.not.toThrow('loader.js');
	});
});

describe('an n8n that cannot be used', () => {
	it('that does not run', async () => {
		await expect(scopesOfKey(new N8nApi('http://127.0.0.1:1', 'the-key'))).rejects.toThrow(/failed|Nothing answers/);
		expect(connectionProblem('http://x', 'ECONNREFUSED')).toContain('Check that n8n runs');
		expect(connectionProblem('https://x', 'SELF_SIGNED_CERT_IN_CHAIN')).toContain('NODE_EXTRA_CA_CERTS');
	});

	it('that does not take the key', async () => {
		const api = await apiThat(() => ({ status: 401, body: { message: 'unauthorized' } }));
		await expect(scopesOfKey(api)).rejects.toThrow('n8n does not accept the API key. Make a new one');
	});

	it('that is another server', async () => {
		const api = await apiThat(() => ({ status: 200, body: '<html>' }));
		await expect(scopesOfKey(api)).rejects.toThrow(/There is no API of n8n at http.*without a path/);
	});

	it('that is too old', async () => {
		const api = await apiThat((path) => (path.includes('limit') ? { status: 200, body: { data: [] } } : { status: 405, body: { message: 'POST method not allowed' } }));
		await expect(scopesOfKey(api)).rejects.toThrow(/is too old.*Update it to 2.41/);
	});

	it('whose key may too little', () => {
		const purpose = { removes: false, updatesCredentials: false, removesTables: false };
		expect(problemOfScopes(new Set(['workflow:list']), purpose)).toMatch(/^The API key lacks credential:create, .*workflow:update\. In n8n, open Settings/);
		expect(problemOfScopes(new Set(), { ...purpose, removes: true })).toContain('workflow:delete');
	});
});

describe('the API', () => {
	it('gives all pages of a list', async () => {
		const api = await apiThat((path) => ({ status: 200, body: path.includes('cursor=2') ? { data: [B], nextCursor: null } : { data: [A], nextCursor: '2' } }));
		expect(await api.list(tagSchema, '/things')).toEqual([A, B]);
	});

	it('tells what is missing from what failed', async () => {
		const api = await apiThat(() => ({ status: 404, body: { message: 'not found' } }));
		expect(await api.find(tagSchema, '/credentials/x')).toBeUndefined();
		const failing = await apiThat(() => ({ status: 500, body: { message: 'broken' } }));
		await expect(failing.find(tagSchema, '/credentials/x')).rejects.toThrow('n8n answered 500 to GET /credentials/x: broken');
	});
});

describe('the output', () => {
	it('has no secret in it, whatever is said', () => {
		const said: string[] = [];
		const say = withoutSecrets((text) => said.push(text), () => ['topsecret', undefined, 'x']);
		say('n8n said: topsecret is wrong, next');
		expect(said).toEqual(['n8n said: ••• is wrong, next']);
	});
});
