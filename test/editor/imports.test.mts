import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';

import { packPackage } from '../../demo/packPackage.mts';
import { signIn } from '../../host/n8nRest.mts';
import { workflowFiles } from '../../host/pullWorkflows.mts';
import { type N8nHost, startHost } from '../../host/startHost.mts';
import { workflowFileSchema } from '../../host/n8nSchemas.mts';
import { openWorkflow, signInToEditor, startBrowser } from './canvas.mts';
import { dummyCredentials } from './dummyCredentials.mts';
import { EDITOR_TIMEOUT } from './editor.mts';
import { emptyCanvas, importFile, redNodes, settled } from './files.mts';

jest.setTimeout(EDITOR_TIMEOUT);

/** By the folder of a workflow: the nodes that are red in an n8n that has no credential yet. */
const RED: Record<string, string[]> = {
	'access-review': ['Ask the reviewers', 'Directory source', 'Raise alert', 'Start the review'],
	'access-review-answers': ['Carry out revocations', 'Raise alert', 'Send receipt'],
	'access-review-evidence': ['Close when it is over', 'Raise alert', 'Send report'],
	'access-review-reminders': ['Directory today', 'Raise alert', 'Send letter'],
	'access-review-revocations': ['Raise alert', 'Revoke'],
	'ai-helpdesk': [
		'Add to a group', 'Ask IT', 'Chat model', 'Find people', 'Lock out', 'Plan to add to a group', 'Plan to lock out', 'Read a group',
	],
	'audit-check': ['Mail the result', 'Raise alert'],
	'audit-seal': ['Mail the head', 'Raise alert'],
	'data-tables': [],
	'directory-sync': ['Apply changes', 'Ask for approval', 'Plan changes', 'Raise alert', 'Read the directory', 'Tell the admins'],
	'directory-sync-approval': ['Carry them out', 'Decide', 'Look what became of each', 'Run the sync', 'Show the list'],
	'directory-sync-status': ['StatusPage'],
	'due-changes': ['Call emergency', 'Call offboarding', 'Call onboarding', 'Raise alert'],
	'emergency-confirm': ['Decide', 'Lock out', 'Look what became of each', 'Show the list'],
	'emergency-lockdown': [
		'Apply changes', 'HrisEvents', 'Lock out of Entra', 'Lock out of Google', 'Lock out of Okta', 'Plan changes', 'Raise alert',
		'Raise failure alert', 'Receive events',
	],
	'end-seats': ['Directory source', 'End the seats', 'Mail what became of each', 'Plan the removals', 'Raise alert'],
	'error-notification': ['AcknowledgeForm', 'Send mail'],
	'first-hire': ['Add to Notion', 'Read the member'],
	'group-teamspace-sync': ['DirectoryHint', 'HrisEvents', 'Raise alert', 'Sync the groups'],
	'import-members': ['Compare members'],
	'license-reconciliation': ['Directory source', 'Mail report', 'Raise alert', 'Reconcile', 'ReportPage'],
	'license-removal': ['Decide', 'End the seats', 'Look what became of each', 'Make the request', 'Show the list', 'Tell the approvers'],
	'lock-out-of-entra': [
		'Check account', 'Check outcome', 'End sessions', 'Find account', 'Lock account', 'Raise alert', 'Raise failure alert', 'Read again',
	],
	'lock-out-of-google': [
		'Check account', 'Check outcome', 'Delete grants', 'End sessions', 'Find account', 'List grants', 'List grants left', 'Lock account',
		'Raise alert', 'Raise failure alert', 'Read again',
	],
	'lock-out-of-okta': [
		'Check account', 'Check outcome', 'End sessions', 'Find account', 'Lock account', 'Raise alert', 'Raise failure alert', 'Read again',
	],
	'nightly-comparison': ['Find missed', 'HRIS employees', 'HRIS leavers', 'Leaver report', 'Mail report', 'Raise alert'],
	'offboarding-lockdown': [
		'Apply changes', 'HrisEvents', 'Plan changes', 'Prepare questions', 'Raise alert', 'Read the employee', 'Receive events',
		'Remind the manager', 'Tell the manager',
	],
	'offboarding-release': ['Decide', 'Lock out', 'Look what became of each', 'Show the list'],
	onboarding: [
		'Apply changes', 'HrisEvents', 'Plan changes', 'Raise alert', 'Raise failure alert', 'Read the employee', 'Receive events',
	],
	'out-of-band-alert': ['NotionChanged', 'Raise alert', 'Raise failure alert'],
	'provision-now': ['Look again', 'Look at the person', 'Provision', 'Raise alert', 'Send mail'],
	'sources/bamboohr': ['Ask'],
	'sources/deel': ['Ask'],
	'sources/entra': ['Ask', 'Renew the token'],
	'sources/google-workspace': ['Ask'],
	'sources/hibob': ['Ask'],
	'sources/jumpcloud': ['Ask'],
	'sources/list': ['Download'],
	'sources/okta': ['Ask'],
	'sources/onelogin': ['Ask'],
	'sources/personio': ['Ask'],
	'token-health': ['Check the token', 'Raise alert', 'Raise failure alert'],
};

/** A workflow that needs nothing but the password of its page. */
const STATUS_PAGE = { job: 'directory-sync-status', path: 'notion-directory-sync-status' };

/** Where it is as red after a reload: the workflow in which the most is missing. */
const RELOADED = 'lock-out-of-google';

const part = (testId: string) => page.locator(`[data-test-id="${testId}"]`);

let folder: string;
let host: N8nHost;
let browser: Browser;
let page: Page;
beforeAll(async () => {
	folder = await mkdtemp(join(resolve('.run'), 'imports-'));
	const packages = [await packPackage(join(folder, 'package')), await packPackage(join(folder, 'package'), 'hris-trigger')];
	host = await startHost({ folder: join(folder, 'n8n'), packages, vendors: {}, hasEditor: true });
	browser = await startBrowser();
	page = await signInToEditor(browser, host, { size: { width: 1440, height: 900 } });
	page.setDefaultTimeout(60_000);
	await page.goto(`${host.url}/workflow/new`);
	await part('canvas-add-button').waitFor();
});
afterAll(async () => {
	await browser?.close();
	await host?.stop();
	await rm(folder, { recursive: true, force: true });
});

it('knows every workflow', () => {
	const folders = [...workflowFiles().values()].map((file) => file.split('/').slice(1, -1).join('/'));

	expect(folders.sort()).toEqual(Object.keys(RED).sort());
});

describe.each(Object.entries(RED))('%s, imported from its file', (job, red) => {
	it('has only nodes that n8n knows, and shows in red what is missing', async () => {
		await emptyCanvas({ page, part });
		await importFile({ page, part }, fileOf(job));

		expect(await part('node-not-installed').count()).toBe(0);
		expect(await redNodes({ page })).toEqual(red);
	});

	it('names in its README whatever is red', async () => {
		const readme = await readFile(join('workflows', job, 'README.md'), 'utf8');
		const unnamed = await unnamedIn(`${readme}\n${await readFile('docs/workflows.md', 'utf8')}`, job, red);

		expect(unnamed).toEqual([]);
	});
});

describe('what is red', () => {
	it('keeps the workflow from being published, and stays red after a reload', async () => {
		const red = RED[RELOADED] ?? [];
		await emptyCanvas({ page, part });
		const saved = savedWith(red);
		await importFile({ page, part }, fileOf(RELOADED));
		const publish = part('workflow-open-publish-modal-button');
		expect(await publish.isDisabled()).toBe(true);
		await publish.hover({ force: true });
		await page.getByText(`${red.length} nodes`).filter({ visible: true }).first().waitFor();
		await page.screenshot({ path: join('.run', 'pictures', 'publish-refused.png') });

		// n8n saves by itself, a moment later.
		await saved;
		await page.reload();
		await part('canvas-node').first().waitFor();
		await settled(page);
		expect(await redNodes({ page })).toEqual(red);
	});
});

describe('the two triggers of onboarding', () => {
	it('are both there, and the one that is not needed is switched off', async () => {
		await emptyCanvas({ page, part });
		await importFile({ page, part }, fileOf('onboarding'));
		const off = part('canvas-node').filter({ hasText: '(Deactivated)' });

		expect(await off.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name')))).toEqual(['HrisWebhook']);
	});
});

describe('a workflow in which nothing is red', () => {
	it('is published by a click, which lasts over a reload', async () => {
		const { path } = STATUS_PAGE;
		await host.client.createCredential({ type: 'httpBasicAuth', name: 'Status page', data: { user: 'it', password: 'of the page' } });
		await page.goto(`${host.url}/workflow/new`);
		await importFile({ page, part }, fileOf(STATUS_PAGE.job));
		expect(await redNodes({ page })).toEqual([]);
		expect((await fetch(host.webhookUrl(path))).status).toBe(404);

		await publishOpen();
		const shown = part('workflow-open-publish-modal-button');
		await shown.getByText('Published').waitFor();
		expect((await fetch(host.webhookUrl(path))).status).toBe(401);
		const [, id = ''] = /workflow\/(\w+)/.exec(page.url()) ?? [];
		expect((await publicationOf(id)).status).toBe('published');

		await page.reload();
		await shown.getByText('Published').waitFor();
		await page.screenshot({ path: join('.run', 'pictures', 'published.png') });
	});

	it('says why it cannot be published before a workflow that it calls', async () => {
		const alerts = await host.client.importWorkflow(await workflowIn('error-notification'));
		const rest = await signIn(host.url, host.owner);
		const caller = await workflowIn('token-health');
		const { id } = await host.client.importWorkflow(caller, {
			credentials: await dummyCredentials(host.client, rest, caller),
			subWorkflows: { 'Raise alert': alerts.id, 'Raise failure alert': alerts.id },
		});
		await openWorkflow(page, host, id);
		await publishOpen();
		const message = page.getByRole('alert').filter({ hasText: 'Workflow could not be published' });
		await message.waitFor();

		const words = await message.innerText();
		for (const name of ['Raise alert', 'Raise failure alert']) {
			expect(words).toContain(`Node "${name}" references workflow ${alerts.id} ("Notion SCIM: error notification") which is not published`);
		}
		expect((await publicationOf(id)).status).toBe('not_published');
	});
});

/** Publishes the workflow that is open, as a person does who takes the suggested name of the version. */
async function publishOpen(): Promise<void> {
	await part('workflow-open-publish-modal-button').click();
	await part('workflow-publish-button').click();
}

async function publicationOf(id: string) {
	const rest = await signIn(host.url, host.owner);
	return await rest(z.object({ status: z.string() }), 'GET', `rest/workflows/${id}/publication-status`);
}

/** Until n8n has saved a canvas with all these nodes. */
const savedWith = async (names: string[]) =>
	await page.waitForResponse((response) => {
		const request = response.request();
		const body = request.postData() ?? '';
		return request.method() !== 'GET' && request.url().includes('/rest/workflows') && response.ok() && names.every((name) => body.includes(name));
	});

const workflowIn = async (job: string) => workflowFileSchema.parse(JSON.parse(await readFile(fileOf(job), 'utf8')));

const fileOf = (job: string) => join('workflows', job, `${basename(job)}.json`);

/** Those of the nodes that the text does not name: each by its name, HTTP requests and lock-outs also together. */
async function unnamedIn(text: string, job: string, names: string[]): Promise<string[]> {
	const { nodes } = await workflowIn(job);
	const notes = nodes.flatMap(({ type, parameters }) => (type.endsWith('.stickyNote') ? String(parameters['content']) : []));
	const said = [text, ...notes].join('\n');
	return names.filter((name) => {
		const isRequest = nodes.some((node) => node.name === name && node.type.endsWith('.httpRequest'));
		const together = isRequest ? ['in each HTTP Request node'] : name.startsWith('Lock out of ') ? ['**Lock out of …**'] : [];
		return ![`**${name}**`, `*${name}*`, ...together].some((words) => said.includes(words));
	});
}
