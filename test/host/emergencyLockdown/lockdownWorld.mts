import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { poll } from '../../../host/poll.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/server.mts';
import { type Entra, startEntra } from '../../../vendors/entra.mts';
import { type Google, startGoogle } from '../../../vendors/google.mts';
import { type Okta, startOkta } from '../../../vendors/okta.mts';
import { standardWebhooksDelivery } from '../../../vendors/standardWebhooksDelivery.mts';

export const OKTA_HOST = 'example.okta.com';
export const APPS = ['Notion', 'Entra', 'Okta', 'Google'];
export const RESULTS = 'emergency_results';
const FILE = join('workflows', 'emergency-lockdown', 'emergency-lockdown.json');
const KEY_HEADER = 'X-Security-Key';

/** A published copy of the workflow, with addresses of its own. */
export interface Lockdown {
	workflowId: string;
	/** Of the signed door. */
	signedUrl: string;
	/** Of the door with a header. */
	headerUrl: string;
	formUrl: string;
}

export interface LockdownOptions {
	/** Values of the node Settings. */
	settings?: Record<string, unknown>;
	/** Apps that the company does not have: the admin says so in Settings and deactivates their nodes. */
	without?: string[];
	/** Apps that the company has, but whose nodes are deactivated. */
	deactivated?: string[];
	/** A Code node at which each execution dies. */
	diesAt?: string;
}

/** An n8n with both packages, and a company in all four apps. */
export interface World {
	host: N8nHost;
	sandbox: Sandbox;
	entra: Entra;
	okta: Okta;
	google: Google;
	/** Adds somebody to the apps, by default to all of them. */
	hire(email: string, apps?: string[]): void;
	publish(options?: LockdownOptions): Promise<Lockdown>;
	/** What a security tool does: a signed call. */
	call(lockdown: Lockdown, body: unknown, options?: { id?: string; secret?: string }): Promise<number>;
	callWithHeader(lockdown: Lockdown, body: unknown, key?: string): Promise<number>;
	/** Rows about these people, when none of them is merely intended any more. */
	results(people: string[], within?: number): Promise<Row[]>;
	stop(): Promise<void>;
}

export type Row = Record<string, unknown>;

export async function startLockdownWorld(folder: string): Promise<World> {
	const [sandbox, entra, okta, google] = await Promise.all([
		startSandbox(),
		startEntra(),
		startOkta(),
		startGoogle(),
	]);
	const host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(folder), await packPackage(folder, 'hris-trigger')],
		vendors: {
			'api.notion.com': sandbox.url,
			'graph.microsoft.com': entra.url,
			'login.microsoftonline.com': entra.url,
			[OKTA_HOST]: okta.url,
			'admin.googleapis.com': google.url,
			'oauth2.googleapis.com': google.url,
		},
	});
	const secret = `whsec_${randomBytes(24).toString('base64')}`;
	const key = randomBytes(24).toString('base64url');
	const { client } = host;
	const credential = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential({ type, name: type, data });
	const credentials = {
		hrisWebhookApi: await credential('hrisWebhookApi', { scheme: 'standardWebhooks', secret }),
		httpHeaderAuth: await credential('httpHeaderAuth', { name: KEY_HEADER, value: key }),
		notionScimApi: await credential('notionScimApi', {
			token: sandbox.token,
			access: 'full',
			tokenCreatorEmail: 'owner@example.com',
		}),
		microsoftEntraServicePrincipalApi: await credential('microsoftEntraServicePrincipalApi', {
			authentication: 'clientSecret',
			graphApiBaseUrl: 'https://graph.microsoft.com',
			...entra.credential,
		}),
		oktaApi: await credential('oktaApi', { url: `https://${OKTA_HOST}`, accessToken: okta.accessToken }),
		googleApi: await credential('googleApi', google.credential),
	};

	const publish = async (options: LockdownOptions = {}) => {
		const { without = [], deactivated = without, diesAt } = options;
		const apps = APPS.filter((app) => !without.includes(app));
		const settings: Record<string, unknown> = { apps, ...options.settings };
		const copy = randomUUID();
		const file = JSON.parse(
			(await readFile(FILE, 'utf8'))
				.replace('"notion-emergency"', `"notion-emergency-${copy}"`)
				.replace('"notion-emergency-confirm"', `"confirm-${copy}"`),
		);
		for (const node of file.nodes) {
			if (node.name === 'HrisEvents') node.webhookId = copy;
			if (node.name === 'Settings') {
				for (const field of node.parameters.assignments.assignments) {
					if (!(field.name in settings)) continue;
					const value = settings[field.name];
					field.value = field.type === 'array' ? JSON.stringify(value) : value;
				}
			}
			if (node.name === diesAt) node.parameters.jsCode = 'throw new Error("It died.");';
			const isOfApp = deactivated.some((app) => String(node.name).endsWith(` in ${app}`));
			if (isOfApp && !node.type.endsWith('.code')) node.disabled = true;
		}
		const { id } = await client.importWorkflow(file, { credentials, name: `Emergency ${copy}` });
		await client.publish(id);
		return {
			workflowId: id,
			signedUrl: host.webhookUrl(`${copy}/hris`),
			headerUrl: host.webhookUrl(`notion-emergency-${copy}`),
			formUrl: `${host.url}/form/confirm-${copy}`,
		};
	};

	const post = async (
		url: string,
		{ body, headers }: { body: string; headers: Record<string, string> },
	) => {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', ...headers },
			body,
		});
		await response.text();
		return response.status;
	};

	return {
		host,
		sandbox,
		entra,
		okta,
		google,
		hire(email, apps = ['Notion', 'Entra', 'Okta', 'Google']) {
			if (apps.includes('Notion')) sandbox.workspace.addUser({ email });
			if (apps.includes('Entra')) entra.addUser({ userPrincipalName: email });
			if (apps.includes('Okta')) okta.addUser({ login: email });
			if (apps.includes('Google')) google.addUser({ primaryEmail: email });
		},
		publish,
		async call({ signedUrl }, body, { id, secret: other = secret } = {}) {
			return await post(signedUrl, standardWebhooksDelivery(body, other, id));
		},
		callWithHeader: async ({ headerUrl }, body, given = key) =>
			await post(headerUrl, { body: JSON.stringify(body), headers: { [KEY_HEADER]: given } }),
		async results(people, within = 60_000) {
			return await poll(
				async () => {
					const rows = (await client.rows(RESULTS)).filter(({ person }) => people.includes(String(person)));
					const named = new Set(rows.map(({ person }) => person));
					const isOver = rows.every(({ outcome }) => outcome !== 'intended');
					return named.size === new Set(people).size && isOver ? rows : undefined;
				},
				`results of ${people.join(', ')}`,
				within,
			);
		},
		async stop() {
			await host.stop();
			await Promise.all([sandbox.close(), entra.close(), okta.close(), google.close()]);
		},
	};
}

/** The form in which a security tool names people. */
export function revoked(...emails: string[]) {
	return { events: emails.map((email) => ({ kind: 'accessRevoked', person: { email } })) };
}
