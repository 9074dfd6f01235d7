import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { poll } from '../../../host/poll.mts';
import { signIn } from '../../../host/n8nRest.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { publishErrorNotification } from './publish.mts';

const ALERTS = 'notion_scim_alerts';

export interface AlertHost {
	host: N8nHost;
	mail: MailServer;
	/** Id of error-notification, published. */
	workflowId: string;
	/** What another workflow does: it calls error-notification once, with these items. Gives its execution. */
	raise(...alerts: Record<string, unknown>[]): ReturnType<N8nHost['client']['execution']>;
	/** Raises each alert in an execution of its own, all at once, and waits for all. */
	raiseApart(alerts: Record<string, unknown>[]): Promise<void>;
	/** Stores rows that no one was told of. */
	store(...rows: Record<string, unknown>[]): Promise<void>;
	/** Changes the rows of a key. */
	change(key: string, values: Record<string, unknown>): Promise<void>;
	rowsOf(key: string): Promise<Record<string, unknown>[]>;
	/** Runs the schedule now, and gives the execution once it has ended. */
	tick(): ReturnType<N8nHost['client']['execution']>;
	stop(): Promise<void>;
}

/** A real n8n with error-notification published, a mail server and a workflow that raises alerts. */
export async function startAlertHost(): Promise<AlertHost> {
	const folder = await mkdtemp(join(tmpdir(), 'alerts-'));
	const mail = await startMailServer({ password: 'a password for mail' });
	const packages = [await packPackage(join(folder, 'package'))];
	const host = await startHost({ folder: join(folder, 'n8n'), packages, vendors: {} });
	const { client } = host;
	await makeDataTables(host);
	const workflowId = await publishErrorNotification(host, mail.credential);
	const caller = await client.importWorkflow(callerOf(workflowId));
	await client.publish(caller.id);
	const rest = await signIn(host.url, host.owner);
	const path = await pathOfAlerts(host);
	const post = async (alerts: Record<string, unknown>[]) => {
		const answer = await fetch(host.webhookUrl('raise'), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(alerts),
		});
		return z.object({ execution: z.string() }).parse(await answer.json()).execution;
	};
	const ended = async (id: string, ofWorkflow: string) =>
		await client.waitForExecution((candidate) => candidate.id === id, { workflowId: ofWorkflow });

	return {
		host,
		mail,
		workflowId,
		raise: async (...alerts) => await ended(await post(alerts), caller.id),
		raiseApart: async (alerts) => {
			const started = await Promise.all(alerts.map(async (alert) => await post([alert])));
			await poll(
				async () => {
					const executions = await client.executions(caller.id);
					const done = executions.filter(({ id, status }) => started.includes(id) && status === 'success');
					return done.length === started.length ? done : undefined;
				},
				'all executions to end',
				60_000,
			);
		},
		store: async (...rows) => {
			const data = rows.map((row) => ({ state: 'open', toldAt: '', told: 0, ...row }));
			await rest(z.unknown(), 'POST', `${path}/insert`, { data });
		},
		change: async (key, data) => {
			const filter = { type: 'and', filters: [{ columnName: 'key', condition: 'eq', value: key }] };
			await rest(z.unknown(), 'PATCH', `${path}/rows`, { filter, data });
		},
		rowsOf: async (key) => (await client.rows(ALERTS)).filter((row) => row['key'] === key),
		tick: async () => await ended(await client.runManually(workflowId, 'EveryHour'), workflowId),
		stop: async () => {
			await host.stop();
			await mail.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function pathOfAlerts({ client }: N8nHost): Promise<string> {
	const table = (await client.dataTables()).find(({ name }) => name === ALERTS);
	if (!table) throw new Error('There is no table of alerts');
	return `rest/projects/${table.projectId}/data-tables/${table.id}`;
}

/** A workflow of an admin's own: it answers at once, raises what it was sent, and goes on after that. */
function callerOf(errorNotification: string) {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: 'Quarterly review',
		nodes: [
			node('Webhook', 'webhook', 2.1, {
				httpMethod: 'POST',
				path: 'raise',
				responseMode: 'onReceived',
				options: { responseData: '={{ JSON.stringify({ execution: $execution.id }) }}' },
			}),
			node('Alerts', 'splitOut', 1, { fieldToSplitOut: 'body', options: {} }),
			node('Raise alert', 'executeWorkflow', 1.3, {
				workflowId: { __rl: true, mode: 'id', value: errorNotification },
				mode: 'once',
				options: { waitForSubWorkflow: true },
			}),
			node('After that', 'noOp', 1, {}),
		],
		connections: { Webhook: to('Alerts'), Alerts: to('Raise alert'), 'Raise alert': to('After that') },
	};
}
