import { defaultCreateLimit } from '../guards/creationLimit';
import { defaultRemovalLimit } from '../guards/removalLimit';
import { inOrder } from '../person/naming';
import type { ProposedChange } from './proposedChange';
import { blockedBecause } from './proposedChange';
import type { PlanAction, PlanReason } from './plannedChange';
import type { Policy } from './policy';

/** How much of something one rolling day may have. */
export interface DailyLimit {
	/** Its setting in `Policy.limits`, and its parameter in the node. */
	name: string;
	/** Before groups are compared, because a group waits for the people who may join; or last of all. */
	when: 'beforeGroups' | 'last';
	/** Where the admin sets nothing. @param memberCount active members of the workspace */
	usual(memberCount: number): number;
	/** Used by other runs of the day; undefined where that could not be read. */
	usedBy(policy: Policy): number | undefined;
	/** What a change counts; 0 where the limit does not concern it. */
	count(change: ProposedChange): number;
	/** Why a change waits, as whole sentences after "blocked: ". */
	unknown: string;
	reached(limit: number, used: number): string;
	tooMuch(limit: number, count: number): string;
}

export const CREATE_LIMIT: DailyLimit = {
	name: 'createLimit',
	when: 'beforeGroups',
	usual: defaultCreateLimit,
	usedBy: ({ alreadyUsed }) => alreadyUsed?.creations,
	count: ({ action }) => (action === 'user.create' ? 1 : 0),
	unknown:
		'The number of seats added in the last day is not known, so none is added. Make the record of changes readable again.',
	reached: (limit, used) =>
		`limit of ${limit} new seats in a day is reached (${used} used before this change). It waits for the next day, or for a higher Create Limit.`,
	tooMuch: (limit) => `limit of ${limit} new seats in a day lets no one join. Raise Create Limit.`,
};

export const REMOVAL_LIMIT: DailyLimit = {
	name: 'removalLimit',
	when: 'last',
	usual: defaultRemovalLimit,
	usedBy: ({ alreadyUsed }) => alreadyUsed?.removals,
	count: ({ action, impact }) => (action === 'none' ? 0 : impact),
	unknown:
		'The number of removals in the last day is not known, so nothing is removed. Make the record of changes readable again.',
	reached: (limit, used) =>
		`limit of ${limit} removals in a day is reached (${used} used before this change). It waits for the next day, or for a higher Removal Limit.`,
	tooMuch: (limit, count) =>
		`limit of ${limit} removals in a day is less than this change alone needs (${count}). If it is right, raise Removal Limit for one run.`,
};

/** Every limit of a plan, in the order in which they block changes. */
export const DAILY_LIMITS: readonly DailyLimit[] = [CREATE_LIMIT, REMOVAL_LIMIT];

/** What one rolling day may have. @param memberCount active members of the workspace */
export function mostOf({ name, usual }: DailyLimit, { limits }: Policy, memberCount: number): number {
	return limits.get(name) ?? usual(memberCount);
}

/** The most urgent changes first: where a limit leaves room for some only, these are the ones. */
const URGENCY: Array<{ action: PlanAction; reason?: PlanReason }> = [
	{ action: 'user.remove', reason: 'inactive' },
	{ action: 'user.remove', reason: 'unlisted' },
	{ action: 'user.remove' },
	{ action: 'group.removeMembers' },
	{ action: 'user.update' },
	{ action: 'user.rename' },
	{ action: 'group.delete' },
];

/** Lower numbers come first where a limit leaves room for some changes only. */
export function urgencyOf({ action, reason }: { action: PlanAction; reason: PlanReason }): number {
	const index = URGENCY.findIndex(
		(one) => one.action === action && (one.reason === undefined || one.reason === reason),
	);
	return index < 0 ? URGENCY.length : index;
}

/** A key that orders the changes of a plan, whatever order their facts came in. */
export function changeKey({ action, target, member, reason }: ProposedChange): string {
	const about =
		target.type === 'user'
			? [target.email ?? '', target.id ?? '', target.source ?? '', target.sourceId ?? '']
			: [target.displayName, target.id ?? '', member?.email ?? '', member?.id ?? ''];
	return [...about, action, reason].join('\n');
}

/** Blocks the changes for which the limit has no room. */
export function withLimit(
	changes: ProposedChange[],
	limit: DailyLimit,
	policy: Policy,
	memberCount: number,
): ProposedChange[] {
	const most = mostOf(limit, policy, memberCount);
	const usedBefore = limit.usedBy(policy);
	const open = changes.filter((change) => change.guard === 'ok' && limit.count(change) > 0);
	const blocked = new Map<ProposedChange, ProposedChange>();
	let used = usedBefore ?? 0;
	for (const change of inOrder(open, (one) => `${urgencyOf(one)} ${changeKey(one)}`)) {
		const count = limit.count(change);
		// Written so that a limit that is no number lets nothing pass.
		if (usedBefore === undefined) blocked.set(change, blockedBecause(change, limit.unknown));
		else if (!(count <= most)) blocked.set(change, blockedBecause(change, limit.tooMuch(most, count)));
		else if (!(used + count <= most)) blocked.set(change, blockedBecause(change, limit.reached(most, used)));
		else used += count;
	}
	return changes.map((change) => blocked.get(change) ?? change);
}
