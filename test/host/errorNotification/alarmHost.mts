import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { filledIn } from '../../../host/filledIn.mts';

import { signIn } from '../../../host/n8nRest.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';

export const ALARMS = 'notion_alarms';
export const FORM_USER = { user: 'admin', password: 'a password for the form' };
export const SETTINGS = {
	notifyTo: 'it@company.example, security@company.example',
	mailFrom: 'n8n@company.example',
};

export interface AlarmHost {
	host: N8nHost;
	mail: MailServer;
	/** Id of error-notification, published. */
	workflowId: string;
	/** Stores rows as another workflow would have. */
	store(...rows: Record<string, unknown>[]): Promise<void>;
	/** Changes the rows of a key. */
	change(key: string, values: Record<string, unknown>): Promise<void>;
	rowsOf(key: string): Promise<Record<string, unknown>[]>;
	/** Runs the schedule now, and gives the execution once it has ended. */
	tick(): ReturnType<N8nHost['client']['execution']>;
	stop(): Promise<void>;
}

/** A real n8n with error-notification published, a mail server and the table of alarms. */
export async function startAlarmHost(): Promise<AlarmHost> {
	const folder = await mkdtemp(join(tmpdir(), 'alarms-'));
	const mail = await startMailServer({ password: 'a password for mail' });
	const host = await startHost({ folder, packages: [], vendors: {} });
	const { client } = host;
	const file = join('workflows', 'error-notification', 'error-notification.json');
	const workflow = filledIn(JSON.parse(await readFile(file, 'utf8')), { Settings: SETTINGS });
	const smtp = await client.createCredential({ type: 'smtp', name: 'Mail', data: mail.credential });
	const httpBasicAuth = await client.createCredential({
		type: 'httpBasicAuth',
		name: 'Form',
		data: FORM_USER,
	});
	const { id } = await client.importWorkflow(workflow, { credentials: { smtp, httpBasicAuth } });
	await client.publish(id);
	const rest = await signIn(host.url, host.owner);

	const tick = async () => {
		const execution = await client.runManually(id, 'EveryMinute');
		return await client.waitForExecution((candidate) => candidate.id === execution, { workflowId: id });
	};
	// The first run makes the table.
	await tick();
	const path = await pathOfAlarms(host);

	return {
		host,
		mail,
		workflowId: id,
		store: async (...rows) => {
			const data = rows.map((row) => ({ state: 'open', told: 0, ...row }));
			await rest(z.unknown(), 'POST', `${path}/insert`, { data });
		},
		change: async (key, data) => {
			const filter = {
				type: 'and',
				filters: [{ columnName: 'key', condition: 'eq', value: key }],
			};
			await rest(z.unknown(), 'PATCH', `${path}/rows`, { filter, data });
		},
		rowsOf: async (key) => (await client.rows(ALARMS)).filter((row) => row['key'] === key),
		tick,
		stop: async () => {
			await host.stop();
			await mail.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function pathOfAlarms({ client }: N8nHost): Promise<string> {
	const table = (await client.dataTables()).find(({ name }) => name === ALARMS);
	if (!table) throw new Error('There is no table of alarms');
	return `rest/projects/${table.projectId}/data-tables/${table.id}`;
}
