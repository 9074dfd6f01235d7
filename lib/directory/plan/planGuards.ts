import type { Basis, Draft } from './draft';
import { blockedBecause } from './draft';
import { CREATE_LIMIT, REMOVAL_LIMIT, withLimit } from './planLimits';

/** What the guards of a whole plan look at besides its changes. */
export interface PlanGuardContext {
	basis: Basis;
	/** Active members of the workspace. */
	memberCount: number;
	/** Ids of the members whose new address no link proves. */
	unproven: ReadonlySet<string>;
}

/** Blocks the changes of a plan that it objects to. It changes nothing else about them. */
interface PlanGuard {
	name: string;
	block(lines: Draft[], context: PlanGuardContext): Draft[];
}

const access: PlanGuard = { name: 'access', block: blockByAccess };
const evidence: PlanGuard = { name: 'evidence', block: blockByEvidence };
const createLimit: PlanGuard = {
	name: 'createLimit',
	block: (lines, { basis, memberCount }) => withLimit(lines, CREATE_LIMIT, basis.policy, memberCount),
};
const removalLimit: PlanGuard = {
	name: 'removalLimit',
	block: (lines, { basis, memberCount }) => withLimit(lines, REMOVAL_LIMIT, basis.policy, memberCount),
};
const unprovenRename: PlanGuard = { name: 'unprovenRename', block: blockUnprovenRenames };

/** For the changes to people, before groups are compared: a group waits for the people who may join. */
const PEOPLE_GUARDS: readonly PlanGuard[] = [access, createLimit];

/** For all changes of a plan. A limit comes after the guards that block changes for good, so that those use nothing of it. */
const PLAN_GUARDS: readonly PlanGuard[] = [access, evidence, removalLimit, unprovenRename];

export function withPeopleGuards(lines: Draft[], context: PlanGuardContext): Draft[] {
	return PEOPLE_GUARDS.reduce((open, guard) => guard.block(open, context), lines);
}

export function withPlanGuards(lines: Draft[], context: PlanGuardContext): Draft[] {
	return PLAN_GUARDS.reduce((open, guard) => guard.block(open, context), lines);
}

/** What the credential does not allow, whichever person the change is about. */
function blockByAccess(lines: Draft[], { basis: { policy } }: PlanGuardContext): Draft[] {
	switch (policy.guards.access) {
		case 'full':
			return lines;
		case 'readOnly':
			return lines.map((line) =>
				blockedBecause(
					line,
					'The credential may only read. Use one whose Access is No Removals or Full.',
				),
			);
		case 'noRemovals':
			return lines.map((line) =>
				takesAway(line)
					? blockedBecause(
							line,
							'The credential may not remove anything. Use one whose Access is Full.',
						)
					: line,
			);
	}
}

function takesAway({ action, impact }: Draft): boolean {
	if (action === 'user.remove' || action === 'group.removeMembers' || action === 'group.delete')
		return true;
	return (action === 'user.update' || action === 'user.rename') && impact > 0;
}

/** No one loses anything on a reading of the directory that may not be whole. */
function blockByEvidence(lines: Draft[], { basis }: PlanGuardContext): Draft[] {
	const whyNotFor: Record<Draft['needs'], string[]> = {
		nothing: [],
		people: basis.evidence.whyNot,
		unlisted: basis.evidence.whyNotUnlisted,
		groups: basis.evidence.whyNotGroups,
	};
	return lines.map((line) => {
		const whyNot = whyNotFor[line.needs];
		return whyNot.length === 0 ? line : blockedBecause(line, whyNot.join(' '));
	});
}

/**
 * Nothing is written to a member whom only a new address would identify, and who does not get that
 * address.
 */
function blockUnprovenRenames(lines: Draft[], { unproven }: PlanGuardContext): Draft[] {
	const reasons = new Map<string, string>();
	for (const { action, target, guard } of lines) {
		if (action !== 'user.rename' || target.id === null || guard === 'ok') continue;
		if (unproven.has(target.id)) reasons.set(target.id, guard.replace('blocked: ', ''));
	}
	return lines.map((line) => {
		const id = line.target.type === 'user' ? line.target.id : line.member?.id;
		const why = reasons.get(id ?? '');
		return why === undefined ? line : blockedBecause(line, why);
	});
}
