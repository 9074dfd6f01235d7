import type { AttributeChange } from '../../scim/patchOperation';
import type { User } from '../../scim/userResource';
import type { Evidence } from './evidence';
import type { ManagedGroups } from './managedGroups';
import type { Matching } from '../matching/matching';
import type { Person } from '../person/person';
import type {
	PlanAction,
	UnsignedChange,
	PlanMember,
	PlanReason,
	PlanTarget,
	Precondition,
} from './plannedChange';
import type { Links, Policy, RecentChange } from './policy';

/** A change before it is planned: what it requires is checked when all changes are known. */
export interface ProposedChange extends UnsignedChange {
	/** What the directory must have been read well enough for. */
	needs: 'nothing' | 'people' | 'unlisted' | 'groups';
}

/** What all parts of a plan look at. */
export interface PlanInputs {
	policy: Policy;
	matching: Matching;
	evidence: Evidence;
	managed: ManagedGroups;
	links: Links;
	recentChanges: readonly RecentChange[];
	/** Epoch milliseconds. */
	now: number;
	/** Whether the plan is about the person; see {@link Policy.only}. */
	isAbout(user: User | undefined, records: readonly Person[]): boolean;
}

/** What is unusual about a change. */
interface Details {
	member?: PlanMember | null;
	changes?: AttributeChange[];
	/** Why it must not be applied, as whole sentences. */
	blocked?: string | undefined;
	impact?: number;
	precondition?: Precondition;
	needs?: ProposedChange['needs'];
}

export function proposedChange(
	action: PlanAction,
	target: PlanTarget,
	reason: PlanReason,
	explanation: string,
	details: Details = {},
): ProposedChange {
	return {
		action,
		target,
		member: details.member ?? null,
		changes: details.changes ?? [],
		reason,
		explanation,
		guard: details.blocked === undefined ? 'ok' : `blocked: ${details.blocked}`,
		impact: details.impact ?? 0,
		precondition: details.precondition ?? {},
		needs: details.needs ?? 'nothing',
	};
}

/** The first reason stays: it is the one that the others would not change. */
export function blockedBecause(change: ProposedChange, why: string): ProposedChange {
	if (change.action === 'none' || change.guard !== 'ok') return change;
	return { ...change, guard: `blocked: ${why}` };
}

/** @param record the entry of the directory that says so, where there is one */
export function userTarget(user: User, record: Person | undefined): PlanTarget {
	return {
		type: 'user',
		id: user.id,
		email: user.userName,
		displayName: user.attributes.displayName ?? record?.attributes.displayName ?? null,
		source: record?.source ?? null,
		sourceId: record?.sourceId ?? null,
	};
}

/** A person of the directory who is no member. */
export function personTarget({ attributes, source, sourceId }: Person): PlanTarget {
	return {
		type: 'user',
		id: null,
		email: attributes.email ?? null,
		displayName: attributes.displayName ?? null,
		source,
		sourceId,
	};
}

/** A role that is not stated is a member's. */
export function seenUser(user: User): Precondition {
	return { userName: user.userName, role: user.role ?? 'member', active: true };
}
