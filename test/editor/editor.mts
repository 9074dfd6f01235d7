import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';

import { startWorld, type World } from '../../demo/world.mts';
import { signInToEditor, startBrowser } from './canvas.mts';

/** Milliseconds for one file of tests in the editor to start everything, and for each test. */
export const EDITOR_TIMEOUT = 120_000;

/** Milliseconds that the editor has to show something. */
const PATIENCE = 20_000;

/** The editor of a real n8n in a real browser, with the owner signed in. */
export interface Editor {
	page: Page;
	world: World;
	/** The element that n8n gave this `data-test-id`. */
	part(testId: string): Locator;
	/** Leaves a picture for people to look at in .run/pictures. */
	picture(name: string): Promise<void>;
	stop(): Promise<void>;
}

/** Starts a world with its n8n, and a browser in it. */
export async function startEditor(): Promise<Editor> {
	const runs = resolve('.run');
	const pictures = join(runs, 'pictures');
	await mkdir(pictures, { recursive: true });
	const folder = await mkdtemp(join(runs, 'editor-'));
	const started: { world?: World; browser?: Browser } = {};
	const stop = async () => {
		await started.browser?.close();
		await started.world?.stop();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const world = await startWorld({ folder });
		started.world = world;
		const browser = await startBrowser();
		started.browser = browser;
		const page = await signInToEditor(browser, world.host, { size: { width: 1440, height: 900 } });
		page.setDefaultTimeout(PATIENCE);
		return {
			page,
			world,
			part: (testId) => page.locator(`[data-test-id="${testId}"]`),
			picture: async (name) => {
				await page.screenshot({ path: join(pictures, `${name}.png`) });
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** An empty workflow, with the list of nodes open. */
export async function openNodeList({ page, part, world }: Editor): Promise<void> {
	await page.goto(`${world.host.url}/workflow/new`);
	await part('canvas-add-button').click();
}

/** Searches in the list of nodes, which is open or about to open. @returns the entry with exactly this name */
export async function findNode({ page, part }: Editor, text: string, name: string): Promise<Locator> {
	await part('node-creator-search-bar').fill(text);
	const entry = part('item-iterator-item').filter({
		has: page.locator('[data-test-id="node-creator-item-name"]', { hasText: new RegExp(`^${name}$`) }),
	});
	await entry.waitFor();
	return entry;
}

/** Shows the triggers and the actions of both nodes, which n8n lists as one; on an empty canvas it hides the actions. */
export async function openActions(editor: Editor): Promise<void> {
	const { part } = editor;
	await openNodeList(editor);
	await (await findNode(editor, 'Notion SCIM', 'Notion SCIM')).click();
	await part('node-creator-category-item').filter({ hasText: 'Actions' }).click();
}

/** Puts one action of the node onto an empty canvas, which opens its panel. */
export async function addAction(editor: Editor, action: string): Promise<void> {
	const { page, part } = editor;
	await openActions(editor);
	await part('item-iterator-item').getByText(action, { exact: true }).click();
	await part('ndv').waitFor();
	await page.mouse.move(0, 0);
}

/** The texts that can be chosen in the list that is open. */
export async function openChoices({ page }: Editor): Promise<string[]> {
	const choices = page.getByRole('option').filter({ visible: true });
	await choices.first().waitFor();
	return (await choices.allInnerTexts()).map((text) => text.trim());
}
