import { randomBytes, randomUUID } from 'node:crypto';

import { z } from 'zod';

import { poll } from '../host/poll.mts';
import { startEntra } from '../vendors/entra.mts';
import { startGoogle } from '../vendors/google.mts';
import { startOkta } from '../vendors/okta.mts';
import { standardWebhooksDelivery } from '../vendors/standardWebhooksDelivery.mts';
import { enabled, filledIn, withWebhookId } from '../host/filledIn.mts';
import { type Ending, published, sessionEnd } from './leaver.mts';
import { workflowFile, type World } from './world.mts';

const OKTA_HOST = 'example.okta.com';

/** The person whose account is compromised. */
const PERSON = 'ada@example.com';

/** Apps besides Notion, as named by the workflows and the nodes that call them. */
const APPS = ['Entra', 'Okta', 'Google'];

/** Outcomes that mean that this call has ended the access: to Notion, and to an app. */
const DONE = ['removed', 'lockedDown'];

export interface Emergency {
	id: string;
	/** Address for signed calls. */
	callsUrl: string;
	secret: string;
	stop(): Promise<void>;
}

/** Starts the other three apps of an emergency, and publishes the workflow. */
export async function startEmergency(world: World): Promise<Emergency> {
	const { host } = world;
	const [entra, okta, google] = await Promise.all([startEntra(), startOkta(), startGoogle()]);
	const targets: Array<[hostName: string, url: string]> = [
		['graph.microsoft.com', entra.url],
		['login.microsoftonline.com', entra.url],
		[OKTA_HOST, okta.url],
		['admin.googleapis.com', google.url],
		['oauth2.googleapis.com', google.url],
	];
	for (const [hostName, url] of targets) await host.proxy.route(hostName, url);
	entra.addUser({ userPrincipalName: PERSON });
	okta.addUser({ login: PERSON });
	google.addUser({ primaryEmail: PERSON });

	const secret = `whsec_${randomBytes(24).toString('base64')}`;
	const make = async (type: string, data: Record<string, unknown>) =>
		await host.client.createCredential({ type, name: `Emergency ${type}`, data });
	const credentials = {
		...world.credentials,
		hrisWebhookApi: await make('hrisWebhookApi', { scheme: 'standardWebhooks', secret }),
		notionScimApi: await make('notionScimApi', {
			token: world.sandbox.token,
			access: 'full',
			tokenCreatorEmail: 'owner@example.com',
		}),
		notionAdminApi: await make('notionAdminApi', { token: world.sandbox.adminToken }),
		microsoftEntraServicePrincipalApi: await make('microsoftEntraServicePrincipalApi', {
			authentication: 'clientSecret',
			graphApiBaseUrl: 'https://graph.microsoft.com',
			...entra.credential,
		}),
		oktaApi: await make('oktaApi', { url: `https://${OKTA_HOST}`, accessToken: okta.accessToken }),
		googleApi: await make('googleApi', google.credential),
	};
	const subWorkflows: Record<string, string> = { ...world.subWorkflows };
	for (const app of APPS) {
		const file = await workflowFile(`lock-out-of-${app.toLowerCase()}`);
		const workflow = app === 'Okta' ? filledIn(file, { 'Address of Okta': { oktaUrl: `https://${OKTA_HOST}` } }) : file;
		subWorkflows[`Lock out of ${app}`] = await published(world, workflow, { credentials, subWorkflows });
	}
	const webhookId = randomUUID();
	const file = enabled(withWebhookId(filledIn(await workflowFile('emergency-lockdown'), {}), 'HrisEvents', webhookId), 'HrisWebhook');
	const id = await published(world, file, { credentials, subWorkflows });
	await published(world, await workflowFile('emergency-confirm'), {
		credentials,
		subWorkflows: { ...subWorkflows, 'Lock out': id },
	});
	return {
		id,
		callsUrl: host.webhookUrl(`${webhookId}/hris`),
		secret,
		stop: async () => {
			await Promise.all([entra.close(), okta.close(), google.close()]);
		},
	};
}

/** A signed call from a security tool. */
export async function callEmergency(world: World, { callsUrl, secret }: Emergency): Promise<Ending> {
	const sentAt = Date.now();
	const { status } = await fetch(callsUrl, {
		method: 'POST',
		...standardWebhooksDelivery(
			{ events: [{ kind: 'accessRevoked', person: { email: PERSON } }] },
			secret,
		),
	});
	const answeredAfter = Date.now() - sentAt;
	const endedAt = await sessionEnd(world, PERSON);
	const rows = await poll(
		async () => {
			const all = await world.host.client.rows('notion_scim_changes');
			const known = all.filter(({ kind, email, state }) => kind === 'emergency' && email === PERSON && state === 'done');
			return known.length > APPS.length ? known : undefined;
		},
		'the emergency to be on record',
		60_000,
	);
	const locked = rows.filter(({ outcome, removedAt }) => DONE.includes(String(outcome)) && removedAt !== '');
	return {
		what: 'an emergency',
		email: PERSON,
		status,
		answeredAfter,
		sessionEndedAfter: endedAt - sentAt,
		result: `locked out, verified: ${locked.map(appOf).sort().map(capitalised).join(', ')}`,
		right: locked.length === APPS.length + 1,
	};
}

/** The app of a journal row. */
function appOf({ details }: Record<string, unknown>): string {
	return z.object({ app: z.string() }).parse(JSON.parse(String(details))).app;
}

function capitalised(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
