import { emailKey } from '../../scim/emailKey';
import type { Plan } from './plan';
import type { PlanItem, PlanSummary } from './planItem';
import type { Policy } from './policy';
import type { Sealer } from './seal';
import { digest, planDigest } from './seal';

/** How long a plan may be applied, in milliseconds: what it saw becomes untrue. */
const LIFETIME = 24 * 60 * 60 * 1_000;

/** Digest of everything that guards depend on. Apply must have the same one. */
export function policyDigestOf({
	allowPrivileged,
	allowExternalMember,
	guards,
}: Pick<Policy, 'allowPrivileged' | 'allowExternalMember' | 'guards'>): string {
	return digest({
		allowPrivileged,
		allowExternalMember,
		access: guards.access,
		ownedDomains: [...guards.ownedDomains].sort(),
		protectedEmails: [...guards.protectedEmails].sort(),
		tokenCreatorEmail:
			guards.tokenCreatorEmail === undefined ? null : emailKey(guards.tokenCreatorEmail),
	});
}

/**
 * Binds the lines of a plan to its workspace, its guards and its day.
 *
 * @param policyDigest see {@link policyDigestOf}
 * @param now epoch milliseconds
 */
export function sealPlan(
	{ entries, summary }: Plan,
	sealer: Sealer,
	policyDigest: string,
	now: number,
): { items: PlanItem[]; summary: PlanSummary } {
	const about = { workspace: sealer.workspace, policyDigest, plannedAt: new Date(now).toISOString() };
	const binding = {
		planDigest: planDigest(entries, about),
		...about,
		expiresAt: new Date(now + LIFETIME).toISOString(),
	};
	return {
		items: entries.map((entry) => {
			const item = { ...entry, ...binding };
			return { ...item, seal: sealer.seal(item) };
		}),
		summary: { ...binding, ...summary },
	};
}
