import { randomBytes, randomUUID } from 'node:crypto';

import { poll } from '../host/poll.mts';
import { startEntra } from '../vendors/entra.mts';
import { startGoogle } from '../vendors/google.mts';
import { startOkta } from '../vendors/okta.mts';
import { standardWebhooksDelivery } from '../vendors/standardWebhooksDelivery.mts';
import { filledIn, withWebhookId } from '../host/filledIn.mts';
import { type Ending, sessionEnd } from './leaver.mts';
import { workflowFile, type World } from './world.mts';

const OKTA_HOST = 'example.okta.com';

/** Whose account is in the wrong hands. */
const PERSON = 'ada@example.com';

const APPS = ['Notion', 'Entra', 'Okta', 'Google'];

export interface Emergency {
	id: string;
	/** Address for signed calls. */
	callsUrl: string;
	secret: string;
	stop(): Promise<void>;
}

/** Starts the other three apps that somebody has to be locked out of, and publishes the workflow. */
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
	const webhookId = randomUUID();
	const workflow = filledIn(await workflowFile('emergency-lockdown'), {
		Settings: { oktaUrl: `https://${OKTA_HOST}` },
	});
	const { id } = await host.client.importWorkflow(withWebhookId(workflow, 'HrisEvents', webhookId), {
		credentials,
	});
	await host.client.publish(id);
	return {
		id,
		callsUrl: host.webhookUrl(`${webhookId}/hris`),
		secret,
		stop: async () => {
			await Promise.all([entra.close(), okta.close(), google.close()]);
		},
	};
}

/** A security tool calls, signed. */
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
			const all = await world.host.client.rows('emergency_results');
			const known = all.filter(({ person, outcome }) => person === PERSON && outcome !== 'intended');
			return known.length >= APPS.length ? known : undefined;
		},
		'the emergency to be on record',
		60_000,
	);
	const locked = rows.filter(({ outcome, verified }) => outcome === 'lockedDown' && verified === true);
	return {
		what: 'an emergency',
		email: PERSON,
		status,
		answeredAfter,
		sessionEndedAfter: endedAt - sentAt,
		result: `locked out, verified: ${locked.map(({ app }) => String(app)).sort().join(', ')}`,
		right: locked.length === APPS.length,
	};
}
