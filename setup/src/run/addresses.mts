import { z } from 'zod';

import type { ExistingWorkflow } from '../n8n/schemas.mts';

/** An address that a person or a system needs. */
export interface Address {
	workflow: string;
	url: string;
	what: 'events' | 'form' | 'page';
}

const pathSchema = z.object({
	path: z.string().optional(),
	httpMethod: z.string().optional(),
	authentication: z.string().optional(),
	options: z.object({ path: z.string().optional() }).optional(),
});

/** @param base where others reach this n8n */
export function addressesOf({ name, nodes }: ExistingWorkflow, base: string): Address[] {
	return nodes.flatMap(({ type, parameters, webhookId, disabled }): Address[] => {
		if (disabled) return [];
		const { path, httpMethod, authentication, options } = pathSchema.catch({}).parse(parameters);
		if (type.endsWith('.hrisTrigger')) return [{ workflow: name, url: `${base}/webhook/${webhookId}/hris`, what: 'events' }];
		if (type.endsWith('.formTrigger')) return [{ workflow: name, url: `${base}/form/${options?.path ?? webhookId}`, what: 'form' }];
		// A page without a password opens with the link of a mail only.
		if (!type.endsWith('.webhook') || path === undefined || authentication === undefined) return [];
		return [{ workflow: name, url: `${base}/webhook/${path}`, what: httpMethod === 'POST' ? 'events' : 'page' }];
	});
}
