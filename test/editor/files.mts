import type { Page } from 'playwright-core';

import type { Editor } from './editor.mts';

type Canvas = Pick<Editor, 'page' | 'part'>;

/** Imports a workflow as a person does: ⋯, Import, From file. The canvas is empty. */
export async function importFile({ page, part }: Canvas, file: string): Promise<void> {
	await part('workflow-menu').click();
	await part('workflow-menu-item-import').hover();
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		part('workflow-menu-item-import-from-file').click(),
	]);
	await chooser.setFiles(file);
	await part('canvas-node').first().waitFor();
	await settled(page);
}

/** Removes everything from the canvas. */
export async function emptyCanvas({ page, part }: Canvas): Promise<void> {
	await page.locator('.vue-flow__pane').click({ position: { x: 5, y: 300 } });
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.press('Delete');
	await part('canvas-add-button').waitFor();
}

/** Names of the nodes that the canvas draws with a red sign, in the order of the alphabet. */
export async function redNodes({ page }: Pick<Editor, 'page'>): Promise<string[]> {
	const red = page.locator('[data-test-id="canvas-node"]:has([data-test-id="node-issues"])');
	const names = await red.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name') ?? ''));
	return names.sort();
}

/** Nodes arrive one after another: the canvas is complete when two looks in a row see the same. */
export async function settled(page: Page): Promise<void> {
	await page.waitForFunction(
		() => {
			const count = (id: string) => document.querySelectorAll(`[data-test-id="${id}"]`).length;
			const now = `${count('canvas-node')} ${count('node-issues')}`;
			const isSame = now === document.body.dataset['lastNodes'];
			document.body.dataset['lastNodes'] = now;
			return isSame;
		},
		undefined,
		{ polling: 400 },
	);
}
