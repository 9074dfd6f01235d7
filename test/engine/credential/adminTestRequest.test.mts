import type { IDataObject } from 'n8n-workflow';

import { NotionAdminApi } from '../../../credentials/NotionAdminApi.credentials.ts';
import { ADMIN_API_VERSION } from '../../../lib/admin/adminAccess.ts';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { startSandbox } from '../../../sandbox/server.mts';
import type { Sandbox } from '../../../sandbox/server.mts';
import { Engine } from '../runner/engine.mts';
import { testCredential } from '../runner/testCredential.mts';

describe('the Test button of the Admin API credential', () => {
	const engine = new Engine({ credentialTypes: [new NotionAdminApi()] });
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	beforeEach(() => {
		sandbox.reset();
	});
	afterAll(async () => {
		await sandbox.close();
	});

	const press = async (entered: IDataObject = {}) =>
		await testCredential(engine, new NotionAdminApi(), {
			token: sandbox.adminToken,
			baseUrl: sandbox.adminUrl,
			...entered,
		}, new NotionScim());

	test('is green for a token that works, and reads one workspace', async () => {
		expect(await press()).toEqual({ status: 'OK' });
		expect(
			sandbox.adminRequests.all().map(({ method, path, query }) => ({ method, path, query })),
		).toEqual([{ method: 'GET', path: '/admin/v1/spaces', query: 'page_size=1' }]);
		expect(sandbox.requests.count()).toBe(0);
	});

	test('is green with white space around the token and a slash behind the base URL', async () => {
		expect(
			await press({ token: ` ${sandbox.adminToken}\n`, baseUrl: ` ${sandbox.adminUrl}/ ` }),
		).toEqual({ status: 'OK' });
	});

	test('says for 401 which token it must be, also for a SCIM token', async () => {
		for (const token of ['another', sandbox.token]) {
			expect(await press({ token })).toEqual({
				status: 'Error',
				message:
					'Notion rejected the token. It must be an organization-level admin API token; a SCIM token or the token of a connection does not work.',
			});
		}
	});

	test('says for 403 which scope is missing', async () => {
		const token = sandbox.adminTokens.add(['managed-user-session:write']);

		expect(await press({ token })).toEqual({
			status: 'Error',
			message:
				'The token may not list workspaces. Give it the scope workspace:read and the others that the documentation lists.',
		});
	});

	test('says for 404 that the base URL is wrong', async () => {
		expect(await press({ baseUrl: `${sandbox.adminUrl}/v3` })).toEqual({
			status: 'Error',
			message: 'There is no Admin API at this Base URL. Notion\'s is https://api.notion.com/admin.',
		});
	});

	test('says for 429 that the token may be fine', async () => {
		sandbox.faults.add({ path: '^/admin/', fault: { status: 429 } });

		expect(await press()).toEqual({
			status: 'Error',
			message: 'Notion asks to slow down. The token may be fine; test it again in a minute.',
		});
	});

	test('follows no redirect with the token', async () => {
		sandbox.faults.add({
			path: '/admin/v1/spaces',
			fault: { status: 302, headers: { location: `${sandbox.adminUrl}/v1/elsewhere` } },
		});

		expect(await press()).toMatchObject({ status: 'Error' });
		expect(sandbox.adminRequests.count()).toBe(1);
	});
});

describe('the Admin API credential', () => {
	const type = new NotionAdminApi();

	test('names the version that the client is written for', async () => {
		const credential = { token: 'secret', baseUrl: 'https://api.notion.com/admin' };
		const { headers } = await type.authenticate(credential, { url: '/v1/spaces' });

		expect(headers).toMatchObject({ 'Notion-Version': ADMIN_API_VERSION });
	});

	test('is refused in the HTTP Request node, also by an n8n that does not know restricted credentials', () => {
		expect(type.restrictToSupportedNodes).toBe(true);
		expect(type.httpRequestNode.hidden).toBe(true);
		expect(type.properties).toContainEqual(
			expect.objectContaining({
				name: 'allowedHttpRequestDomains',
				type: 'hidden',
				default: 'none',
			}),
		);
	});

	test('hides its token', () => {
		expect(type.properties.find(({ name }) => name === 'token')).toMatchObject({
			typeOptions: { password: true },
			default: '',
		});
	});
});
