import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import type { PlanEntry, PlanItem } from './planItem';

/** Makes and checks what binds the lines of a plan to a workspace, a plan and a day. */
export interface Sealer {
	/** See {@link Workspace.id}. */
	readonly workspace: string;
	seal(item: Omit<PlanItem, 'seal'>): string;
	isGenuine(item: PlanItem): boolean;
}

/**
 * A sealer whose key is derived from the token, so that who can edit a workflow, but not read the
 * credential, cannot make or alter a line. Another token is another workspace: SCIM has no id for one.
 *
 * @param token of the credential; it can be told from nothing that comes out (RFC 2104)
 */
export function sealerOf(baseUrl: string, token: string): Sealer {
	const keyFor = (purpose: string): Buffer =>
		createHmac('sha256', token).update(`n8n-nodes-notion-scim ${purpose}\n${baseUrl}`).digest();
	const key = keyFor('plan seal');
	const seal = (item: Omit<PlanItem, 'seal'>): string =>
		createHmac('sha256', key).update(canonical(item)).digest('hex');
	return {
		workspace: keyFor('workspace').toString('hex').slice(0, 16),
		seal,
		isGenuine: ({ seal: found, ...item }) => {
			const expected = Buffer.from(seal(item));
			const given = Buffer.from(found);
			return given.length === expected.length && timingSafeEqual(given, expected);
		},
	};
}

/** One digest for all lines of a plan: what a person approves. Their order does not matter. */
export function planDigest(
	entries: PlanEntry[],
	about: { workspace: string; policyDigest: string; plannedAt: string },
): string {
	const lines = entries.map((entry) => digest(entry)).sort();
	return digest({ ...about, lines });
}

/** SHA-256 of a value as canonical JSON, in hex. */
export function digest(value: unknown): string {
	return createHash('sha256').update(canonical(value)).digest('hex');
}

/** JSON with sorted keys, so that what n8n stores and gives back in another order is the same. */
function canonical(value: unknown): string {
	return JSON.stringify(value, (_key, part: unknown) => {
		if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
		return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
	});
}
