import type { IDataObject } from 'n8n-workflow';

import { NotionScimApi } from '../../../credentials/NotionScimApi.credentials.ts';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { testCredential } from '../runner/testCredential.mts';
import { setUpNotion } from '../support/notionTest.mts';

describe('the Test button of the credential', () => {
	const notion = setUpNotion();
	const press = async (entered: IDataObject = {}) =>
		await testCredential(notion.engine, new NotionScimApi(), {
			token: notion.token,
			baseUrl: notion.sandbox.scimUrl,
			...entered,
		}, new NotionScim());

	test('is green for a token that works, and reads one row', async () => {
		expect(await press()).toEqual({ status: 'OK' });
		expect(notion.sandbox.requests.all().map(({ method, path, query }) => ({ method, path, query })))
			.toEqual([{ method: 'GET', path: '/scim/v2/Users', query: 'startIndex=1&count=1' }]);
	});

	test('is green with white space around the token and a slash behind the base URL', async () => {
		expect(
			await press({ token: ` ${notion.token}\n`, baseUrl: ` ${notion.sandbox.scimUrl}/ ` }),
		).toEqual({ status: 'OK' });
	});

	test('says for 401 what kills a token', async () => {
		notion.sandbox.workspace.revokeToken(notion.token);

		expect(await press()).toEqual({
			status: 'Error',
			message:
				'Notion rejected the token. It stops working when the owner who created it leaves or changes role; have an owner create a new one.',
		});
	});

	test('says for 403 what SCIM needs', async () => {
		notion.sandbox.setSwitches({ invalidTokenStatus: 403 });

		expect(await press({ token: 'another' })).toEqual({
			status: 'Error',
			message:
				'Notion does not allow this token to use SCIM. Check that the workspace is on the Enterprise plan and that an organization owner created the token.',
		});
	});

	test('says for 404 that the base URL is wrong', async () => {
		expect(await press({ baseUrl: `${notion.sandbox.scimUrl}/v3` })).toEqual({
			status: 'Error',
			message: 'There is no SCIM API at this Base URL. Notion\'s is https://api.notion.com/scim/v2.',
		});
	});

	test('says for 429 that the token may be fine', async () => {
		notion.sandbox.faults.add({ fault: { status: 429 } });

		expect(await press()).toEqual({
			status: 'Error',
			message: 'Notion asks to slow down. The token may be fine; test it again in a minute.',
		});
	});

	test('says in sentences that nothing answers, or that no server has the name', async () => {
		const closed = await press({ baseUrl: 'http://127.0.0.1:9/scim/v2' });
		expect(closed).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^Nothing answers at 127\.0\.0\.1:9: the connection was refused \(ECONNREFUSED\)\. Check the Base URL\. Notion's is https:/),
		});
		const unknown = await press({ baseUrl: 'https://api.notion.invalid/scim/v2' });
		expect(unknown).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^n8n cannot find a server with the name api\.notion\.invalid \((ENOTFOUND|EAI_AGAIN)\)\. Check the Base URL\./),
		});
	});

	test('says for a web page that it is not the SCIM API, although it answers', async () => {
		notion.sandbox.faults.add({
			path: '/scim/v2/Users',
			fault: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
		});

		expect(await press()).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('Something answers at this Base URL, but it is not the SCIM API.'),
		});
	});

	test('says for 503 that Notion failed', async () => {
		notion.sandbox.faults.add({ fault: { status: 503 } });

		expect(await press()).toEqual({
			status: 'Error',
			message: 'Notion failed with status 503. The token may be fine; test it again in a minute.',
		});
	});

	test('follows no redirect with the token', async () => {
		notion.sandbox.faults.add({
			path: '/scim/v2/Users',
			fault: { status: 302, headers: { location: `${notion.sandbox.scimUrl}/Groups` } },
		});

		expect(await press()).toMatchObject({ status: 'Error', message: expect.stringContaining('leads on to another address (status 302)') });
		expect(notion.sandbox.requests.count()).toBe(1);
	});
});

describe('an n8n that does not know restricted credentials', () => {
	test('refuses this one in the HTTP Request node when it runs', () => {
		const type = new NotionScimApi();
		const domains = type.properties.find(({ name }) => name === 'allowedHttpRequestDomains');

		expect(domains).toMatchObject({ type: 'hidden', default: 'none' });
	});
});
