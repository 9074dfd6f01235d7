import { setTimeout as delay } from 'node:timers/promises';

import { N8nError } from '../n8n/n8nError.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import { type ExistingWorkflow, workflowSchema } from '../n8n/schemas.mts';

const LOOKS = 40;
const BETWEEN_LOOKS = 500;

/** Triggers that n8n counts once they are registered. */
const REGISTERED = /\.(hrisTrigger|formTrigger|scheduleTrigger|webhook)$/;

/**
 * Publishes the newest version. n8n answers before its triggers are registered, and says "active" also where
 * they cannot be: only their number tells.
 * @throws N8nError with the workflow's name and n8n's reason
 */
export async function publishWorkflow(api: N8nApi, { id, name, nodes }: ExistingWorkflow): Promise<undefined> {
	try {
		await api.call(workflowSchema, 'POST', `/workflows/${id}/publish`, {});
	} catch (error) {
		if (!(error instanceof N8nError)) throw error;
		throw new N8nError(`n8n does not publish "${name}". ${error.message}`, error.status);
	}
	const hasTrigger = nodes.some(({ type, disabled }) => !disabled && REGISTERED.test(type));
	for (let looks = 1; looks <= LOOKS; looks++) {
		const { active, triggerCount } = await api.call(workflowSchema, 'GET', `/workflows/${id}`);
		if (active && (triggerCount > 0 || !hasTrigger)) return;
		await delay(BETWEEN_LOOKS);
	}
	throw new N8nError(`n8n could not register the triggers of "${name}". Open it in n8n and publish it there: n8n then says why.`);
}
