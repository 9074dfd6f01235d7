import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';

import { packPackage } from '../../demo/packPackage.mts';
import { type N8nHost, startHost } from '../../host/startHost.mts';
import { poll } from '../../host/poll.mts';
import { type Sandbox, startSandbox } from '../../sandbox/server.mts';
import { type NpmRegistry, startNpmRegistry } from '../../vendors/npmRegistry.mts';
import { npmHostOfN8n } from '../support/npmHostOfN8n.mts';
import { signInToEditor, startBrowser } from './canvas.mts';
import { EDITOR_TIMEOUT } from './editor.mts';
import { importFile, redNodes } from './files.mts';

jest.setTimeout(EDITOR_TIMEOUT);

const HIRE = 'katherine@example.com';

const PACKAGE = 'n8n-nodes-notion-scim';

/** The most clicks that the first hire may cost a person who has an n8n and a token, and nothing else. */
const MOST_CLICKS = 40;

/** ⋯, *Import from file*, the file, and *Open* in the window of the operating system. */
const CLICKS_TO_IMPORT = 4;

/** Of the person so far. */
let clicks = 0;

let folder: string;
let registry: NpmRegistry;
let sandbox: Sandbox;
let host: N8nHost;
let browser: Browser;
let page: Page;
beforeAll(async () => {
	await mkdir(resolve('.run', 'pictures'), { recursive: true });
	folder = await mkdtemp(join(resolve('.run'), 'first-hire-'));
	registry = await startNpmRegistry(await npmHostOfN8n());
	await registry.publish(await packPackage(folder));
	sandbox = await startSandbox({ port: 0 });
	host = await startHost({
		folder: join(folder, 'n8n'),
		hasEditor: true,
		packages: [],
		vendors: { 'api.notion.com': sandbox.url, ...registry.hosts },
	});
	browser = await startBrowser();
	page = await signInToEditor(browser, host, { size: { width: 1440, height: 900 } });
	page.setDefaultTimeout(60_000);
});
afterAll(async () => {
	await browser?.close();
	await host?.stop();
	await sandbox?.close();
	await registry?.close();
	await rm(folder, { recursive: true, force: true });
});

it('takes a person with an n8n and a token to the first hire', async () => {
	await installThePackage();
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

async function installThePackage(): Promise<void> {
	await click(part('main-sidebar-settings'));
	await click(shown('Community nodes'));
	await click(page.getByRole('button', { name: /install/i }).first());
	await type(part('package-name-input'), PACKAGE);
	await click(part('user-agreement-checkbox'));
	await click(part('install-community-package-button'));
	await part('community-package-card').filter({ hasText: PACKAGE }).waitFor();
}

async function importTheWorkflow(): Promise<void> {
	await click(part('settings-back'));
	await click(part('universal-add'));
	await click(shown('New workflow'));
	await part('canvas-add-button').waitFor();
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

/** Of several elements with this text, that which a person sees. */
function shown(text: string): Locator {
	return page.getByText(text, { exact: true }).filter({ visible: true }).first();
}

function node(name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

function part(testId: string): Locator {
	return page.locator(`[data-test-id="${testId}"]`);
}
