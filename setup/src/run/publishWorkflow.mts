import { setTimeout as delay } from 'node:timers/promises';

import { N8nError } from '../n8n/n8nError.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import { type ExistingWorkflow, workflowSchema } from '../n8n/schemas.mts';

const LOOKS = 3;
const BETWEEN_LOOKS = 300;

/**
 * Publishes the newest version. n8n answers before its triggers are registered, and takes the publication back
 * if they cannot be.
 * @throws N8nError with the workflow's name and n8n's reason
 */
export async function publishWorkflow(api: N8nApi, { id, name }: ExistingWorkflow): Promise<undefined> {
	try {
		await api.call(workflowSchema, 'POST', `/workflows/${id}/publish`, {});
	} catch (error) {
		if (!(error instanceof N8nError)) throw error;
		throw new N8nError(`n8n does not publish "${name}". ${error.message}`, error.status);
	}
	for (let looks = 1; looks <= LOOKS; looks++) {
		const { active } = await api.call(workflowSchema, 'GET', `/workflows/${id}`);
		if (active) return;
		await delay(BETWEEN_LOOKS);
	}
	throw new N8nError(`n8n took back the publication of "${name}". Open it in n8n and publish it there: n8n then says why.`);
}
