import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import { startWorld, workflowFile, type World } from '../../demo/world.mts';
import { filledIn, withWebhookId } from '../../host/filledIn.mts';
import type { CredentialReference } from '../../host/importedWorkflow.mts';
import { signIn } from '../../host/n8nRest.mts';
import type { N8nHost } from '../../host/startHost.mts';
import { bambooHrDelivery } from '../../vendors/bambooHrDelivery.mts';
import { startMailServer } from '../../vendors/mailServer.mts';
import { createCredentials } from '../credentials.mts';
import type { HandBuilt } from './byHand.mts';

const JOURNAL = 'notion_scim_changes';

/** A way to have an event of an employee acted on. */
export interface Way {
	name: string;
	workflowId: string;
	/** Reports that something has changed about an employee. */
	tell(employeeId: string): Promise<void>;
}

/** A company with Notion, BambooHR and an n8n in which several ways run side by side. */
export interface Company {
	world: World;
	/** Publishes a workflow that was built by hand. */
	byHand(workflow: HandBuilt): Promise<Way>;
	/** The workflow onboarding, told by BambooHR's signed events. */
	onboarding(): Way;
	/** Publishes offboarding-lockdown, which BambooHR's signed events tell. */
	offboarding(): Promise<Way>;
	/** Writes removals of today into the journal, as earlier leavers left them. */
	addEarlierRemovals(count: number): Promise<void>;
	stop(): Promise<void>;
}

/** @param folder everything that is written goes in here */
export async function startCompany(folder: string): Promise<Company> {
	const world = await startWorld({ folder });
	const mail = await startMailServer();
	const { host, sandbox, onboarding } = world;
	const credentials = { ...world.credentials, ...(await createCredentials(host.client, sandbox, mail)) };

	return {
		world,
		byHand: async (workflow) => await publishHandBuilt(world, credentials, workflow),
		onboarding: () => ({
			name: 'onboarding',
			workflowId: onboarding.id,
			tell: signed(world, onboarding.eventsUrl, { type: 'employee.created' }),
		}),
		offboarding: async () => await publishOffboarding(world, credentials),
		addEarlierRemovals: async (count) => await addEarlierRemovals(host, count),
		stop: async () => {
			await world.stop();
			await mail.close();
		},
	};
}

async function publishHandBuilt(
	{ host }: World,
	credentials: Record<string, CredentialReference>,
	workflow: HandBuilt,
): Promise<Way> {
	const { id } = await host.client.importWorkflow(workflow, { credentials });
	await host.client.publish(id);
	const url = host.webhookUrl(workflow.path);
	const tell = async (employeeId: string) =>
		await post(url, JSON.stringify({ employeeId }), { 'Content-Type': 'application/json' });
	return { name: 'by hand', workflowId: id, tell };
}

async function publishOffboarding(
	world: World,
	credentials: Record<string, CredentialReference>,
): Promise<Way> {
	const { host, subWorkflows } = world;
	const webhookId = randomUUID();
	const from = { fromEmail: 'offboarding@example.com' };
	const file = filledIn(await workflowFile('offboarding-lockdown'), {
		HrisEvents: { timeZone: 'UTC' },
		'Receive events': { source: 'bamboohr' },
		'Plan changes': { timeZone: { __rl: true, mode: 'name', value: 'UTC' } },
		'Apply changes': { fallbackEmail: 'it@example.com', removalLimit: 999 },
		'Tell the manager': from,
		'Remind the manager': from,
	});
	const known = withWebhookId(file, 'HrisEvents', webhookId);
	const { id } = await host.client.importWorkflow(known, { credentials, subWorkflows });
	await host.client.publish(id);
	const url = host.webhookUrl(`${webhookId}/hris`);
	const event = { type: 'employee.updated', changedFields: ['status'] };
	return { name: 'offboarding-lockdown', workflowId: id, tell: signed(world, url, event) };
}

/** As BambooHR signs its events. */
function signed(
	{ signingSecret }: World,
	url: string,
	event: { type: string; changedFields?: string[] },
): Way['tell'] {
	return async (employeeId) => {
		const { body, headers } = bambooHrDelivery({ ...event, employeeId }, signingSecret);
		await post(url, body, headers);
	};
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
	const response = await fetch(url, { method: 'POST', body, headers });
	await response.text();
	if (!response.ok) throw new Error(`n8n answered ${response.status}`);
}

async function addEarlierRemovals({ client, url, owner }: N8nHost, count: number): Promise<void> {
	const table = (await client.dataTables()).find(({ name }) => name === JOURNAL);
	if (!table) throw new Error(`There is no table ${JOURNAL}`);
	const rest = await signIn(url, owner);
	const data = Array.from({ length: count }, (_, index) => earlierRemoval(index));
	await rest(z.unknown(), 'POST', `rest/projects/${table.projectId}/data-tables/${table.id}/insert`, { data });
}

function earlierRemoval(index: number): Record<string, string | number> {
	const employeeId = `earlier-${index}`;
	const email = `earlier${index}@example.com`;
	const at = new Date().toISOString();
	return {
		key: `leavers|bamboohr||${employeeId}|${employeeId}`,
		...{ kind: 'leave', state: 'done', event: 'left', source: 'bamboohr', employeeId, email, userId: randomUUID() },
		...{ outcome: 'removed', reason: 'The last day is over.', removedAt: at, knownAt: at, impact: 1, attempts: 1 },
	};
}
