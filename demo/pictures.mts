/**
 * `node demo/pictures.mts` renders the pictures of the docs again: docs/sandbox.png, docs/node.png and
 * docs/license-report.png, from a real n8n and the sandbox. `node demo/pictures.mts node` renders only that of the node.
 * Requires a built package.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { signInToEditor, startBrowser } from '../test/editor/canvas.mts';
import { sendHires } from './hires.mts';
import { licenseReportWorkflow } from './licenseReport.mts';
import { startWorld, type World } from './world.mts';

/** CSS pixels, and as many pixels of the pictures. */
const WIDTH = 1280;

/** A node on the canvas, configured as in an onboarding workflow. */
const WORKFLOW = {
	name: 'Notion SCIM',
	nodes: [
		{
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'node',
			name: 'Create or update a user',
			type: 'n8n-nodes-notion-scim.notionScim',
			typeVersion: 1,
			position: [220, 0],
			parameters: {
				resource: 'user',
				operation: 'upsert',
				email: 'katherine@example.com',
				additionalFields: {
					department: 'Engineering',
					displayName: 'Katherine Johnson',
					title: 'Flight Engineer',
				},
			},
		},
	],
	connections: {
		Start: { main: [[{ node: 'Create or update a user', type: 'main', index: 0 }]] },
	},
};

const wanted = process.argv.slice(2);
const runs = resolve('.run');
await mkdir(runs, { recursive: true });
const folder = await mkdtemp(join(runs, 'pictures-'));
const world = await startWorld({ folder });
const browser = await startBrowser();
try {
	await sendHires(world);
	for (const [name, draw] of Object.entries({ sandbox: drawSandbox, node: drawNode, 'license-report': drawLicenseReport })) {
		if (wanted.length === 0 || wanted.includes(name)) await draw(world, browser, join('docs', name));
	}
} finally {
	await browser.close();
	await world.stop();
	await rm(folder, { recursive: true, force: true });
}

/** The page of the workspace, after the hires. */
async function drawSandbox({ sandbox }: World, browser: Browser, name: string): Promise<void> {
	const page = await browser.newPage({
		viewport: { width: WIDTH, height: 872 },
		colorScheme: 'light',
	});
	await page.goto(sandbox.url);
	await page.getByText('grace@example.com').first().waitFor();
	await takePicture(page, `${name}.png`);
	await page.close();
}

/** The panel of the node, configured and executed. */
async function drawNode({ host, sandbox }: World, browser: Browser, name: string): Promise<void> {
	const notionScimApi = await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM',
		data: { token: sandbox.token },
	});
	const { id } = await host.client.importWorkflow(WORKFLOW, { credentials: { notionScimApi } });
	const page = await signInToEditor(browser, host, { size: { width: WIDTH, height: 900 } });
	await page.goto(`${host.url}/workflow/${id}`);
	const part = (testId: string) => page.locator(`[data-test-id="${testId}"]`);
	await part('canvas-node').filter({ hasText: 'Create or update a user' }).dblclick();
	await part('node-execute-button').click();
	const output = part('output-panel');
	await output.locator('[data-test-id="radio-button-json"]').click();
	await output.getByText('katherine@example.com').first().waitFor();
	// The success message would cover the output.
	await page.locator('.el-notification__closeBtn').first().click();
	await page.locator('.el-notification').first().waitFor({ state: 'detached' });
	await page.mouse.move(0, 0);
	await takePicture(page, `${name}.png`);
	await page.close();
}

/** The report on the seats of a workspace with some hundred people, as n8n serves it. */
async function drawLicenseReport({ host, sandbox }: World, browser: Browser, name: string): Promise<void> {
	const notionScimApi = await host.client.createCredential({
		type: 'notionScimApi',
		name: 'Notion SCIM of the report',
		data: {
			token: sandbox.token,
			access: 'readOnly',
			ownedDomains: 'example.com',
			tokenCreatorEmail: 'owner@example.com',
		},
	});
	sandbox.seedPeople(220);
	const { id } = await host.client.importWorkflow(licenseReportWorkflow(sandbox), {
		credentials: { notionScimApi },
	});
	await host.client.publish(id);
	const page = await browser.newPage({ viewport: { width: WIDTH, height: 1180 }, colorScheme: 'light' });
	await page.goto(host.webhookUrl('license-report'));
	await page.getByRole('status').waitFor();
	await takePicture(page, `${name}.png`);
	await page.close();
}

async function takePicture(page: Page, file: string): Promise<void> {
	await page.screenshot({ path: file, animations: 'disabled' });
	console.log(`${file} is drawn`);
}
