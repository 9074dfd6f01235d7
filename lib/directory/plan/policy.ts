import type { PersonAttribute } from '../../scim/personAttributes';
import type { Guards } from '../guards/guards';

/** What an admin chooses about the comparison of a directory with Notion. */
export interface Policy {
	/** Attributes that follow the directory. `email` is not among them: a new address is a rename. */
	syncAttributes: PersonAttribute[];
	/** Whether roles follow `role` of a person and {@link roleMap}; without it a role is used at creation only. */
	syncRole: boolean;
	createMissing: boolean;
	/** Whether attributes that differ are written, and addresses renamed. */
	updateDrift: boolean;
	/** People the directory lists as having left. */
	onInactive: 'remove' | 'report';
	/** Members no source lists. */
	onUnlisted: 'remove' | 'report';
	/** Members who are listed and active, and for whom Notion is not meant (any more). */
	onOutOfScope: 'remove' | 'removeFromGroups' | 'report';
	/** Names of groups that follow the directory; a name may end in `*`. Other groups are never touched. */
	managedGroups: string[];
	/**
	 * What becomes of a group in Notion that already has the name of a managed one: nothing; taken over,
	 * keeping its members; taken over, and exact from the next plan on.
	 */
	adoptGroups: 'off' | 'union' | 'exact';
	createEmptyGroups: boolean;
	/** Whether a managed group that the directory no longer names is deleted, after two good readings. */
	deleteUnlistedGroups: boolean;
	/**
	 * Whether a member who leaves the last managed group is removed from the workspace: the memberships go
	 * at once, the account after a second good reading.
	 */
	removeWithoutManagedGroup: boolean;
	/** Workspace roles by name of a directory group; the highest of several counts. */
	roleMap: ReadonlyMap<string, string>;
	/** What the admin has set, by the name of the limit; the others are as usual. See planLimits.ts. */
	limits: ReadonlyMap<string, number>;
	/** Used by other runs in the rolling day. Undefined where it could not be read: then nothing passes. */
	alreadyUsed: { removals: number; creations: number } | undefined;
	/** Milliseconds between the two complete readings that make an absent person or group unlisted. */
	confirmAfter: number;
	/** Share (0 to 1) by which a source may shrink, or an attribute vanish, before nothing is removed. */
	maxSourceShrink: number;
	allowPrivileged: boolean;
	allowExternalMember: boolean;
	/** People who are locked out: a plan gives no one an account or an address of theirs. */
	blocks: BlockedPerson[];
	/** E-mail, sourceId or Notion id of the one person that the plan is about. */
	only: string | undefined;
	guards: Guards;
}

/** A person who must not come back, by address, by Notion id or by both. */
export interface BlockedPerson {
	email: string | undefined;
	userId: string | undefined;
	/** Epoch milliseconds; undefined for ever. */
	until: number | undefined;
	/** A whole sentence. */
	why: string;
}

/** A {@link BlockedPerson} of the journal: since when it stands there, in epoch milliseconds. */
export interface ReinstatementBlock extends BlockedPerson {
	at: number;
}

/** Which account in Notion is which entry of a directory, and which group which. */
export interface Links {
	people: PersonLink[];
	groups: GroupLink[];
}

export interface PersonLink {
	source: string;
	sourceId: string;
	userId: string;
	/** The address at the time; an address that was another person's is never given to a new one. */
	email: string | undefined;
}

export interface GroupLink {
	/** Name in the directory. */
	name: string;
	groupId: string;
	/**
	 * Instant (ISO) at which a group was taken over that existed before. No member is removed from such a
	 * group, unless `adoptGroups` is `exact`. Absent for a group that a plan created.
	 */
	adoptedAt?: string | undefined;
}

/** What plans of before leave to the next one. Plain data: it is stored between runs. */
export interface Memory {
	/** Of the last good reading of each source: how many persons, and how many had each attribute. */
	sources: Record<string, { readAt: string; count: number; filled: Record<string, number> }>;
	/**
	 * Notion ids of members no source listed, and of linked groups that no source named, with the
	 * instant of the reading that first said so. `without group ID` is a member who is listed, and left the
	 * last managed group: see `removeWithoutManagedGroup`.
	 */
	absentSince: Record<string, string>;
}

/** A membership that an earlier run changed, from the record of what was applied. */
export interface RecentChange {
	action: 'group.addMembers' | 'group.removeMembers';
	groupId: string;
	userId: string;
	/** Instant, ISO. */
	at: string;
}

/** Everything a plan knows besides the two directories and the policy. */
export interface PlanContext {
	links: Links;
	memory: Memory;
	/** Of the last day. */
	recentChanges: RecentChange[];
	/** Epoch milliseconds. */
	now: number;
}
