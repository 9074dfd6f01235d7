import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

import { N8nError } from '../n8n/n8nError.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import type { RemovalStep } from '../plan/planRemoval.mts';

/** n8n answers this for some moments after a workflow was unpublished. */
const STILL_UNPUBLISHING = 409;
const TRIES = 60;
const BETWEEN_TRIES = 500;

/** Takes one thing away; what is gone already is no failure. */
export async function applyRemoval(api: N8nApi, step: RemovalStep): Promise<void> {
	const path = pathOf(step);
	if (path === undefined) return;
	// n8n deletes no workflow that is published.
	if (step.kind === 'deleteWorkflow' && step.workflow.active) await api.call(z.unknown(), 'POST', `${path}/unpublish`, {});
	for (let tries = 1; ; tries++) {
		const status = await deleted(api, path);
		if (status !== STILL_UNPUBLISHING || tries === TRIES) return;
		await delay(BETWEEN_TRIES);
	}
}

/** @returns the status of a refusal that passes */
async function deleted(api: N8nApi, path: string): Promise<number | undefined> {
	try {
		await api.call(z.unknown(), 'DELETE', path);
		return undefined;
	} catch (error) {
		const isPassing = error instanceof N8nError && (error.status === 404 || error.status === STILL_UNPUBLISHING);
		if (!isPassing) throw error;
		return error.status;
	}
}

function pathOf(step: RemovalStep): string | undefined {
	switch (step.kind) {
		case 'deleteWorkflow':
			return `/workflows/${step.workflow.id}`;
		case 'deleteCredential':
			return `/credentials/${step.credential.id}`;
		case 'deleteTag':
			return `/tags/${step.tag.id}`;
		case 'deleteTable':
			return `/data-tables/${step.table.id}`;
		case 'leaveWorkflow':
		case 'leaveTable':
			return undefined;
	}
}
