import { openWorkflow } from './canvas.mts';
import { type Editor, EDITOR_TIMEOUT, startEditor } from './editor.mts';

jest.setTimeout(EDITOR_TIMEOUT);

let editor: Editor;
beforeAll(async () => {
	editor = await startEditor();
});
afterAll(async () => await editor?.stop());

it("opens a published canvas without n8n's Production Checklist over it, and leaves it open after a person has opened it", async () => {
	const { page, part, picture, world } = editor;
	await openWorkflow(page, world.host, world.onboarding.id);

	// n8n has opened it, and remembers that it has.
	await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('checklist closed: ')));
	await part('suggested-actions-close').waitFor({ state: 'hidden' });
	await picture('demo-canvas');

	await part('workflow-menu').click();
	await page.getByText('Production checklist').click();
	await part('suggested-actions-close').waitFor();
});
