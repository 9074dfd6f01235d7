import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { directoryStaff } from '../../../vendors/directoryStaff.mts';
import { type Entra, startEntra } from '../../../vendors/entra.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { type NpmRegistry, startNpmRegistry } from '../../../vendors/npmRegistry.mts';
import { npmHostOfN8n } from '../../support/npmHostOfN8n.mts';
import { type Okta, startOkta } from '../../../vendors/okta.mts';
import { apiKey, type CommandResult, notionScimSetup } from './setupCommand.mts';

const PACKAGES = ['.', 'hris-trigger'];
const SYNC = 'Notion SCIM: directory sync';

let folder: string;
let sandbox: Sandbox;
let okta: Okta;
let entra: Entra;
let mail: MailServer;
let registry: NpmRegistry;
let host: N8nHost;
let key: string;

/** An n8n as it comes, without our packages. It reaches npm at its true name, as everything else. */
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'setup-directories-'));
	const staff = directoryStaff();
	[sandbox, okta, entra, mail, registry] = await Promise.all([
		startSandbox(),
		startOkta({ staff }),
		startEntra({ staff }),
		startMailServer({ password: 'password-of-the-mails' }),
		startNpmRegistry(await npmHostOfN8n()),
	]);
	const vendors = { ...okta.hosts, ...entra.hosts, ...registry.hosts, 'api.notion.com': sandbox.url };
	host = await startHost({ folder: join(folder, 'n8n'), packages: [], vendors, environment: { N8N_DISABLED_MODULES: 'mcp-registry' } });
	key = await apiKey(host);
}, 180_000);

afterAll(async () => {
	await host?.stop();
	await Promise.all([registry?.close(), mail?.close(), entra?.close(), okta?.close(), sandbox?.close()]);
	await rm(folder, { recursive: true, force: true });
}, 60_000);

jest.setTimeout(180_000);

const first = () => [
	...['--jobs', 'directory-sync,group-teamspace-sync,import-members', '--managed-groups', 'Engineering, Sales'],
	...['--directory', 'okta', '--set', 'directory.url=https://example.okta.com', '--zone', 'Europe/Berlin', '--domains', 'example.com'],
	...['--token-creator', 'owner@example.com', '--mail-from', 'n8n@example.com', '--mail-to', 'it@example.com', '--smtp-plain'],
	...['--smtp-host', `${mail.host}:${mail.port}`, '--smtp-user', String(mail.credential['user'])],
];

async function run(args: readonly string[], directorySecret: string): Promise<CommandResult> {
	const secrets = {
		N8N_API_KEY: key,
		NOTION_SCIM_TOKEN: sandbox.token,
		DIRECTORY_SECRET: directorySecret,
		DIRECTORY_HINT_SECRET: 'hints-of-the-directory',
		SMTP_PASSWORD: 'password-of-the-mails',
		FORM_PASSWORD: 'password-of-the-forms',
	};
	const result = await notionScimSetup(['--n8n', host.url, '--yes', ...args], secrets);
	for (const secret of Object.values(secrets)) expect(result.output).not.toContain(secret);
	return result;
}

/** Executes the sync by hand, to its end. @returns the mail about it */
async function syncedNow(): Promise<string> {
	const sync = (await host.client.workflows()).find(({ name }) => name === SYNC);
	const id = await host.client.runManually(sync?.id ?? '', 'RunNow');
	const { status, error } = await host.client.waitForExecution((one) => one.id === id, { workflowId: sync?.id ?? '' });
	expect({ status, error }).toEqual({ status: 'success', error: undefined });
	const { subject, text } = await mail.waitFor(({ to, subject: about }) => to.includes('it@example.com') && about.startsWith(SYNC));
	mail.clear();
	return `${subject}\n${text}`;
}

const installed = () => registry.requests().filter(({ path }) => path.endsWith('.tgz')).map(({ path }) => path.split('/')[1]);

describe('in an n8n without the packages, the set-up command', () => {
	it('says why n8n does not install them, and how to do it', async () => {
		const { code, output } = await run(first(), okta.accessToken);
		expect(code).toBe(1);
		expect(output).toContain('Settings → Community nodes → Install, and enter n8n-nodes-notion-scim');
		expect(output).toContain('n8n did not install it itself. It did not find the package in its registry of npm packages.');
		expect(await host.client.workflows()).toEqual([]);
	});

	it('lets n8n install what the jobs need, and goes on to the end', async () => {
		for (const one of PACKAGES) await registry.publish(await packPackage(folder, one));
		const { code, output } = await run(first(), okta.accessToken);
		expect(output).toContain('install  package     n8n-nodes-notion-scim: installed');
		expect(output).toContain('make     workflow    Directory source: Okta');
		expect(output).toContain('Directory sync only reports until you set Mode to Apply');
		expect(code).toBe(0);
		expect(installed()).toEqual(['n8n-nodes-notion-scim']);
		expect(output).toContain('publish  workflow    Notion SCIM: group to teamspace sync');
		expect(output).toContain('make     workflow    Notion SCIM: import members');
		expect(output).not.toContain('publish  workflow    Notion SCIM: import members');
	});

	it('leaves a sync that reads all of Okta, and writes nothing', async () => {
		expect(await syncedNow()).toMatch(/dry run/i);
		expect(okta.requests().some(({ path, status }) => path.startsWith('/api/v1/groups') && status === 200)).toBe(true);
		expect(sandbox.requests.count({ method: 'POST' })).toBe(0);
	});

	it('takes another directory in its place, and asks for nothing else again', async () => {
		const { tenantId, clientId, clientSecret } = entra.credential;
		const { code, output } = await run(['--directory', 'entra', '--set', `directory.tenantId=${tenantId}`, '--set', `directory.clientId=${clientId}`], clientSecret);
		expect(output).toContain('make     credential  Notion SCIM: Microsoft Entra ID');
		expect(output).toContain('update   workflow    Notion SCIM: directory sync');
		expect(output).not.toContain('install  package');
		expect(code).toBe(0);
		okta.clearRequests();
		expect(await syncedNow()).toMatch(/dry run/i);
		expect(entra.requests().some(({ path, status }) => path.startsWith('/v1.0/users') && status === 200)).toBe(true);
		expect(okta.requests()).toEqual([]);
	});

	it('has nothing to do when it is run once more, without any answer', async () => {
		const { code, output } = await run([], entra.credential.clientSecret);
		expect(output).toContain('Nothing was done.');
		expect(code).toBe(0);
	});

	it('adds a job that needs the second package', async () => {
		const jobs = 'directory-sync,group-teamspace-sync,import-members,emergency';
		const result = await notionScimSetup(['--n8n', host.url, '--yes', '--jobs', jobs], { N8N_API_KEY: key, EMERGENCY_WEBHOOK_SECRET: 'whsec_dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OQ==', NOTION_SCIM_TOKEN: sandbox.token });
		expect(result.output).toContain('install  package     n8n-nodes-hris-trigger: installed');
		expect(result.code).toBe(0);
		expect(installed()).toEqual(['n8n-nodes-notion-scim', 'n8n-nodes-hris-trigger']);
	});
});
