import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import { filledIn } from '../../../host/filledIn.mts';
import type { N8nHost } from '../../../host/startHost.mts';

export const FORM_USER = { user: 'admin', password: 'a password for the form' };
export const MAIL = { fromEmail: 'n8n@company.example', toEmail: 'it@company.example, security@company.example' };

/** A mail server that no one runs. */
const NO_MAIL_SERVER = { host: '127.0.0.1', port: 1, secure: false, disableStartTls: true, user: 'n8n', password: 'n8n' };

/**
 * Publishes error-notification as an admin sets it up, for the workflows that call it. The Data Tables must
 * be there, and the package.
 *
 * @param smtp data of the mail server's credential; without one every mail fails, which no caller notices
 * @returns its id
 */
export async function publishErrorNotification(
	{ client }: N8nHost,
	smtp: Record<string, unknown> = NO_MAIL_SERVER,
): Promise<string> {
	const file: unknown = JSON.parse(await readFile('workflows/error-notification/error-notification.json', 'utf8'));
	const mail = await client.createCredential({ type: 'smtp', name: 'Mail', data: smtp });
	const form = await client.createCredential({ type: 'httpBasicAuth', name: 'Form', data: FORM_USER });
	const { id } = await client.importWorkflow(filledIn(file, { 'Send mail': MAIL }), {
		credentials: { smtp: mail, httpBasicAuth: form },
		// Executions that succeed are not saved, which a page of the form that waits must survive.
		settings: 'keep',
	});
	await client.publish(id);
	return id;
}

const callsSchema = z.object({ nodes: z.array(z.object({ name: z.string() })) });

/** Picks error-notification in every node of a workflow that raises an alert. */
export function alertPicks(file: unknown, errorNotification: string): Record<string, string> {
	const names = callsSchema.parse(file).nodes.map(({ name }) => name);
	return Object.fromEntries(names.filter((name) => name.startsWith('Raise ')).map((name) => [name, errorNotification]));
}
