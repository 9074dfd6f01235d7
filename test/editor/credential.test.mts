import { type Editor, EDITOR_TIMEOUT, findNode, openChoices, startEditor } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

let editor: Editor;
beforeAll(async () => {
	editor = await startEditor();
});
afterAll(async () => await editor?.stop());

describe('the credential', () => {
	it('is found when making one, and tested when it is saved', async () => {
		const { page, part, picture, world } = editor;
		await page.goto(`${world.host.url}/home/credentials/create`);
		await part('new-credential-type-select').click();
		await page.keyboard.type('Notion SCIM');
		await page.getByRole('option', { name: 'Notion SCIM API' }).click();
		await part('new-credential-type-button').click();
		const token = part('parameter-input-token').locator('input');
		await token.fill('revoked');
		await picture('credential');

		await part('credential-save-button').click();
		const dialog = part('credential-edit-dialog');
		await dialog.getByText('More details').click();
		await dialog.getByText('Notion rejected the token.').filter({ visible: true }).first().waitFor();
		await picture('credential-rejected');

		await token.fill(world.sandbox.token);
		const address = part('parameter-input-baseUrl').locator('input');
		for (const [wrong, words] of [
			['http://127.0.0.1:9/scim/v2', 'Nothing answers at 127.0.0.1:9: the connection was refused'],
			[`${world.sandbox.scimUrl}/v3`, 'There is no SCIM API at this Base URL.'],
		] as const) {
			await address.fill(wrong);
			await part('credential-save-button').click();
			await dialog.getByText(words).filter({ visible: true }).first().waitFor();
		}
		await picture('credential-wrong-address');

		await address.fill(world.sandbox.scimUrl);
		await part('credential-save-button').click();
		await part('credentials-config-container-test-success').filter({ visible: true }).waitFor();
		await picture('credential-accepted');
	});
});

describe('the HTTP Request node', () => {
	it('does not offer the credential, with which it would pass by every guard', async () => {
		const { page, part, picture } = editor;
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
