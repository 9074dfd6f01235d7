import type { AttributeChange } from '../../scim/patchOperation';
import type { Manifest } from '../person/person';
import type { Memory } from './policy';
import type { WorkspaceReading } from '../workspace/workspace';

/** What a plan can do, in the order in which it is done: access is given before it is removed. */
export const PLAN_ACTIONS = [
	'group.create',
	'group.adopt',
	'group.rename',
	'user.rename',
	'user.update',
	'user.create',
	'group.addMembers',
	'group.removeMembers',
	'user.remove',
	'group.delete',
] as const;

/** `none`: nothing changes, and the explanation says why. */
export type PlanAction = (typeof PLAN_ACTIONS)[number] | 'none';

/** Why an item is there, for filters; the explanation says it to a person. */
export type PlanReason =
	| 'joiner'
	| 'drift'
	| 'renamed'
	| 'role'
	| 'inactive'
	| 'unlisted'
	| 'outOfScope'
	| 'withoutManagedGroup'
	| 'groupMissing'
	| 'groupExists'
	| 'groupRenamed'
	| 'groupUnlisted'
	| 'groupMembership'
	| 'unchanged'
	| 'skipped'
	| 'ambiguous'
	| 'conflict';

/** Whom or what an item is about. */
export type PlanTarget =
	| {
			type: 'user';
			/** Notion's id; null for a person the plan creates. */
			id: string | null;
			email: string | null;
			displayName: string | null;
			source: string | null;
			sourceId: string | null;
	  }
	| {
			type: 'group';
			/** Notion's id; null for a group that the plan creates. */
			id: string | null;
			displayName: string;
	  };

/** Who joins or leaves a group; one item is about one membership. */
export interface PlanMember {
	/** Null for a person the same plan creates. */
	id: string | null;
	email: string;
	displayName: string | null;
}

/**
 * What the plan saw and apply must see again. Values, not times: Notion's times mean nothing.
 * A key that is absent was not looked at.
 */
export interface Precondition {
	userName?: string | undefined;
	role?: string | undefined;
	active?: boolean | undefined;
	/** What is overwritten, by attribute. */
	values?: Record<string, string | null> | undefined;
	/** Name of the group, where it has an id. */
	groupName?: string | undefined;
	/** False for a group that the same plan takes over; before that, no member is added to it. */
	isLinked?: boolean | undefined;
	/** Whether the member was in the group. */
	isMember?: boolean | undefined;
	/** Ids of the members of a group that the plan deletes or adopts. */
	memberIds?: string[] | undefined;
	/** For a creation: no account has the address. */
	absent?: boolean | undefined;
}

/** One planned change, before it is signed. */
export interface UnsignedChange {
	action: PlanAction;
	target: PlanTarget;
	/** For memberships only. */
	member: PlanMember | null;
	/** Attributes to write; for `user.create` everything the account begins with, `from` null. */
	changes: AttributeChange[];
	reason: PlanReason;
	/** A whole sentence for a person, also where nothing is done. */
	explanation: string;
	/** `ok`, or `blocked: ` and a sentence that says why and how to get unstuck. */
	guard: 'ok' | `blocked: ${string}`;
	/** What it counts for the limit: see removalLimit.ts. */
	impact: number;
	precondition: Precondition;
}

/** One planned change as it leaves the node: bound to its workspace, its plan and its day. */
export interface PlannedChange extends UnsignedChange {
	/** Of all changes of the plan, see planSigner.ts. What a person approves. */
	planDigest: string;
	workspace: string;
	/** Of everything in policy and credential that guards depend on. */
	policyDigest: string;
	/** Instants, ISO. */
	plannedAt: string;
	expiresAt: string;
	/** Shows that this change came from a plan made with this token, and that it was not altered since. */
	signature: string;
}

/** Told on the second output of the plan. */
export interface PlanSummary {
	planDigest: string;
	workspace: string;
	policyDigest: string;
	plannedAt: string;
	expiresAt: string;
	/** How many changes can be applied, by action. */
	actions: Record<string, number>;
	/** How many changes are blocked, by action. */
	blocked: Record<string, number>;
	/** Entries that only explain, by reason. */
	nothingToDo: Record<string, number>;
	/** How many removals the plan has, and how many the limit allows. */
	impact: number;
	removalLimit: number;
	/** Null where it could not be read. */
	alreadyUsed: number | null;
	seatsAdded: number;
	createLimit: number;
	members: number;
	/** Persons of the directory. */
	persons: number;
	/** Whether these readings allow removals; if not, sentences that say why. */
	mayTakeAway: boolean;
	whyNot: string[];
	/** Sentences for the admin that belong to no planned change. */
	notes: string[];
	/** To be kept, and handed to the next plan. */
	memory: Memory;
	evidence: { workspace: WorkspaceReading; sources: Manifest[] };
}
