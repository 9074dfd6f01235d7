import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packPackage } from '../../../demo/packPackage.mts';
import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import { startHost, type N8nHost } from '../../../host/startHost.mts';
import { type MailServer, startMailServer } from '../../../vendors/mailServer.mts';
import { publishErrorNotification } from '../errorNotification/publish.mts';
import { chain, node } from '../workflowNodes.mts';

export const KEY = 'a-key-of-the-directory';

/** n8n with provision-now and group-teamspace-sync, and a workflow in the place of directory-sync. */
export interface CallersWorld {
	host: N8nHost;
	mail: MailServer;
	provisionId: string;
	groupSyncId: string;
	/** What directory-sync was asked for, in order. */
	orders(): Promise<Record<string, unknown>[]>;
	/** What a workflow gets that calls provision-now. */
	call(order: Record<string, unknown>): Promise<{ status: number; text: string }>;
	stop(): Promise<void>;
}

export async function startCallersWorld(): Promise<CallersWorld> {
	const folder = await mkdtemp(join(tmpdir(), 'callers-'));
	const mail = await startMailServer();
	const host = await startHost({
		folder: join(folder, 'n8n'),
		packages: [await packPackage(join(folder, 'package')), await packPackage(join(folder, 'trigger'), 'hris-trigger')],
		vendors: {},
		environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
	});
	const stop = async () => {
		await host.stop();
		await mail.close();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		return { ...(await published(host, mail)), host, mail, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function published(host: N8nHost, mail: MailServer): Promise<Omit<CallersWorld, 'host' | 'mail' | 'stop'>> {
	const { client } = host;
	await makeDataTables(host);
	const publish = async (file: unknown, picks: Parameters<typeof client.importWorkflow>[1] = {}) => {
		const { id } = await client.importWorkflow(file, picks);
		await client.publish(id);
		return id;
	};
	const alert = await publishErrorNotification(host);
	const sync = await publish(standIn);
	const credential = async (type: string, data: Record<string, unknown>) => await client.createCredential({ type, name: type, data });
	const credentials = {
		smtp: await credential('smtp', mail.credential),
		httpHeaderAuth: await credential('httpHeaderAuth', { name: 'X-Key', value: KEY }),
		hrisWebhookApi: await credential('hrisWebhookApi', { scheme: 'bamboohr', secret: KEY }),
	};
	const file = async (name: string): Promise<unknown> => JSON.parse(await readFile(`workflows/${name}/${name}.json`, 'utf8'));
	const mails = { 'Send mail': { fromEmail: 'n8n@example.com', toEmail: 'it@example.com' } };
	const provisionId = await publish(filledIn(await file('provision-now'), mails), {
		credentials,
		subWorkflows: { 'Look at the person': sync, Provision: sync, 'Look again': sync, 'Raise alert': alert },
	});
	const groupSync = filledIn(await file('group-teamspace-sync'), { HrisEvents: { timeZone: 'UTC' } });
	const groupSyncId = await publish(groupSync, { credentials, subWorkflows: { 'Sync the groups': sync, 'Raise alert': alert } });
	await publish(caller, { subWorkflows: { Provision: provisionId } });
	return {
		provisionId,
		groupSyncId,
		orders: async () => {
			const all = await client.executions(sync);
			const details = await Promise.all(all.map(async ({ id }) => await client.execution(id)));
			return details.sort((one, other) => Number(one.id) - Number(other.id)).flatMap((execution) => execution.items('WhenCalled'));
		},
		call: async (order) => {
			const response = await fetch(host.webhookUrl('call-provision'), {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify(order),
			});
			return { status: response.status, text: await response.text() };
		},
	};
}

const DONE = "$json.ask === 'apply' && !$json.person.startsWith('idle')";
const FAILED = "$json.person.startsWith('failed')";

/** In the place of directory-sync, as it answers about one person; `idle` needs nothing, `failed` does not work. */
const answer: Record<string, { type: string; value: string }> = {
	title: { type: 'string', value: 'Directory sync' },
	sentence: { type: 'string', value: '1 would be done.' },
	state: { type: 'string', value: 'good' },
	verified: { type: 'boolean', value: `={{ ${DONE} }}` },
	isBlocked: { type: 'boolean', value: '={{ false }}' },
	steps: { type: 'array', value: '={{ [{ title: "What is planned", sentences: [$json.person + " <b>is listed</b> and not a member yet."] }] }}' },
	changes: { type: 'array', value: '={{ $json.requestedBy === "" ? [] : [{ action: "user.create", who: $json.person, why: "Listed.", guard: "ok" }] }}' },
	toDo: { type: 'number', value: "={{ $json.person.startsWith('idle') || $json.requestedBy === '' ? 0 : 1 }}" },
	subjects: { type: 'array', value: '={{ [$json.person] }}' },
	outcomes: {
		type: 'array',
		value: `={{ ${DONE} ? [{ action: "user.create", who: $json.person, outcome: ${FAILED} ? "failed" : "done", note: ${FAILED} ? "Notion said no." : "" }] : [] }}`,
	},
};

const standIn = {
	name: 'sync',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		node('Answer', 'set', 3.4, {
			assignments: { assignments: Object.entries(answer).map(([name, value]) => ({ id: name, name, ...value })) },
			options: {},
		}),
	],
	connections: chain('WhenCalled', 'Answer'),
};

const caller = {
	name: 'caller',
	nodes: [
		node('Call', 'webhook', 2.1, { httpMethod: 'POST', path: 'call-provision', responseMode: 'lastNode', options: {} }),
		node('Order', 'set', 3.4, { mode: 'raw', jsonOutput: '={{ $json.body }}', options: {} }),
		node('Provision', 'executeWorkflow', 1.3, { workflowId: { __rl: true, mode: 'list', value: '' }, mode: 'once', options: { waitForSubWorkflow: true } }),
	],
	connections: chain('Call', 'Order', 'Provision'),
};
