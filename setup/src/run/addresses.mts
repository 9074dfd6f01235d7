import { z } from 'zod';

import { type Answers, WEBHOOK } from '../answers/answers.mts';
import { eventsUrl, eventWebhooks, isEventWorkflow, webhookIdOf } from '../catalog/events.mts';
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

/** Where the HRIS will send its events to, known before the workflow exists. @param own workflows that were made, by key */
export function eventsUrlFor(slot: string, { n8nUrl, webhookUrl, provider }: Answers, own: ReadonlyMap<string, ExistingWorkflow>): string | undefined {
	const workflow = Object.keys(eventWebhooks).filter(isEventWorkflow).find((key) => eventWebhooks[key].slot === slot);
	if (workflow === undefined || provider === WEBHOOK) return undefined;
	const trigger = own.get(workflow)?.nodes.find(({ type }) => type.endsWith('.hrisTrigger'));
	return eventsUrl(webhookUrl ?? n8nUrl, trigger?.webhookId ?? webhookIdOf(n8nUrl, workflow));
}

/** @param base where others reach this n8n */
export function addressesOf({ name, nodes }: ExistingWorkflow, base: string): Address[] {
	return nodes.flatMap(({ type, parameters, webhookId, disabled }): Address[] => {
		if (disabled) return [];
		const { path, httpMethod, authentication, options } = pathSchema.catch({}).parse(parameters);
		if (type.endsWith('.hrisTrigger')) return [{ workflow: name, url: eventsUrl(base, webhookId), what: 'events' }];
		if (type.endsWith('.formTrigger')) return [{ workflow: name, url: `${base}/form/${options?.path ?? webhookId}`, what: 'form' }];
		// A page without a password opens with the link of a mail only.
		if (!type.endsWith('.webhook') || path === undefined || authentication === undefined) return [];
		return [{ workflow: name, url: `${base}/webhook/${path}`, what: httpMethod === 'POST' ? 'events' : 'page' }];
	});
}
