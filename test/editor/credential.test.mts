import { type Editor, EDITOR_TIMEOUT, findNode, openChoices, openNodeList, startEditor } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

/** What a person enters, what the server then does, and the words that the form must say. */
interface Failure {
	what: string;
	/** By the name of the field; all others are right. */
	entered?: Record<string, string>;
	/** With what every request is answered, or how it fails. */
	fault?: Parameters<Editor['world']['sandbox']['faults']['add']>[0]['fault'];
	says: string;
}

/** Longer than the 20 seconds that the test of a credential waits. */
const SLOW = 30_000;
const NOTHING_LISTENS = 'http://127.0.0.1:9';

const ofBoth = ({ path, usual, api }: { path: string; usual: string; api: string }): Failure[] => [
	{ what: 'a token with white space', entered: { token: 'two words' }, says: 'has white space in it. Paste the complete token into the credential again, without line breaks.' },
	{ what: 'a refused connection', entered: { baseUrl: `${NOTHING_LISTENS}${path}` }, says: `Nothing answers at 127.0.0.1:9: the connection was refused (ECONNREFUSED). Check the Base URL. Notion's is ${usual}.` },
	{ what: 'an address without the API', entered: { baseUrl: 'SANDBOX/nowhere' }, says: `There is no ${api} at this Base URL. Notion's is ${usual}.` },
	{ what: 'no address', entered: { baseUrl: 'api.notion.com' }, says: `The Base URL of the credential is not a web address. Notion's is ${usual}.` },
	{ what: 'an address without encryption', entered: { baseUrl: `http://api.notion.com${path}` }, says: 'The Base URL begins with http, which would send the token unencrypted. Use https.' },
	{ what: 'a server without TLS', entered: { baseUrl: `SANDBOX_TLS${path}` }, says: 'or it speaks no TLS (EPROTO). Check the Base URL.' },
	{ what: 'a web page', fault: { status: 200, body: '<html>Sign in</html>' }, says: `Something answers at this Base URL, but it is not the ${api}.` },
	{ what: 'a redirect', fault: { status: 302, body: '', headers: { location: 'https://other.example/' } }, says: 'This Base URL leads on to another address (status 302), and the token is not sent there.' },
	{ what: 'a proxy that wants a sign-in', fault: { status: 407, body: '' }, says: 'The proxy between n8n and Notion wants a sign-in. Set it up in the environment of n8n.' },
	{ what: 'a request to slow down', fault: { status: 429, body: '' }, says: 'Notion asks to slow down. The token may be fine; test it again in a minute.' },
	{ what: 'a failure of Notion', fault: { status: 503, body: '' }, says: 'Notion failed with status 503. The token may be fine; test it again in a minute.' },
	{ what: 'a connection that is cut', fault: { cutConnection: 'before' }, says: 'cut the connection (ECONNRESET). Check the Base URL.' },
	{ what: 'no answer in time', fault: { delayMs: SLOW }, says: 'did not answer in time (ECONNABORTED). Check the Base URL.' },
];

const FORMS = [
	{
		type: 'Notion SCIM API',
		path: '/scim/v2',
		failures: [
			{ what: 'a wrong token', entered: { token: 'revoked' }, says: 'Notion rejected the token. It stops working when the owner who created it leaves or changes role; have an owner create a new one.' },
			{ what: 'no Enterprise plan', fault: { status: 403, body: '' }, says: 'Notion does not allow this token to use SCIM. Check that the workspace is on the Enterprise plan and that an organization owner created the token.' },
			{ what: 'a guard that cannot be read', entered: { ownedDomains: 'example.com, company' }, says: 'Owned Domains of the credential has "company" in it, which is not an email domain. Correct the field in the credential' },
			{ what: 'a protected person who cannot be read', entered: { protectedEmails: 'ceo' }, says: 'Protected Emails of the credential has "ceo" in it, which is not an email address of a person. Correct the field in the credential' },
			{ what: 'a token creator who cannot be read', entered: { tokenCreatorEmail: 'owner' }, says: 'Token Creator Email of the credential has "owner" in it, which is not an email address of a person. Correct the field in the credential' },
			...ofBoth({ path: '/scim/v2', usual: 'https://api.notion.com/scim/v2', api: 'SCIM API' }),
		] satisfies Failure[],
	},
	{
		type: 'Notion Admin API',
		path: '/admin',
		failures: [
			{ what: 'a wrong token', entered: { token: 'revoked' }, says: 'Notion rejected the token. It must be an organization-level admin API token; a SCIM token or the token of a connection does not work.' },
			{ what: 'a SCIM token', entered: { token: 'SCIM_TOKEN' }, says: 'a SCIM token or the token of a connection does not work.' },
			{ what: 'a missing scope', entered: { token: 'LIMITED_TOKEN' }, says: 'The token may not list workspaces. Give it the scope workspace:read and the others that the documentation lists.' },
			...ofBoth({ path: '/admin', usual: 'https://api.notion.com/admin', api: 'Admin API' }),
		] satisfies Failure[],
	},
];

let editor: Editor;
beforeAll(async () => {
	editor = await startEditor();
});
afterAll(async () => await editor?.stop());

describe.each(FORMS)('the form of a credential, $type', ({ type, path, failures }) => {
	let right: Record<string, string>;
	let tries = 0;

	it('is found when making one', async () => {
		const { page, part, picture, world } = editor;
		const { sandbox } = world;
		right = { token: path === '/admin' ? sandbox.adminToken : sandbox.token, baseUrl: `${sandbox.url}${path}` };
		await page.goto(`${world.host.url}/home/credentials/create`);
		await part('new-credential-type-select').click();
		await page.keyboard.type(type);
		await page.getByRole('option', { name: type, exact: true }).click();
		await part('new-credential-type-button').click();
		await part('parameter-input-token').waitFor();
		// n8n names the credential a moment later, and refuses to save it until then.
		await part('credential-name').filter({ hasText: 'account' }).waitFor();
		await picture(`credential${path.replaceAll('/', '-')}`);
	});

	it.each(failures)('says what to do about $what', async ({ what, entered = {}, fault, says }: Failure) => {
		const { page, part, picture, world } = editor;
		const { sandbox } = world;
		sandbox.faults.clear();
		if (fault) sandbox.faults.add({ path: path === '/admin' ? 'spaces' : 'Users', fault });
		const filled = Object.fromEntries(Object.entries(entered).map(([name, value]) => [name, spelledOut(value)]));
		await fillIn({ ...rightAndNew(), ...blanks(), ...filled });

		await part('credential-save-button').click();
		const dialog = part('credential-edit-dialog');
		const details = dialog.getByText('More details').filter({ visible: true });
		const message = dialog.getByText(says).filter({ visible: true }).first();
		await details.or(message).first().waitFor({ timeout: SLOW + 10_000 });
		if (!(await message.isVisible())) await details.click();
		await message.waitFor();
		await picture(`credential${path.replaceAll('/', '-')}-${what.replaceAll(' ', '-')}`);

		expect(await dialog.innerText()).not.toContain(right['token']);
		await page.mouse.move(0, 0);
	});

	it('is accepted with what is right', async () => {
		const { part, picture, world } = editor;
		world.sandbox.faults.clear();
		await fillIn({ ...rightAndNew(), ...blanks() });
		await part('credential-save-button').click();
		await part('credentials-config-container-test-success').filter({ visible: true }).waitFor();
		await picture(`credential${path.replaceAll('/', '-')}-accepted`);
	});

	/** n8n tests only what was changed, and a slash behind the address changes nothing else. */
	function rightAndNew(): Record<string, string> {
		tries += 1;
		return { ...right, baseUrl: `${right['baseUrl']}${'/'.repeat(tries % 2)}` };
	}

	/** The fields that stay empty unless a failure is about them. */
	function blanks(): Record<string, string> {
		const names = failures.flatMap((failure: Failure) => Object.keys(failure.entered ?? {}));
		return Object.fromEntries(names.filter((name) => !(name in right)).map((name) => [name, '']));
	}
});

describe('a credential that may only read', () => {
	it('stops an operation that writes, in a sentence', async () => {
		const { page, part, picture, world } = editor;
		const { host, sandbox } = world;
		const notionScimApi = await host.client.createCredential({
			type: 'notionScimApi',
			name: 'Read only',
			data: { token: sandbox.token, access: 'readOnly' },
		});
		const create = { resource: 'group', operation: 'create', displayName: 'Platform' };
		const { id } = await host.client.importWorkflow(
			{
				name: 'Reads only',
				nodes: [
					{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
					{ id: '2', name: 'Create', type: 'n8n-nodes-notion-scim.notionScim', typeVersion: 1, position: [220, 0], parameters: create },
				],
				connections: { Start: { main: [[{ node: 'Create', type: 'main', index: 0 }]] } },
			},
			{ credentials: { notionScimApi } },
		);
		await page.goto(`${host.url}/workflow/${id}`);
		await part('canvas-node').filter({ hasText: 'Create' }).dblclick();
		await part('node-execute-button').click();
		const message = part('node-error-message');
		await message.waitFor();
		await picture('read-only');

		expect(await message.innerText()).toBe('This credential may only read. Nothing was written.');
		expect(await part('node-error-description').innerText()).toContain('Use a credential whose Access is');
	});
});

describe('the HTTP Request node', () => {
	it('does not offer the credential, with which it would pass by every guard', async () => {
		const { page, part, picture } = editor;
		await openNodeList(editor);
		await (await findNode(editor, 'HTTP Request', 'HTTP Request')).click();
		await part('parameter-input-authentication').click();
		await page.getByRole('option', { name: 'Predefined Credential Type' }).click();
		await part('credential-select').click();
		await page.keyboard.type('Notion');
		await page.getByRole('option', { name: 'Notion API' }).waitFor();
		const offered = await openChoices(editor);
		await picture('http-request');

		expect(offered).toEqual(['Notion API', 'Notion OAuth2 API']);
	});
});

/** What is only known once the sandbox runs. */
function spelledOut(value: string): string {
	const { sandbox } = editor.world;
	return value
		.replace('SANDBOX_TLS', sandbox.url.replace('http:', 'https:'))
		.replace('SANDBOX', sandbox.url)
		.replace('SCIM_TOKEN', sandbox.token)
		.replace('LIMITED_TOKEN', () => sandbox.adminTokens.add(['user:read']));
}

async function fillIn(values: Record<string, string>): Promise<void> {
	for (const [name, value] of Object.entries(values)) {
		await editor.part(`parameter-input-${name}`).locator('input, textarea').first().fill(value);
	}
}
