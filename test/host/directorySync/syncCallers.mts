import { readFile } from 'node:fs/promises';

import { filledIn } from '../../../host/filledIn.mts';
import { alertPicks } from '../errorNotification/publish.mts';
import { chain, node } from '../workflowNodes.mts';
import type { SyncWorld } from './syncWorld.mts';

export const KEY = 'a-key-of-the-directory';

const ALERTS = 'Notion SCIM: error notification';

/** Nodes of the workflows here that call directory-sync. */
const CALLS = ['Look at the person', 'Provision', 'Look again', 'Sync the groups', 'Carry them out', 'Run the sync'];

/**
 * Publishes a workflow that calls directory-sync.
 *
 * @param sync id of directory-sync
 * @returns its id
 */
export async function publishCaller({ host, mail, sandbox }: SyncWorld, folder: string, sync: string): Promise<string> {
	const { client } = host;
	const text = await readFile(`workflows/${folder}/${folder}.json`, 'utf8');
	const file: unknown = JSON.parse(text);
	const credential = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential({ type, name: `${type} of ${folder}`, data });
	const zone = text.includes('"HrisEvents"') ? { HrisEvents: { timeZone: 'UTC' } } : {};
	// The world has published it.
	const { id: errorNotification = '' } = (await client.workflows()).find(({ name }) => name === ALERTS) ?? {};
	const addresses = { fromEmail: 'n8n@example.com', toEmail: 'it@example.com' };
	const letter = text.includes('"Send mail"') ? { 'Send mail': addresses } : {};
	const { id } = await client.importWorkflow(filledIn(file, { ...zone, ...letter }), {
		credentials: {
			notionScimApi: await credential('notionScimApi', { token: sandbox.token, access: 'readOnly', ownedDomains: 'example.com' }),
			smtp: await credential('smtp', mail.credential),
			httpHeaderAuth: await credential('httpHeaderAuth', { name: 'X-HRIS-Key', value: KEY }),
			hrisWebhookApi: await credential('hrisWebhookApi', { scheme: 'bamboohr', secret: KEY }),
		},
		subWorkflows: {
			...alertPicks(file, errorNotification),
			...Object.fromEntries(CALLS.filter((name) => text.includes(`"${name}"`)).map((name) => [name, sync])),
		},
	});
	await client.publish(id);
	return id;
}

/** Publishes a workflow that calls another one with what a POST says, and answers with what it gives back. */
export async function publishWebhook({ host }: SyncWorld, path: string, called: string): Promise<string> {
	const workflow = {
		name: path,
		nodes: [
			node('Call', 'webhook', 2.1, { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} }),
			node('Order', 'set', 3.4, { mode: 'raw', jsonOutput: '={{ $json.body }}', options: {} }),
			node('Pass on', 'executeWorkflow', 1.3, {
				workflowId: { __rl: true, mode: 'list', value: '' },
				mode: 'once',
				options: { waitForSubWorkflow: true },
			}),
		],
		connections: chain('Call', 'Order', 'Pass on'),
	};
	const { id } = await host.client.importWorkflow(workflow, { subWorkflows: { 'Pass on': called } });
	await host.client.publish(id);
	return host.webhookUrl(path);
}
