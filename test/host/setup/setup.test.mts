import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { installPackage } from '../../../host/installPackage.mts';
import type { StoredWorkflow } from '../../../host/n8nClient.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type BambooHr, startBambooHr } from '../../../vendors/bambooHr.mts';
import { bambooHrDelivery } from '../../../vendors/bambooHrDelivery.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { apiKey, type CommandResult, notionScimSetup } from './setupCommand.mts';

const SIGNING_SECRET = 'signing-secret-of-bamboohr';
const HRIS_KEY = 'api-key-of-bamboohr';
const FORM_PASSWORD = 'password-of-the-forms';

const JOBS = 'onboarding,offboarding,nightly-comparison,token-health';

/** Of the workflows that these jobs need. */
const NAMES = [
	'HRIS source: BambooHR',
	...['due changes', 'error notification', 'nightly comparison', 'offboarding lockdown', 'offboarding release', 'onboarding', 'token health'].map(
		(name) => `Notion SCIM: ${name}`,
	),
];

/**
 * Where the module otel is switched off, as the other tests do, the first use of Data Tables by the public API makes
 * every later execution fail (n8n 2.41.1).
 */
const ALL_MODULES = { N8N_DISABLED_MODULES: 'mcp-registry' };

let folder: string;
let sandbox: Sandbox;
let hris: BambooHr;
let mail: MailServer;
let host: N8nHost;
let key: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'setup-'));
	sandbox = await startSandbox();
	hris = await startBambooHr({ company: 'acme', apiKey: HRIS_KEY });
	mail = await startMailServer({ password: 'password-of-the-mails' });
	host = await startHost({ folder: join(folder, 'n8n'), packages: [], vendors: { ...hris.hosts, 'api.notion.com': sandbox.url }, environment: ALL_MODULES });
	key = await apiKey(host);
}, 180_000);

afterAll(async () => {
	await host?.stop();
	await mail?.close();
	await hris?.close();
	await sandbox?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

jest.setTimeout(180_000);

const secrets = () => ({
	NOTION_SCIM_TOKEN: sandbox.token,
	HRIS_SECRET: HRIS_KEY,
	HRIS_WEBHOOK_SECRET: SIGNING_SECRET,
	SMTP_PASSWORD: String(mail.credential['password']),
	FORM_PASSWORD,
});

const arguments_ = () => [
	...['--n8n', host.url, '--jobs', JOBS, '--hris', 'bamboohr', '--set', 'hris.company=acme', '--zone', 'Europe/Berlin'],
	...['--domains', 'example.com', '--token-creator', 'owner@example.com', '--mail-from', 'n8n@example.com', '--mail-to', 'it@example.com'],
	...['--smtp-host', mail.host, '--smtp-port', String(mail.port), '--smtp-user', String(mail.credential['user']), '--smtp-plain'],
	...['--groups', 'Engineering=All Staff,Engineering'],
];

async function run(args: readonly string[], environment: Record<string, string> = secrets()): Promise<CommandResult> {
	const result = await notionScimSetup([...arguments_(), ...args], { N8N_API_KEY: key, ...environment });
	for (const secret of [key, ...Object.values(secrets())].filter((one) => one.length > 3)) expect(result.output).not.toContain(secret);
	return result;
}

async function workflow(name: string): Promise<StoredWorkflow> {
	const found = (await host.client.workflows()).find((one) => one.name === name);
	if (found === undefined) throw new Error(`n8n has no workflow "${name}"`);
	return found;
}

async function names(): Promise<string[]> {
	return (await host.client.workflows()).map(({ name }) => name);
}

describe('the set-up command', () => {
	it('says what is wrong with the address and with the key', async () => {
		const refused = await notionScimSetup(['--n8n', 'http://127.0.0.1:9', '--plan'], { N8N_API_KEY: key });
		expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/127\.0\.0\.1:9/) });
		const elsewhere = await notionScimSetup(['--n8n', sandbox.url, '--plan'], { N8N_API_KEY: key });
		expect(elsewhere).toMatchObject({ code: 1, output: expect.stringContaining('There is no API of n8n at') });
		const wrongKey = await notionScimSetup(['--n8n', host.url, '--plan'], { N8N_API_KEY: `${key.slice(0, -4)}AAAA` });
		expect(wrongKey).toMatchObject({ code: 1, output: expect.stringContaining('n8n does not accept the API key') });
		const weak = await apiKey(host, ['workflow:list', 'workflow:read']);
		const missing = await notionScimSetup(['--n8n', host.url, '--plan'], { N8N_API_KEY: weak });
		expect(missing).toMatchObject({ code: 2, output: expect.stringMatching(/The API key lacks credential:create, .*Settings → n8n API/) });
	});

	it('is found out about without harm to the n8n', async () => {
		const start = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
		const { id } = await host.client.importWorkflow({ name: 'Ours', nodes: [start], connections: {} });
		const execution = await host.client.runManually(id, 'Start');
		expect((await host.client.waitForExecution((one) => one.id === execution, { workflowId: id })).status).toBe('success');
		expect(await names()).toEqual(['Ours']);
		expect(await host.client.dataTables()).toEqual([]);
	});

	it('says how to install the packages where n8n does not do it itself', async () => {
		const { code, output } = await run(['--yes']);
		expect(output).toContain('install  package     n8n-nodes-notion-scim');
		expect(output).toContain('Settings → Community nodes → Install, and enter n8n-nodes-notion-scim');
		expect(code).toBe(1);
		expect(await names()).toEqual(['Ours']);
	});

	it('only says what it would do with --plan', async () => {
		for (const one of ['.', 'hris-trigger']) await installPackage(await packPackage(folder, one), join(folder, 'n8n'));
		await host.restart();

		const { code, output } = await run(['--plan']);
		expect(output).toContain('make     credential  Notion SCIM: full access');
		expect(output).toContain('make     Data Table  notion_scim_changes');
		expect(output).toContain('publish  workflow    Notion SCIM: onboarding');
		expect(code).toBe(0);
		expect(await names()).toEqual(['Ours']);
	});

	it('keeps no credential that does not work, and takes away what a failed run has made', async () => {
		const failed = await run(['--yes'], { ...secrets(), NOTION_SCIM_TOKEN: 'a-token-that-was-revoked' });
		expect(failed.output).toMatch(/The credential "Notion SCIM: full access" does not work: .* Correct the answer, then run this again\./);
		expect(failed.code).toBe(1);
		expect((await run(['--yes'], { ...secrets(), SMTP_PASSWORD: 'a-wrong-password' })).output).toContain('"Notion SCIM: mails" does not work');
		const removed = await run(['--remove', '--yes'], {});
		expect(removed.output).toContain('delete   credential  Notion SCIM: full access');
		expect(removed.code).toBe(0);
	});

	it('makes and publishes everything, and a test hire arrives', async () => {
		const startedAt = Date.now();
		const { code, output } = await run(['--yes']);

		expect(output).toMatch(/The test hire arrived\. No one has the number 99\d+/);
		expect(code).toBe(0);
		expect(Date.now() - startedAt).toBeLessThan(120_000);
		expect((await names()).sort()).toEqual([...NAMES, 'Ours'].sort());
		const { settings } = await workflow('Notion SCIM: due changes');
		expect(settings).toMatchObject({ timezone: 'Europe/Berlin', saveDataSuccessExecution: 'none' });
		expect((await workflow('Notion SCIM: offboarding release')).settings).toHaveProperty('errorWorkflow', (await workflow('Notion SCIM: error notification')).id);
		expect(output).toContain(`${host.url}/form/notion-alerts`);
		expect((await mail.waitFor(({ to }) => to.includes('it@example.com'))).text).toContain('99');
	});

	it('leaves workflows with which a hire of the HRIS becomes a member', async () => {
		hris.staff.setEmployee({ id: '1207', email: 'katherine@example.com', givenName: 'Katherine', familyName: 'Johnson', department: 'Engineering', startDate: '2026-01-05' });
		const delivery = bambooHrDelivery({ type: 'employee.created', employeeId: '1207' }, SIGNING_SECRET);
		const { status } = await fetch(await eventsUrl(), { method: 'POST', ...delivery });
		expect(status).toBe(200);
		const groups = await poll(
			async () => {
				const joined = sandbox.workspace.isMember('katherine@example.com') ? sandbox.workspace.groupNames('katherine@example.com') : [];
				return joined.length === 2 ? joined : undefined;
			},
			'a member with groups',
			30_000,
		);
		expect([...groups].sort()).toEqual(['All Staff', 'Engineering']);
	});

	it('changes nothing when it is run again', async () => {
		const before = await host.client.workflows();
		const { code, output } = await run(['--yes'], {});
		expect(output).toContain('Nothing was done.');
		expect(code).toBe(0);
		expect((await host.client.workflows()).map(({ versionId }) => versionId)).toEqual(before.map(({ versionId }) => versionId));
	});

	it('updates what another answer changes, with the same addresses', async () => {
		const before = await eventsUrl();
		const { code, output } = await run(['--yes', '--zone', 'Europe/Paris'], {});
		expect(output).toContain('update   workflow    Notion SCIM: onboarding');
		expect(code).toBe(0);
		expect(await eventsUrl()).toBe(before);
		expect((await workflow('Notion SCIM: onboarding')).settings).toMatchObject({ timezone: 'Europe/Paris' });
		expect((await run(['--yes'], {})).code).toBe(0);
	});

	it('overwrites a workflow that was changed by hand only with a yes', async () => {
		const theirs = await workflow('Notion SCIM: onboarding');
		const nodes = theirs.nodes.map((node) => (node.name === 'Plan changes' ? { ...node, parameters: { ...node.parameters, leadHours: 12 } } : node));
		await host.client.saveWorkflow({ ...theirs, nodes });
		const leadHours = async () => (await workflow('Notion SCIM: onboarding')).nodes.find(({ name }) => name === 'Plan changes')?.parameters['leadHours'];

		const kept = await run(['--yes'], {});
		expect(kept.output).toContain('keep     workflow    Notion SCIM: onboarding (with your changes)');
		const left = await run(['--yes', '--zone', 'Europe/Paris'], {});
		expect(left.output).toContain('leave    workflow    Notion SCIM: onboarding: you changed it. To overwrite it: --overwrite onboarding');
		expect(await leadHours()).toBe(12);
		const agreed = await run(['--yes', '--overwrite', 'onboarding'], {});
		expect(agreed.code).toBe(0);
		expect(await leadHours()).toBe(0);
	});

	it('takes away only what it made, and keeps the audit trail', async () => {
		const planned = await run(['--remove', '--plan'], {});
		expect(planned.output).toContain('delete   workflow    Notion SCIM: onboarding');
		expect(planned.output).toContain('leave    Data Table  notion_scim_changes: it holds what was recorded');
		const { code } = await run(['--remove', '--yes'], {});
		expect(code).toBe(0);
		expect(await names()).toEqual(['Ours']);
		expect((await host.client.dataTables()).map(({ name }) => name)).toContain('notion_scim_changes');
	});
});

/** Where BambooHR would send its events. */
async function eventsUrl(): Promise<string> {
	const trigger = (await workflow('Notion SCIM: onboarding')).nodes.find(({ name }) => name === 'HrisEvents');
	return host.webhookUrl(`${z.string().parse(trigger?.webhookId)}/hris`);
}
