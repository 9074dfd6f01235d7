import { everyOperation, TYPED } from '../host/everyOperation.mts';
import { type Editor, EDITOR_TIMEOUT, findNode, startEditor } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

/** Half of the time that it takes to add a node is spent on things that slide into their place. */
const STILL = '*, *::before, *::after { transition: none !important; animation: none !important; }';

/** What the panel of a node shows, from top to bottom. */
interface Panel {
	/** Test ids of the credentials and the parameters. */
	order: string[];
	/** The words above a field, and the example in it, by the name of its parameter. */
	fields: Record<string, { label: string; example: string }>;
}

let editor: Editor;
beforeAll(async () => {
	editor = await startEditor();
	const { page, part, world } = editor;
	const start = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
	const { id } = await world.host.client.importWorkflow({ name: 'Every operation', nodes: [start], connections: {} });
	await page.goto(`${world.host.url}/workflow/${id}`);
	await part('canvas-node').waitFor();
	// Until n8n knows the trigger, it offers no actions.
	await part('execute-workflow-button').waitFor();
	await page.addStyleTag({ content: STILL });
});
afterAll(async () => await editor?.stop());

afterEach(async () => {
	const { page, part } = editor;
	if (await part('node-creator').isVisible()) await page.keyboard.press('Escape');
	if (await part('ndv').isVisible()) await part('ndv-close-button').click();
	await part('ndv').waitFor({ state: 'hidden' });
});

it.each(everyOperation)('$action: added by these words, and complete once the required fields are', async (operation) => {
	const { page } = editor;
	await addAction(operation.action);
	const { order, fields } = await panel();

	expect(await chosenIn('resource')).toBe(operation.shownAs.resource);
	expect(await chosenIn('operation')).toBe(operation.shownAs.operation);
	expect(order.slice(0, operation.credentials.length + 2)).toEqual([
		...operation.credentials.map(() => 'node-credentials-slot'),
		'parameter-input-resource',
		'parameter-input-operation',
	]);
	for (const { name, displayName } of operation.required) expect(fields[name]?.label).toBe(displayName);
	for (const { name } of operation.missing) expect(fields[name]?.example).toMatch(/^(e\.g\. |Select an? |name@)/);

	const node = page.locator(`[data-test-id="canvas-node"][data-node-name="${operation.action}"]`);
	const issues = node.locator('[data-test-id="node-issues"]');
	await node.waitFor();
	if (operation.missing.length > 0) await issues.waitFor();
	for (const { name } of operation.missing) await fillIn(name);
	await issues.waitFor({ state: 'detached' });
});

/** Looks for an action among those of the node, and puts it behind the last node, which opens its panel. */
async function addAction(action: string): Promise<void> {
	const { page, part } = editor;
	await part('node-creator-plus-button').click();
	await (await findNode(editor, 'Notion SCIM', 'Notion SCIM')).click();
	await part('item-iterator-item').getByText(action, { exact: true }).click();
	await part('ndv').waitFor();
	await page.mouse.move(0, 0);
}

async function chosenIn(parameter: string): Promise<string> {
	return await editor.part(`parameter-input-${parameter}`).locator('input').inputValue();
}

async function panel(): Promise<Panel> {
	return await editor.part('node-parameters').evaluate((parameters) => {
		const all = (selector: string) => Array.from(parameters.querySelectorAll<HTMLElement>(selector));
		const exampleOf = (name: string) =>
			[`[data-test-id="resource-locator-${name}"] [data-test-id="rlc-input"]`, `[data-test-id="parameter-input-${name}"] :is(input, textarea)`]
				.map((selector) => parameters.querySelector<HTMLInputElement>(selector)?.placeholder)
				.find((example) => example !== undefined);
		return {
			order: all('[data-test-id="node-credentials-slot"], [data-test-id^="parameter-input-"]').map(({ dataset }) => dataset['testId'] ?? ''),
			fields: Object.fromEntries(
				all('label[for]').map((label) => {
					const name = label.getAttribute('for') ?? '';
					return [name, { label: label.querySelector<HTMLElement>('.n8n-text')?.innerText.trim() ?? '', example: exampleOf(name) ?? '' }];
				}),
			),
		};
	});
}

async function fillIn(name: string): Promise<void> {
	const { page, part } = editor;
	const typed = TYPED[name] ?? '';
	if (typeof typed === 'string') {
		await part(`parameter-input-${name}`).locator('input, textarea').first().fill(typed);
		return;
	}
	const [mode, text] = typed;
	const locator = part(`resource-locator-${name}`);
	await locator.locator('[data-test-id="rlc-mode-selector"]').click();
	await page.locator(`[data-test-id="mode-${mode}"]`).filter({ visible: true }).click();
	await locator.locator('[data-test-id="rlc-input"]').fill(text);
}
