import { emailKey } from '../../scim/emailKey';
import type { Plan } from './plan';
import type { PlannedChange, PlanSummary } from './plannedChange';
import type { Policy } from './policy';
import type { PlanSigner } from './planSigner';
import { digest, planDigest } from './planSigner';

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
 * Binds the changes of a plan to its workspace, its guards and its day.
 *
 * @param policyDigest see {@link policyDigestOf}
 * @param now epoch milliseconds
 */
export function signPlan(
	{ entries, summary }: Plan,
	signer: PlanSigner,
	policyDigest: string,
	now: number,
): { items: PlannedChange[]; summary: PlanSummary } {
	const about = { workspace: signer.workspace, policyDigest, plannedAt: new Date(now).toISOString() };
	const binding = {
		planDigest: planDigest(entries, about),
		...about,
		expiresAt: new Date(now + LIFETIME).toISOString(),
	};
	return {
		items: entries.map((entry) => {
			const item = { ...entry, ...binding };
			return { ...item, signature: signer.sign(item) };
		}),
		summary: { ...binding, ...summary },
	};
}
