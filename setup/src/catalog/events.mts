import { createHash } from 'node:crypto';

import type { Secrets } from '../answers/answers.mts';

interface EventWebhook {
	/** Of its credential. */
	slot: string;
	secret: keyof Secrets;
	/** Which events an HRIS sends to it. */
	what: string;
}

/** By workflow: the webhook to which an HRIS sends events. */
export const eventWebhooks = {
	onboarding: { slot: 'events', secret: 'eventsSecret', what: 'hires and changes' },
	'offboarding-lockdown': { slot: 'events-leavers', secret: 'leaverEventsSecret', what: 'leavers and changes' },
	'group-teamspace-sync': { slot: 'events-groups', secret: 'groupEventsSecret', what: 'changes' },
} as const satisfies Record<string, EventWebhook>;

export type EventWorkflow = keyof typeof eventWebhooks;

export const isEventWorkflow = (workflow: string): workflow is EventWorkflow => Object.hasOwn(eventWebhooks, workflow);

/** Providers that make a secret for each webhook. With the others one secret serves for all. */
const OWN_SECRETS = new Set(['bamboohr', 'deel', 'finch', 'gusto', 'hibob']);

export const hasSecretForEachWebhook = (provider: string | undefined): boolean => provider !== undefined && OWN_SECRETS.has(provider);

/**
 * The webhook ID of a trigger, known before n8n has it: most HRISs show a secret only after they got the address. It is
 * the same in each run. Who guesses it gains nothing, because the trigger refuses what is not signed.
 * @returns a UUID of version 8
 */
export function webhookIdOf(n8nUrl: string, workflow: string): string {
	const hex = createHash('sha256').update(`${n8nUrl} ${workflow}`).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** @param base where the HRIS reaches n8n */
export const eventsUrl = (base: string, webhookId: string | undefined): string => `${base}/webhook/${webhookId}/hris`;
