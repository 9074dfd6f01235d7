import { z } from 'zod';

import { N8nError } from '../n8n/n8nError.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import type { RemovalStep } from '../plan/planRemoval.mts';

/** Takes one thing away; what is gone already is no failure. */
export async function applyRemoval(api: N8nApi, step: RemovalStep): Promise<void> {
	const path = pathOf(step);
	if (path === undefined) return;
	try {
		await api.call(z.unknown(), 'DELETE', path);
	} catch (error) {
		if (!(error instanceof N8nError) || error.status !== 404) throw error;
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
