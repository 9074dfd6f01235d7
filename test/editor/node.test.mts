import { addAction, type Editor, EDITOR_TIMEOUT, findNode, startEditor } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

/** As n8n shows them: by resource, each in alphabetical order. */
const ACTIONS = [
	'Add members to a group',
	'Create a group',
	'Create or update a group',
	'Delete a group',
	'Get a group',
	'Get many groups',
	'Remove members from a group',
	'Rename a group',
	'Set the members of a group',
	'Create a user',
	'Create or update a user',
	'Get a user',
	'Get many users',
	'Remove a user from the workspace',
	'Update a user',
	'Get the configuration of a workspace',
];

let editor: Editor;
beforeAll(async () => {
	editor = await startEditor();
	editor.world.sandbox.seedPeople(250);
	// Whoever comes last is on the last page of the list.
	editor.world.sandbox.workspace.addUser({ email: 'zenobia@example.com', name: 'Zenobia Septimia' });
});
afterAll(async () => await editor?.stop());

describe('looking for the node', () => {
	it.each(['Notion SCIM', 'provisioning', 'offboarding'])('finds it with "%s"', async (text) => {
		const entry = await findNode(editor, text, 'Notion SCIM');

		expect(await entry.innerText()).toContain(
			'Provision, update and deprovision people and groups of a Notion workspace',
		);
	});

	it.each(['light', 'dark'] as const)('shows its icon for the %s theme', async (colorScheme) => {
		const { page, picture } = editor;
		await page.emulateMedia({ colorScheme });
		const entry = await findNode(editor, 'provisioning', 'Notion SCIM');
		const icon = entry.locator('img:visible');
		await icon.waitFor();

		expect(await icon.getAttribute('src')).toMatch(
			colorScheme === 'dark' ? /notionScim\.dark\.svg$/ : /notionScim\.svg$/,
		);
		// An image that cannot be loaded has no width of its own.
		expect(await icon.evaluate(async (image: HTMLImageElement) => {
			await image.decode();
			return image.naturalWidth;
		})).toBeGreaterThan(0);
		await picture(`found-${colorScheme}`);
		await page.emulateMedia({ colorScheme: 'light' });
	});

	it('lists its actions', async () => {
		await (await findNode(editor, 'Notion SCIM', 'Notion SCIM')).click();
		const actions = editor.part('item-iterator-item');
		await actions.getByText('Get the configuration of a workspace').waitFor();
		const shown = await actions.allInnerTexts();
		await editor.picture('actions');

		expect(shown.map((text) => text.trim()).filter((text) => ACTIONS.includes(text))).toEqual(ACTIONS);
	});
});

describe('the panel of the node', () => {
	it('has the credential and the parameters of the operation', async () => {
		await addAction(editor, 'Create or update a user');
		const { part, picture } = editor;
		const labels = part('node-parameters').locator('[data-test-id="input-label"]');
		await picture('create-or-update');

		expect(await part('node-credentials-select').locator('input').inputValue()).toBe('Notion SCIM');
		expect(await labels.allInnerTexts()).toEqual([
			'Resource',
			'Operation',
			'Email',
			'Additional Fields',
			'Options',
		]);
	});

	it('shows the items that it got', async () => {
		await addAction(editor, 'Get many users');
		const { part, picture } = editor;
		await part('parameter-input-limit').locator('input').fill('5');
		await part('node-execute-button').click();
		await part('ndv-items-count').filter({ hasText: '5 items' }).waitFor();
		await part('output-panel').locator('[data-test-id="radio-button-table"]').click();
		await picture('get-many');

		expect(await part('output-panel').innerText()).toContain('owner@example.com');
	});

	it('says what is wrong and how to get unstuck', async () => {
		await addAction(editor, 'Remove a user from the workspace');
		const { part, picture } = editor;
		await chooseMode('email');
		await part('rlc-input').fill('ada@example.com');
		await part('node-execute-button').click();
		const message = part('node-error-message');
		await message.waitFor();
		await picture('refused');

		expect(await message.innerText()).toBe('This credential may not remove people. Nothing was done.');
		expect(await part('node-error-description').innerText()).toContain(
			'Use a credential whose Access is Full.',
		);
		expect(editor.world.sandbox.workspace.isMember('ada@example.com')).toBe(true);
	});
});

describe('picking a user', () => {
	beforeEach(async () => await addAction(editor, 'Get a user'));

	it('scrolls through everybody, a page at a time', async () => {
		const { part, picture } = editor;
		const people = part('rlc-item');
		await part('rlc-input').click();
		await people.getByText('Ada Lovelace (ada@example.com)').waitFor();
		await picture('list');
		const last = people.getByText('Zenobia Septimia');
		expect(await last.count()).toBe(0);

		await scrollUntil(async () => (await last.count()) > 0, async () => {
			await people.last().scrollIntoViewIfNeeded();
		});

		expect(await people.count()).toBe(258);
	});

	it('finds somebody of the last page by a part of the name', async () => {
		const { part, picture } = editor;
		await part('rlc-input').click();
		await part('rlc-item').first().waitFor();
		await part('rlc-search').locator('xpath=descendant-or-self::input').fill('septim');
		await part('rlc-item').filter({ hasText: 'Zenobia' }).waitFor();
		await picture('list-search');
		expect(await part('rlc-item').allInnerTexts()).toEqual(['Zenobia Septimia (zenobia@example.com)']);

		await part('rlc-item').click();
		await part('node-execute-button').click();
		await part('ndv-items-count').filter({ hasText: '1 item' }).waitFor();

		expect(await part('output-panel').innerText()).toContain('zenobia@example.com');
	});

	it.each([
		['email', 'zenobia', 'This is not an email address', 'zenobia@example.com'],
		['id', 'zenobia@example.com', 'This is not an ID', '24bd872b-594c-8191-ad2a-0002d5e040a0'],
	])('by %s says what does not look like one', async (mode, wrong, message, right) => {
		const { page, part, picture } = editor;
		await chooseMode(mode);
		await part('rlc-input').fill(wrong);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Escape');
		const issue = part('node-parameters').locator('[data-test-id="parameter-issues"]');
		await issue.hover();
		await page.getByRole('tooltip').filter({ hasText: message }).waitFor();
		await picture(`wrong-${mode}`);

		await part('rlc-input').fill(right);
		await page.keyboard.press('Tab');
		await issue.waitFor({ state: 'detached' });
	});
});

async function chooseMode(mode: string): Promise<void> {
	await editor.part('rlc-mode-selector').click();
	await editor.part(`mode-${mode}`).click();
}

async function scrollUntil(
	isReached: () => Promise<boolean>,
	scroll: () => Promise<void>,
): Promise<void> {
	const deadline = performance.now() + 20_000;
	while (!(await isReached())) {
		if (performance.now() > deadline) throw new Error('The end of the list was not reached');
		await scroll();
	}
}
