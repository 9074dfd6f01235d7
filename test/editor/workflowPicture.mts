/**
 * `node test/editor/workflowPicture.mts onboarding sources/bamboohr` draws the pictures of these
 * workflows anew, from the real editor. The packages must have been built.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { packPackage } from '../../demo/packPackage.mts';
import { signIn } from '../../host/n8nRest.mts';
import { workflowFileSchema } from '../../host/n8nSchemas.mts';
import { startHost } from '../../host/startHost.mts';
import { openWorkflow, signInToEditor, startBrowser, takeCanvasPicture } from './canvas.mts';
import { dummyCredentials } from './dummyCredentials.mts';

/** CSS pixels of the window: wide as the workflows are, so that their text can be read. */
const SIZE = { width: 2400, height: 1300 };
const SHARPNESS = 1.25;

const jobs = process.argv.slice(2);
if (jobs.length === 0) throw new Error('Name at least one folder of workflows/');

const folder = await mkdtemp(join(tmpdir(), 'workflow-picture-'));
const packages = [
	await packPackage(join(folder, 'package')),
	await packPackage(join(folder, 'package'), 'hris-trigger'),
];
const host = await startHost({ folder: join(folder, 'n8n'), packages, vendors: {}, hasEditor: true });
const browser = await startBrowser();
try {
	const rest = await signIn(host.url, host.owner);
	const page = await signInToEditor(browser, host, { size: SIZE, sharpness: SHARPNESS });
	for (const job of jobs) {
		const path = join('workflows', job, basename(job));
		const workflow = workflowFileSchema.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')));
		const credentials = await dummyCredentials(host.client, rest, workflow);
		const { id } = await host.client.importWorkflow(workflow, { credentials });
		// The picture before left the window taller.
		await page.setViewportSize(SIZE);
		await openWorkflow(page, host, id);
		await takeCanvasPicture(page, `${path}.png`);
		console.log(`${path}.png is drawn`);
	}
} finally {
	await browser.close();
	await host.stop();
	await rm(folder, { recursive: true, force: true });
}
