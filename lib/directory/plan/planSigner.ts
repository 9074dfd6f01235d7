import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import type { UnsignedChange, PlannedChange } from './plannedChange';

/** Makes and checks what binds the changes of a plan to a workspace, a plan and a day. */
export interface PlanSigner {
	/** See {@link Workspace.id}. */
	readonly workspace: string;
	sign(item: Omit<PlannedChange, 'signature'>): string;
	isGenuine(item: PlannedChange): boolean;
}

/**
 * A signer whose key is derived from the token, so that who can edit a workflow, but not read the
 * credential, cannot make or alter a change. Another token is another workspace: SCIM has no id for one.
 *
 * @param token of the credential; it can be told from nothing that comes out (RFC 2104)
 */
export function planSignerOf(baseUrl: string, token: string): PlanSigner {
	const keyFor = (purpose: string): Buffer =>
		createHmac('sha256', token).update(`n8n-nodes-notion-scim ${purpose}\n${baseUrl}`).digest();
	const key = keyFor('plan signature');
	const sign = (item: Omit<PlannedChange, 'signature'>): string =>
		createHmac('sha256', key).update(canonical(item)).digest('hex');
	return {
		workspace: keyFor('workspace').toString('hex').slice(0, 16),
		sign,
		isGenuine: ({ signature: found, ...item }) => {
			const expected = Buffer.from(sign(item));
			const given = Buffer.from(found);
			return given.length === expected.length && timingSafeEqual(given, expected);
		},
	};
}

/** One digest for all changes of a plan: what a person approves. Their order does not matter. */
export function planDigest(
	entries: UnsignedChange[],
	about: { workspace: string; policyDigest: string; plannedAt: string },
): string {
	const changes = entries.map((entry) => digest(entry)).sort();
	return digest({ ...about, changes });
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
