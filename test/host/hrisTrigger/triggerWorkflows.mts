import { randomUUID } from 'node:crypto';

import type { N8nHost } from '../../../host/startHost.mts';

export const TRIGGER = 'HrisTrigger';

/** A workflow that consists of the trigger, with its credential. */
export interface TriggerWorkflow {
	workflowId: string;
	credentialId: string;
	url: string;
	testUrl: string;
}

export async function importedTrigger(
	host: N8nHost,
	provider: string,
	secret: string,
	parameters: Record<string, unknown> = {},
): Promise<TriggerWorkflow> {
	const name = `HRIS ${provider} ${randomUUID()}`;
	const hrisWebhookApi = await host.client.createCredential({
		type: 'hrisWebhookApi',
		name,
		data: { scheme: provider, secret },
	});
	const webhookId = randomUUID();
	const node = {
		id: randomUUID(),
		name: TRIGGER,
		type: 'n8n-nodes-hris-trigger.hrisTrigger',
		typeVersion: 1,
		position: [0, 0],
		webhookId,
		parameters: { timeZone: 'Pacific/Auckland', ...parameters },
	};
	const { id } = await host.client.importWorkflow(
		{ name, nodes: [node], connections: {} },
		{ credentials: { hrisWebhookApi } },
	);
	return {
		workflowId: id,
		credentialId: hrisWebhookApi.id,
		url: host.webhookUrl(`${webhookId}/hris`),
		testUrl: `${host.url}/webhook-test/${webhookId}/hris`,
	};
}

/** @returns status and text of the answer */
export async function send(url: string, body: string, headers: Record<string, string> = {}) {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body,
	});
	return { status: response.status, text: await response.text() };
}

/** What the one execution of a workflow gave out, when it has ended. */
export async function onlyExecution(host: N8nHost, workflowId: string) {
	const execution = await host.client.waitForExecution(() => true, { workflowId });
	expect(await host.client.executions(workflowId)).toHaveLength(1);
	expect(execution.status).toBe('success');
	return execution;
}
