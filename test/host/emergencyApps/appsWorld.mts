import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import type { CredentialReference } from '../../../host/importedWorkflow.mts';
import { workflowFileSchema } from '../../../host/n8nSchemas.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import type { Details } from '../../../lib/lifecycle/details.ts';
import { changeRow, newChange } from '../../../lib/lifecycle/journal.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type Entra, startEntra } from '../../../vendors/entra.mts';
import { type Google, startGoogle } from '../../../vendors/google.mts';
import { type Okta, startOkta } from '../../../vendors/okta.mts';
import { alertStore, callerOf } from './callers.mts';

export const APPS = ['entra', 'okta', 'google'] as const;
export type AppName = (typeof APPS)[number];
export type Row = Record<string, unknown>;

export interface LockOutOptions {
	state?: 'intended' | 'done';
	kind?: 'emergency' | 'leave';
	details?: Details;
	/** Nodes that are deactivated, by name. */
	without?: string[];
}

/** An n8n with the three workflows, each behind a caller that waits for it. */
export interface World {
	host: N8nHost;
	entra: Entra;
	okta: Okta;
	google: Google;
	/** Adds people to an app. */
	hire(app: AppName, ...emails: string[]): void;
	/**
	 * Has people locked out of an app, as emergency-lockdown does.
	 *
	 * @returns their rows afterwards, in this order
	 */
	lockOut(app: AppName, emails: string[], options?: LockOutOptions): Promise<Row[]>;
	/** Calls a copy of an app's workflow whose last check fails. */
	lockOutBroken(app: AppName, email: string): Promise<void>;
	/** Texts of the alerts with this key, oldest first. */
	alertsOf(key: string): Promise<unknown[]>;
	/** Texts of the alerts about a person in an app. */
	alerts(app: AppName, email: string): Promise<unknown[]>;
	/** What was seen of a person in an app. */
	evidence(app: AppName, email: string): Promise<unknown[]>;
	/** What no record may hold. */
	secrets(): string[];
	stop(): Promise<void>;
}

/** The name of a copy that fails. */
const BROKEN = 'broken';

export const LABELS: Readonly<Record<AppName, string>> = { entra: 'Entra', okta: 'Okta', google: 'Google' };

export async function startAppsWorld(folder: string): Promise<World> {
	const [sandbox, entra, okta, google] = await Promise.all([startSandbox(), startEntra(), startOkta(), startGoogle()]);
	const host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package'))],
		vendors: { 'api.notion.com': sandbox.url, ...entra.hosts, ...okta.hosts, ...google.hosts },
	});
	const { client } = host;
	const credentials = await makeCredentials(host, { sandbox, entra, okta, google });
	const { id: tables } = await client.importWorkflow(await fileOf('data-tables'));
	await client.runManually(tables, 'RunOnce');
	await client.waitForExecution(({ status }) => status === 'success', { workflowId: tables });
	const { id: alertsId } = await client.importWorkflow(alertStore);
	await client.publish(alertsId);

	const callers = new Map<string, Promise<string>>();
	/** The URL of a caller of an app some of whose nodes are deactivated. */
	const callerUrl = async (app: AppName, without: string[]) => {
		const path = ['lock-out-of', app, ...without].join('-').replaceAll(' ', '-');
		const made = callers.get(path) ?? publishApp(app, without, path);
		callers.set(path, made);
		return await made;
	};
	const publishApp = async (app: AppName, without: string[], path: string) => {
		const file = await fileOf(`lock-out-of-${app}`);
		for (const node of file.nodes) {
			if (without.includes(node.name)) Object.assign(node, { disabled: true });
			if (path.endsWith(BROKEN) && node.name === 'Check outcome') node.parameters['accounts'] = '';
		}
		const subWorkflows = { 'Raise alert': alertsId, 'Raise failure alert': alertsId };
		const { id } = await client.importWorkflow(file, { credentials, subWorkflows });
		await client.publish(id);
		const caller = await client.importWorkflow(callerOf(path), { subWorkflows: { 'Lock out': id } });
		await client.publish(caller.id);
		return host.webhookUrl(path);
	};

	/** Why the newest executions failed, so that a failing test says it. */
	const failures = async () => {
		const failed = (await client.executions()).filter(({ status }) => status === 'error').slice(0, 3);
		return await Promise.all(failed.map(async ({ id }) => (await client.execution(id)).error ?? 'no reason'));
	};

	let calls = 0;
	const keyOf = (number: number, app: AppName, email: string) => `emergency|edr|msg_${number}|${email}|${app}`;
	const rowOf = (number: number, app: AppName, email: string, { state = 'intended', kind = 'emergency', details }: LockOutOptions = {}) =>
		changeRow(
			newChange({
				...{ kind, state, event: 'accessRevoked', source: 'edr', email, requestedBy: 'analyst@example.com' },
				key: keyOf(number, app, email),
				details: { app, ...details },
			}),
		);
	const call = async (url: string, rows: unknown[]) => {
		const headers = { 'Content-Type': 'application/json' };
		const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(rows) });
		await answer.text();
		return answer;
	};
	const alertsOf = async (wanted: string) =>
		(await client.rows('notion_scim_alerts')).filter(({ key }) => key === wanted).map(({ text }) => text);

	return {
		host,
		entra,
		okta,
		google,
		hire(app, ...emails) {
			for (const email of emails) {
				if (app === 'entra') entra.addUser({ userPrincipalName: email });
				if (app === 'okta') okta.addUser({ login: email });
				if (app === 'google') google.addUser({ primaryEmail: email });
			}
		},
		async lockOut(app, emails, { without = [], ...values } = {}) {
			const number = ++calls;
			const rows = emails.map((email) => rowOf(number, app, email, values));
			const answer = await call(await callerUrl(app, without), rows);
			if (!answer.ok) throw new Error(`The workflow failed: ${(await failures()).join(' ')}`);
			const stored = await client.rows('notion_scim_changes');
			return emails.flatMap((email) => stored.filter(({ key }) => key === keyOf(number, app, email)));
		},
		async lockOutBroken(app, email) {
			await call(await callerUrl(app, [BROKEN]), [rowOf(++calls, app, email)]);
		},
		alertsOf,
		alerts: async (app, email) => await alertsOf(`emergency-lockdown: ${email} in ${LABELS[app]}`),
		async evidence(app, email) {
			const rows = await client.rows('notion_scim_evidence');
			const ending = `|${email}|${app}`;
			return rows.filter(({ key }) => String(key).endsWith(ending)).map(({ record }): unknown => JSON.parse(String(record)));
		},
		secrets: () => [
			sandbox.token,
			okta.accessToken,
			entra.credential.clientSecret,
			...entra.issuedTokens(),
			...google.issuedTokens(),
		],
		async stop() {
			await host.stop();
			await Promise.all([sandbox, entra, okta, google].map(async (server) => await server.close()));
		},
	};
}

async function fileOf(job: string) {
	return workflowFileSchema.parse(JSON.parse(await readFile(join('workflows', job, `${job}.json`), 'utf8')));
}

async function makeCredentials(
	{ client }: N8nHost,
	{ sandbox, entra, okta, google }: { sandbox: Sandbox; entra: Entra; okta: Okta; google: Google },
): Promise<Record<string, CredentialReference>> {
	const make = async (type: string, data: Record<string, unknown>) => await client.createCredential({ type, name: type, data });
	return {
		notionScimApi: await make('notionScimApi', {
			token: sandbox.token,
			access: 'readOnly',
			protectedEmails: 'board@example.com',
		}),
		microsoftEntraServicePrincipalApi: await make('microsoftEntraServicePrincipalApi', {
			authentication: 'clientSecret',
			graphApiBaseUrl: 'https://graph.microsoft.com',
			...entra.credential,
		}),
		oktaApi: await make('oktaApi', { url: 'https://example.okta.com', accessToken: okta.accessToken }),
		googleApi: await make('googleApi', google.credential),
	};
}
