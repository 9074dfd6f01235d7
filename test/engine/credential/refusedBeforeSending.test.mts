import dns from 'node:dns';

import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { NotionAdminApi } from '../../../credentials/NotionAdminApi.credentials.ts';
import { NotionScimApi } from '../../../credentials/NotionScimApi.credentials.ts';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { testCredential } from '../runner/testCredential.mts';
import { byEmail, failureOf, onlyItem, setUpNotion } from '../support/notionTest.mts';

const PUBLIC_HOST = 'notion-proxy.example';

const { lookup } = dns;

/** Lets a name of the internet lead to the sandbox, as a public host that answers plain http. */
const resolveToSandbox = (name: string): void => {
	jest.spyOn(dns, 'lookup').mockImplementation((host: string, ...rest: unknown[]) => {
		Reflect.apply(lookup, dns, [host === name ? '127.0.0.1' : host, ...rest]);
	});
};

describe('a token that would travel in clear, or to nowhere,', () => {
	const notion = setUpNotion();
	beforeEach(() => resolveToSandbox(PUBLIC_HOST));
	afterEach(() => jest.restoreAllMocks());

	const types: Array<[string, ICredentialType, () => { token: string; url: string }]> = [
		['Notion SCIM API', new NotionScimApi(), () => ({ token: notion.token, url: notion.sandbox.scimUrl })],
		[
			'Notion Admin API',
			new NotionAdminApi(),
			() => ({ token: notion.sandbox.adminToken, url: notion.sandbox.adminUrl }),
		],
	];
	const sent = (): number => notion.sandbox.requests.count() + notion.sandbox.adminRequests.count();

	/** Why the node refuses a credential; with the Admin API, why nothing was revoked. */
	const refusalOfNode = async (type: ICredentialType, entered: IDataObject): Promise<string> => {
		if (type.name === 'notionScimApi') {
			const run = await notion.run('user.get', {
				parameters: { user: byEmail('ada@example.com') },
				credential: entered,
			});
			const { message, description } = failureOf(run);
			return `${message} ${description}`;
		}
		const run = await notion.run('user.lockDown', {
			parameters: { user: byEmail('ada@example.com'), reason: 'Test' },
			withAdminApi: true,
			adminCredential: entered,
		});
		return JSON.stringify(onlyItem(run)['record']);
	};

	const press = async (type: ICredentialType, entered: IDataObject) =>
		await testCredential(notion.engine, type, entered, new NotionScim());

	const urls: Array<[string, (url: string) => string, string]> = [
		[
			'plain http to a public host',
			(url) => url.replace('127.0.0.1', PUBLIC_HOST),
			'The Base URL begins with http, which would send the token unencrypted. Use https.',
		],
		['a query', (url) => `${url}?version=2`, 'more in it than an address: a query, a fragment or a user name'],
		['a query that is empty', (url) => `${url}?`, 'more in it than an address'],
		['a fragment', (url) => `${url}#x`, 'more in it than an address'],
		['a user name', (url) => url.replace('http://', 'http://ada@'), 'more in it than an address'],
		['another protocol', (url) => url.replace('http:', 'ftp:'), 'is not a web address'],
		['no protocol', (url) => url.replace('http://', ''), 'is not a web address'],
	];

	describe.each(types)('with the credential %s', (_name, type, own) => {
		test.each(urls)('is not sent by the test with %s, as it is not by the node', async (_what, change, words) => {
			const { token, url } = own();
			const entered = { token, baseUrl: change(url) };

			const result = await press(type, entered);
			expect(result).toMatchObject({ status: 'Error', message: expect.stringContaining(words) });
			expect(sent()).toBe(0);

			const [said = ''] = 'message' in result ? result.message.split(/(?<=\.) (?=[A-Z])/) : [];
			expect(await refusalOfNode(type, entered)).toContain(said);
			expect(notion.sandbox.adminRequests.count()).toBe(0);
		});

		test.each([
			['white space inside', (token: string) => `${token.slice(0, 4)} ${token.slice(4)}`, 'has white space in it'],
			['a new line inside', (token: string) => `${token.slice(0, 4)}\n${token.slice(4)}`, 'has white space in it'],
			['nothing', () => ' ', 'The credential has no '],
		])('is not sent with %s', async (_what, change, words) => {
			const { token, url } = own();
			const entered = { token: change(token), baseUrl: url };

			const result = await press(type, entered);
			expect(result).toMatchObject({ status: 'Error', message: expect.stringContaining(words) });
			expect(JSON.stringify(result)).not.toContain(token.slice(4));
			expect(sent()).toBe(0);
			expect(await refusalOfNode(type, entered)).toContain(words);
		});

		test('is sent to a private name, so a public one would have been reached', async () => {
			jest.restoreAllMocks();
			resolveToSandbox('sandbox.internal');
			const { token, url } = own();

			expect(await press(type, { token, baseUrl: url.replace('127.0.0.1', 'sandbox.internal') })).toEqual({
				status: 'OK',
			});
			expect(sent()).toBe(1);
		});
	});
});
