import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import { filledIn } from '../host/filledIn.mts';
import type { N8nHost } from '../host/startHost.mts';
import type { MailServer } from '../vendors/mailServer.mts';

/** The people who may acknowledge alerts. */
export interface FormUser {
	user: string;
	password: string;
}

/**
 * Publishes error-notification, connected to the given mail server.
 * @returns its id by the name of the node that calls it
 */
export async function importErrorNotification(
	{ client }: N8nHost,
	{ mail, formUser }: { mail: MailServer; formUser: FormUser },
): Promise<Record<string, string>> {
	const file: unknown = JSON.parse(await readFile('workflows/error-notification/error-notification.json', 'utf8'));
	const workflow = filledIn(file, { 'Send mail': { fromEmail: 'n8n@example.com', toEmail: 'it@example.com' } });
	const { id } = await client.importWorkflow(workflow, {
		credentials: {
			smtp: await client.createCredential({ type: 'smtp', name: 'Mail of alerts', data: mail.credential }),
			httpBasicAuth: await client.createCredential({ type: 'httpBasicAuth', name: 'Forms', data: { ...formUser } }),
		},
		settings: 'keep',
	});
	await client.publish(id);
	return raisedBy(id);
}

/** The name of every node that raises an alert begins with this. */
const RAISES = 'Raise ';

const namesSchema = z.object({ nodes: z.array(z.object({ name: z.string(), type: z.string() })) });

/**
 * The workflow that raises the alerts of another workflow, by the name of each node that calls it.
 * @param id of error-notification
 */
export function raisedIn(workflow: unknown, id: string | undefined): Record<string, string> {
	if (id === undefined) throw new Error('The workflow that raises alerts is not there');
	const raising = namesSchema.parse(workflow).nodes.filter(({ name, type }) => type.endsWith('.executeWorkflow') && name.startsWith(RAISES));
	return Object.fromEntries(raising.map(({ name }) => [name, id]));
}

function raisedBy(id: string): Record<string, string> {
	return { 'Raise alert': id, 'Raise failure alert': id };
}

const COPIED = ['key', 'text', 'workflow', 'workflowId', 'execution'];

/** Stores alerts without mailing them, if no mail server runs. */
const STORE_ALERTS = {
	name: 'Store alerts',
	nodes: [
		{
			id: 'called',
			name: 'WhenCalled',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { inputSource: 'passthrough' },
		},
		{
			id: 'store',
			name: 'Store alerts',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1,
			position: [240, 0],
			parameters: {
				resource: 'row',
				operation: 'insert',
				dataTableId: { __rl: true, mode: 'name', value: 'notion_scim_alerts' },
				columns: {
					mappingMode: 'defineBelow',
					value: {
						...Object.fromEntries(COPIED.map((column) => [column, `={{ $json.${column} }}`])),
						state: "={{ $json.note ? 'note' : 'open' }}",
					},
					matchingColumns: [],
					schema: [...COPIED, 'state'].map((id) => ({ id, displayName: id, type: 'string', display: true })),
				},
				options: {},
			},
		},
	],
	connections: { WhenCalled: { main: [[{ node: 'Store alerts', type: 'main', index: 0 }]] } },
};

/** The workflow that raises the alerts. @returns its id by the name of the node that calls it */
export async function importAlerts({ client }: N8nHost): Promise<Record<string, string>> {
	const { id } = await client.importWorkflow(STORE_ALERTS);
	await client.publish(id);
	return raisedBy(id);
}
