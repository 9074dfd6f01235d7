import { poll } from '../../host/poll.mts';
import { everyOperation } from '../host/everyOperation.mts';
import { openWorkflow } from './canvas.mts';
import { addAction, type Editor, EDITOR_TIMEOUT, findNode, openActions, openChoices, openNodeList, startEditor } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

const TRIGGERS = [
	'On group created',
	'On group deleted',
	'On group renamed',
	'On membership changed',
	'On person added',
	'On person changed',
	'On person removed',
	'On role raised',
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
	beforeAll(async () => await openNodeList(editor));

	it.each([
		'Notion SCIM', 'provisioning', 'license', 'lock', 'remove user', 'directory sync', 'offboard', 'invite',
	])('finds it with "%s"', async (text) => {
		const entry = await findNode(editor, text, 'Notion SCIM');

		// n8n shows a node and its trigger as one entry, with the description of the trigger.
		expect(await entry.innerText()).toContain('Starts the workflow when people, roles or groups of a Notion workspace change');
	});

	it.each([
		['dark', 'notionScim.dark.svg'],
		['light', 'notionScim.svg'],
	] as const)('shows its icon for the %s theme, which fills its square', async (colorScheme, file) => {
		const { page, picture } = editor;
		await page.emulateMedia({ colorScheme });
		const entry = await findNode(editor, 'provisioning', 'Notion SCIM');
		const icon = entry.locator(`img[src$="/${file}"]`).filter({ visible: true });
		await icon.waitFor();

		// An image that cannot be loaded fails to decode.
		await icon.evaluate(async (image: HTMLImageElement) => await image.decode());
		await picture(`found-${colorScheme}`);
		const { width, height } = await icon.evaluate(paintedPart);
		expect(Math.max(width, height)).toBeGreaterThan(0.97);
		expect(Math.min(width, height)).toBeGreaterThan(0.9);
	});

	it('lists its actions', async () => {
		const { part, picture } = editor;
		await openActions(editor);
		await part('item-iterator-item').getByText('Get the configuration of a workspace').waitFor();
		// The entry that was clicked stays for as long as the list slides away.
		await part('node-creator-item-description').waitFor({ state: 'detached' });
		const shown = await part('node-creator-item-name').allInnerTexts();
		await picture('actions');

		expect(shown.map((text) => text.trim())).toEqual([
			...TRIGGERS,
			...everyOperation.map(({ action }) => action),
		]);
	});
});

describe('the panel of the node', () => {
	beforeAll(async () => await addAction(editor, 'Create or update a user'));

	it('has the credential that was made, and the optional fields of the action', async () => {
		const { part, picture } = editor;
		await picture('create-or-update');

		expect(await part('node-credentials-select').locator('input').inputValue()).toBe('Notion SCIM');
		const parameters = await part('node-parameters').innerText();
		expect(parameters).toContain('Additional Fields');
		expect(parameters).toContain('Options');
	});

	it('offers no "Custom API Call": the HTTP Request node may not use the credential', async () => {
		const { part, page } = editor;
		await part('parameter-input-resource').click();
		expect(await openChoices(editor)).toEqual([
			'Access Review', 'Audit', 'Directory', 'Group', 'License', 'Lifecycle', 'User', 'Workspace',
		]);
		await page.keyboard.press('Escape');
	});

	it('shows the items that it got', async () => {
		await chooseOperation('Get Many');
		const { part, picture } = editor;
		await part('parameter-input-limit').locator('input').fill('5');
		await part('node-execute-button').click();
		await part('ndv-items-count').filter({ hasText: '5 items' }).waitFor();
		await part('output-panel').locator('[data-test-id="radio-button-table"]').click();
		await part('output-panel').getByText('kenji@example.com').waitFor();
		await picture('get-many');
	});

	it('says what is wrong and how to get unstuck', async () => {
		await chooseOperation('Remove From Workspace');
		const { part, picture } = editor;
		await chooseMode('email');
		await part('rlc-input').fill('ada@example.com');
		// What was typed reaches the node a moment later, and till then it lacks a user.
		await part('node-issues').waitFor({ state: 'detached' });
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

	it('names both credentials of Lock Down, and explains it with a link', async () => {
		await chooseOperation('Lock Down');
		const { page, part, picture } = editor;
		await part('node-parameters').getByText('A person who is gone already is a success').waitFor();
		await picture('lock-down');

		expect(await page.getByText('Notion SCIM Credential', { exact: true }).isVisible()).toBe(true);
		expect(await page.getByText('Notion Admin API Credential (Optional)', { exact: true }).isVisible()).toBe(true);
		expect(await part('node-parameters').getByText('Learn more').getAttribute('href')).toMatch(/docs\/node\.md#lock-down$/);
	});

	it('scrolls through everyone, a page at a time', async () => {
		await chooseOperation('Get');
		const { part, picture } = editor;
		await chooseMode('list');
		const people = part('rlc-item');
		await part('rlc-input').click();
		await people.getByText('Ada Lovelace (ada@example.com)').waitFor();
		await picture('list');
		const last = people.getByText('Zenobia Septimia');
		expect(await last.count()).toBe(0);

		await poll(
			async () => {
				await people.last().scrollIntoViewIfNeeded();
				return (await last.count()) > 0 ? true : undefined;
			},
			'the end of the list',
			20_000,
		);

		expect(await people.count()).toBe(258);
		await last.click();
	});

	it('finds a person of the last page by a part of the name', async () => {
		await chooseOperation('Get');
		const { part, picture } = editor;
		await chooseMode('list');
		await part('rlc-input').click();
		await part('rlc-search').locator('xpath=descendant-or-self::input').fill('septim');
		await poll(
			async () => ((await part('rlc-item').count()) === 1 ? true : undefined),
			'the only match',
			20_000,
		);
		await picture('list-search');
		expect(await part('rlc-item').innerText()).toBe('Zenobia Septimia (zenobia@example.com)');

		await part('rlc-item').click();
		await part('node-execute-button').click();
		await part('output-panel').getByText('zenobia@example.com').waitFor();
	});
});

describe('the node behind it', () => {
	it('can map the fields that come out before anything has run', async () => {
		const { page, part, picture, world } = editor;
		const node = (name: string, type: string, x: number, parameters: object = {}) => ({
			id: name, name, type, typeVersion: 1, position: [x, 0], parameters,
		});
		const { id } = await world.host.client.importWorkflow({
			name: 'Nothing has run',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 0),
				node('Lock down', 'n8n-nodes-notion-scim.notionScim', 220, { resource: 'user', operation: 'lockDown' }),
				node('Remember', 'n8n-nodes-base.noOp', 440),
			],
			connections: {
				Start: { main: [[{ node: 'Lock down', type: 'main', index: 0 }]] },
				'Lock down': { main: [[{ node: 'Remember', type: 'main', index: 0 }]] },
			},
		});
		await openWorkflow(page, world.host, id);
		await part('canvas-node').filter({ hasText: 'Remember' }).dblclick();
		const fields = part('ndv-input-panel');
		await fields.getByText('removedAt', { exact: true }).first().waitFor();
		await picture('fields-before-the-first-run');

		for (const name of ['outcome', 'verified', 'userId', 'record']) {
			expect(await fields.getByText(name, { exact: true }).first().isVisible()).toBe(true);
		}
	});
});

/** How much of its square an image paints, from 0 to 1 in each direction. Runs in the browser. */
function paintedPart(image: HTMLImageElement): { width: number; height: number } {
	const size = 200;
	const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
	const context = canvas.getContext('2d');
	if (!context) throw new Error('The browser draws nothing');
	context.drawImage(image, 0, 0, size, size);
	const { data } = context.getImageData(0, 0, size, size);
	const painted = Array.from({ length: size * size }, (_value, pixel) => pixel).filter((pixel) => (data[pixel * 4 + 3] ?? 0) > 20);
	const span = (values: number[]): number => (values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b)) + 1) / size;
	return { width: span(painted.map((pixel) => pixel % size)), height: span(painted.map((pixel) => Math.floor(pixel / size))) };
}

async function chooseOperation(name: string): Promise<void> {
	const { page, part } = editor;
	const operation = part('parameter-input-operation');
	if ((await operation.locator('input').inputValue()) === name) return;
	await operation.click();
	await page
		.getByRole('option')
		.filter({ has: page.getByText(name, { exact: true }), visible: true })
		.click();
}

async function chooseMode(mode: string): Promise<void> {
	await editor.part('rlc-mode-selector').click();
	await editor.part(`mode-${mode}`).click();
}
