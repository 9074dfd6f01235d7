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
		await part('canvas-node').filter({ hasText: 'Apply changes' }).waitFor();
		await picture('onboarding');

		expect(await part('canvas-node').count()).toBeGreaterThan(10);
		expect(await part('node-not-installed').count()).toBe(0);
		// The time zone of the company, twice, which source is that of the HRIS, and what mails alerts.
		const open = part('canvas-node').filter({ has: part('node-issues') });
		const asked = ['HrisEvents', 'Plan changes', 'Read the employee', 'Raise alert', 'Raise failure alert'];
		expect(await open.count()).toBe(asked.length);
		for (const name of asked) expect(await open.filter({ hasText: name }).count()).toBe(1);
		// Both ways in are there, and the one that is not needed is switched off.
		expect(await part('canvas-node').filter({ hasText: 'HrisWebhook' }).getByText('(Deactivated)').count()).toBe(1);
	});
});
