import { createHash } from 'node:crypto';

import type { WorkflowContent } from '../wanted/content.mts';

/**
 * A digest of everything that a person can change on a canvas.
 *
 * n8n adds webhook ids and the names of credentials, so neither is covered; of the settings, only those that
 * were made here are.
 * @param made the names of these settings
 */
export function digestOf({ name, nodes, connections, settings }: WorkflowContent, made: readonly string[]): string {
	const covered = {
		name,
		nodes: nodes.map(({ webhookId: _webhookId, credentials, ...node }) => ({ ...node, credentials: idsOf(credentials ?? {}) })),
		connections,
		settings: Object.fromEntries(made.map((setting) => [setting, settings[setting]])),
	};
	return createHash('sha256').update(JSON.stringify(sorted(covered))).digest('hex').slice(0, 32);
}

function idsOf(credentials: NonNullable<WorkflowContent['nodes'][number]['credentials']>) {
	return Object.fromEntries(Object.entries(credentials).map(([type, { id }]) => [type, id]));
}

/** Whether two values would be written the same, whatever the order of their keys. */
export const isSameJson = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** With sorted keys, and without what is undefined. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
	return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
