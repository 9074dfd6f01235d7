/**
 * `node test/editor/workflowPicture.mts onboarding` draws workflows/onboarding/onboarding.png anew,
 * from the real editor. The package must have been built.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startWorld } from '../../demo/world.mts';
import { openWorkflow, signInToEditor, startBrowser, takeCanvasPicture } from './canvas.mts';

const [job = 'onboarding'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'workflow-picture-'));
const world = await startWorld({ folder });
const browser = await startBrowser();
try {
	const { client } = world.host;
	const workflow: unknown = JSON.parse(await readFile(join('workflows', job, `${job}.json`), 'utf8'));
	const { id } = await client.importWorkflow(workflow, {
		credentials: {
			httpHeaderAuth: await client.createCredential({
				type: 'httpHeaderAuth',
				name: 'HRIS webhook',
				data: { name: 'X-HRIS-Key', value: 'for the picture' },
			}),
			notionScimApi: await client.createCredential({
				type: 'notionScimApi',
				name: 'Notion SCIM',
				data: { token: 'for the picture' },
			}),
		},
	});
	const size = { width: 1840, height: 1000 };
	const page = await signInToEditor(browser, world.host, { size, sharpness: 1.5 });
	await openWorkflow(page, world.host, id);
	const file = join('workflows', job, `${job}.png`);
	await takeCanvasPicture(page, file);
	console.log(`${file} is drawn`);
} finally {
	await browser.close();
	await world.stop();
	await rm(folder, { recursive: true, force: true });
}
