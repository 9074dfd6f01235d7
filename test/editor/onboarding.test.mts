import { join } from 'node:path';

import { type Editor, EDITOR_TIMEOUT, openNewWorkflow, startEditor } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

let editor: Editor;
beforeAll(async () => {
	editor = await startEditor();
});
afterAll(async () => await editor?.stop());

describe('the onboarding workflow, imported from its file', () => {
	it('has only nodes that n8n knows, and asks for what only the admin knows', async () => {
		const { page, part, picture } = editor;
		await openNewWorkflow(editor);
		await part('workflow-menu').click();
		await part('workflow-menu-item-import').hover();
		const [chooser] = await Promise.all([
			page.waitForEvent('filechooser'),
			part('workflow-menu-item-import-from-file').click(),
		]);
		await chooser.setFiles(join('workflows', 'onboarding', 'onboarding.json'));
		// n8n looks at each node and picks the only credential of each type, then says so.
		await page.getByText('Credentials auto-added').waitFor();
		await part('canvas-node').filter({ hasText: 'Join group' }).waitFor();
		await picture('onboarding');

		expect(await part('canvas-node').count()).toBeGreaterThan(10);
		expect(await part('node-not-installed').count()).toBe(0);
		// The time zone of the company, and which source is that of the HRIS.
		const open = part('canvas-node').filter({ has: part('node-issues') });
		expect(await open.count()).toBe(2);
		expect(await open.filter({ hasText: /HrisEvents|Ask the HRIS/ }).count()).toBe(2);
	});
});
