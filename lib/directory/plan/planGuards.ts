import type { PlanInputs, ProposedChange } from './proposedChange';
import { blockedBecause } from './proposedChange';
import type { DailyLimit } from './planLimits';
import { DAILY_LIMITS, withLimit } from './planLimits';

/** What the guards of a whole plan look at besides its changes. */
export interface PlanGuardContext {
	inputs: PlanInputs;
	/** Active members of the workspace. */
	memberCount: number;
	/** Ids of the members whose new address no link proves. */
	unproven: ReadonlySet<string>;
}

/** Blocks the changes of a plan that it objects to. It changes nothing else about them. */
interface PlanGuard {
	name: string;
	block(changes: ProposedChange[], context: PlanGuardContext): ProposedChange[];
}

const access: PlanGuard = { name: 'access', block: blockByAccess };
const evidence: PlanGuard = { name: 'evidence', block: blockByEvidence };
const unprovenRename: PlanGuard = { name: 'unprovenRename', block: blockUnprovenRenames };

const limitsThatBlock = (when: DailyLimit['when']): PlanGuard[] =>
	DAILY_LIMITS.filter((limit) => limit.when === when).map((limit) => ({
		name: limit.name,
		block: (changes, { inputs, memberCount }) => withLimit(changes, limit, inputs.policy, memberCount),
	}));

/** For the changes to people, before groups are compared: a group waits for the people who may join. */
const PEOPLE_GUARDS: readonly PlanGuard[] = [access, ...limitsThatBlock('beforeGroups')];

/** For all changes of a plan. A limit comes after the guards that block changes for good, so that those use nothing of it. */
const PLAN_GUARDS: readonly PlanGuard[] = [access, evidence, ...limitsThatBlock('last'), unprovenRename];

export function withPeopleGuards(changes: ProposedChange[], context: PlanGuardContext): ProposedChange[] {
	return PEOPLE_GUARDS.reduce((open, guard) => guard.block(open, context), changes);
}

export function withPlanGuards(changes: ProposedChange[], context: PlanGuardContext): ProposedChange[] {
	return PLAN_GUARDS.reduce((open, guard) => guard.block(open, context), changes);
}

/** What the credential does not allow, whichever person the change is about. */
function blockByAccess(changes: ProposedChange[], { inputs: { policy } }: PlanGuardContext): ProposedChange[] {
	switch (policy.guards.access) {
		case 'full':
			return changes;
		case 'readOnly':
			return changes.map((change) =>
				blockedBecause(
					change,
					'The credential may only read. Use one whose Access is No Removals or Full.',
				),
			);
		case 'noRemovals':
			return changes.map((change) =>
				takesAway(change)
					? blockedBecause(
							change,
							'The credential may not remove anything. Use one whose Access is Full.',
						)
					: change,
			);
	}
}

function takesAway({ action, impact }: ProposedChange): boolean {
	if (action === 'user.remove' || action === 'group.removeMembers' || action === 'group.delete')
		return true;
	return (action === 'user.update' || action === 'user.rename') && impact > 0;
}

/** No one loses anything on a reading of the directory that may not be whole. */
function blockByEvidence(changes: ProposedChange[], { inputs }: PlanGuardContext): ProposedChange[] {
	const whyNotFor: Record<ProposedChange['needs'], string[]> = {
		nothing: [],
		people: inputs.evidence.whyNot,
		unlisted: inputs.evidence.whyNotUnlisted,
		groups: inputs.evidence.whyNotGroups,
	};
	return changes.map((change) => {
		const whyNot = whyNotFor[change.needs];
		return whyNot.length === 0 ? change : blockedBecause(change, whyNot.join(' '));
	});
}

/**
 * Nothing is written to a member only a new address would identify, and who does not get that
 * address.
 */
function blockUnprovenRenames(changes: ProposedChange[], { unproven }: PlanGuardContext): ProposedChange[] {
	const reasons = new Map<string, string>();
	for (const { action, target, guard } of changes) {
		if (action !== 'user.rename' || target.id === null || guard === 'ok') continue;
		if (unproven.has(target.id)) reasons.set(target.id, guard.replace('blocked: ', ''));
	}
	return changes.map((change) => {
		const id = change.target.type === 'user' ? change.target.id : change.member?.id;
		const why = reasons.get(id ?? '');
		return why === undefined ? change : blockedBecause(change, why);
	});
}
