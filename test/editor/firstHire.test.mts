import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';

import { packPackage } from '../../demo/packPackage.mts';
import { type N8nHost, startHost } from '../../host/startHost.mts';
import { poll } from '../../host/poll.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import { signInToEditor, startBrowser } from './canvas.mts';
import { EDITOR_TIMEOUT } from './editor.mts';
import { importFile, redNodes } from './files.mts';

jest.setTimeout(EDITOR_TIMEOUT);

const HIRE = 'katherine@example.com';

/** The most clicks that the first hire may cost a person, who installed the package and did nothing else. */
const MOST_CLICKS = 40;

/** *Create workflow*; then ⋯, *Import from file*, the file and *Open*, of which a test can do only some. */
const CLICKS_TO_IMPORT = 5;

/** Of the person so far. */
let clicks = 0;

let folder: string;
let sandbox: Sandbox;
let host: N8nHost;
let browser: Browser;
let page: Page;
beforeAll(async () => {
	await mkdir(resolve('.run', 'pictures'), { recursive: true });
	folder = await mkdtemp(join(resolve('.run'), 'first-hire-'));
	sandbox = await startSandbox({ port: 0 });
	host = await startHost({
		folder: join(folder, 'n8n'),
		hasEditor: true,
		packages: [await packPackage(join(folder, 'package'))],
		vendors: { 'api.notion.com': sandbox.url },
	});
	browser = await startBrowser();
	page = await signInToEditor(browser, host, { size: { width: 1440, height: 900 } });
	page.setDefaultTimeout(60_000);
});
afterAll(async () => {
	await browser?.close();
	await host?.stop();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
});

it('takes a person with an n8n, the package and a token to the first hire', async () => {
	await importTheWorkflow();
	await writeTheHire();
	await makeTheCredential();
	expect(await redNodes({ page })).toEqual([]);

	await click(part('execute-workflow-button').first());
	await poll(async () => (sandbox.workspace.isMember(HIRE) ? true : undefined), 'the hire to be a member', 30_000);
	await node('Read the member').locator('[data-test-id="canvas-node-status-success"]').waitFor();

	await page.screenshot({ path: join('.run', 'pictures', 'first-hire.png') });
	expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
});

async function importTheWorkflow(): Promise<void> {
	await page.goto(`${host.url}/workflow/new`);
	await importFile({ page, part }, join('workflows', 'first-hire', 'first-hire.json'));
	clicks += CLICKS_TO_IMPORT;
}

/** A colleague's email instead of the sample's. */
async function writeTheHire(): Promise<void> {
	await open('Sample hire');
	await type(part('ndv').locator('[data-test-id="assignment-value"] input').first(), HIRE);
	await close();
}

/** n8n gives a new credential to every node of the workflow that lacks one of its type. */
async function makeTheCredential(): Promise<void> {
	await open('Add to Notion');
	await click(part('node-credentials-empty-state').locator('button').first());
	const field = (name: string) => part(`parameter-input-${name}`).locator('input').first();
	await type(field('token'), sandbox.token);
	await type(field('tokenCreatorEmail'), 'owner@example.com');
	await type(field('ownedDomains'), 'example.com');
	await click(part('credential-save-button'));
	await part('credential-edit-dialog').waitFor({ state: 'hidden' });
	await close();
}

async function open(name: string): Promise<void> {
	clicks += 2;
	await node(name).dblclick();
	await part('ndv').waitFor();
}

async function close(): Promise<void> {
	await click(part('ndv-close-button'));
	await part('ndv').waitFor({ state: 'hidden' });
}

async function click(target: Locator): Promise<void> {
	clicks += 1;
	await target.click();
}

async function type(field: Locator, text: string): Promise<void> {
	await click(field);
	await field.fill(text);
}

function node(name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

function part(testId: string): Locator {
	return page.locator(`[data-test-id="${testId}"]`);
}
