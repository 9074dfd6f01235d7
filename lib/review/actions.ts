import type { ReviewRow } from './rows';

/** What a reviewer can decide about a row. */
export const ACTION_NAMES = ['keep', 'leaveGroup', 'lowerRole', 'remove'] as const;

export type ActionName = (typeof ACTION_NAMES)[number];

/** The access to remove, in the terms of the journal and of directory plans. */
export type RevocationName = 'group.removeMembers' | 'user.update' | 'user.remove';

/** Access according to the second snapshot. */
export interface AccessNow {
	isMember(userId: string): boolean;
	isInGroup(userId: string, groupId: string): boolean;
	/** Undefined if the person is no longer a member. */
	roleOf(userId: string): string | undefined;
}

/** How a decision removes access. */
export interface Revocation {
	/** In the column `action` of the journal's details. */
	name: RevocationName;
	/** Whether it concerns only the group of the row; otherwise it concerns the person, once for all rows. */
	isOfGroup: boolean;
	/** The role of the person afterwards; undefined if roles do not matter. */
	roleAfter(row: RoleOf): string | undefined;
	/** Whether this decision leaves nothing else to ask or remove for the person. */
	endsEverything: boolean;
	/** Whether the second snapshot shows that it has happened. */
	isGone(row: ReviewRow, now: AccessNow): boolean;
}

type RoleOf = Pick<ReviewRow, 'role'>;

/** One possible decision: how it is offered, what it removes, and how it is reported. */
export interface ReviewAction {
	name: ActionName;
	/** On the page of the reviewer. */
	label(row: RoleOf): string;
	/** In the list of decisions, after the person's name. */
	decided(row: RoleOf): string;
	/** In the mail to the reviewer and in the evidence. */
	said(row: RoleOf): string;
	/** Whether a person who answers for one group can decide it. */
	isForGroupOwner: boolean;
	isOffered(row: Pick<ReviewRow, 'role' | 'groupName'>): boolean;
	/** Undefined for a decision that removes nothing. */
	revocation?: Revocation;
}

/** The next lower role; undefined for the lowest one, and for one that this version does not know. */
const LOWER_ROLES: Readonly<Record<string, string>> = {
	owner: 'member',
	membership_admin: 'member',
	member: 'restricted_member',
};

function lowerRoleOf({ role }: RoleOf): string {
	return LOWER_ROLES[role] ?? '';
}

/** A role in words. */
export function roleWords(role: string): string {
	return role.replaceAll('_', ' ');
}

/**
 * The only table of actions, in the order in which the page offers them. The page, the answer, the revocation
 * and the evidence derive from it: a new action is a new entry here and, if it removes another kind of
 * access, an entry in lib/review/carryOut.ts.
 */
export const ACTIONS: Readonly<Record<ActionName, ReviewAction>> = {
	keep: {
		name: 'keep',
		label: () => 'Keep',
		decided: () => 'keeps it',
		said: () => 'keep',
		isForGroupOwner: true,
		isOffered: () => true,
	},
	leaveGroup: {
		name: 'leaveGroup',
		label: () => 'Take out of this group',
		decided: () => 'to be taken out',
		said: () => 'take out of the group',
		isForGroupOwner: true,
		isOffered: ({ groupName }) => groupName !== '',
		revocation: {
			name: 'group.removeMembers',
			isOfGroup: true,
			roleAfter: () => undefined,
			endsEverything: false,
			isGone: ({ userId, groupId }, now) => !now.isInGroup(userId, groupId),
		},
	},
	lowerRole: {
		name: 'lowerRole',
		label: (row) => `Lower the role to ${roleWords(lowerRoleOf(row))}`,
		decided: (row) => `role to be lowered to ${roleWords(lowerRoleOf(row))}`,
		said: (row) => `lower the role to ${roleWords(lowerRoleOf(row))}`,
		isForGroupOwner: false,
		isOffered: (row) => lowerRoleOf(row) !== '',
		revocation: {
			name: 'user.update',
			isOfGroup: false,
			roleAfter: lowerRoleOf,
			endsEverything: false,
			isGone: (row, now) => [undefined, lowerRoleOf(row), 'restricted_member'].includes(now.roleOf(row.userId)),
		},
	},
	remove: {
		name: 'remove',
		label: () => 'Remove from Notion',
		decided: () => 'to be removed from Notion',
		said: () => 'remove from Notion',
		isForGroupOwner: false,
		isOffered: () => true,
		revocation: {
			name: 'user.remove',
			isOfGroup: false,
			roleAfter: () => undefined,
			endsEverything: true,
			isGone: ({ userId }, now) => !now.isMember(userId),
		},
	},
};

/** Undefined for an unknown action. */
export function actionOf(word: string): ReviewAction | undefined {
	const name = ACTION_NAMES.find((one) => one === word);
	return name && ACTIONS[name];
}

/** The revocation that the decision on a row requires; undefined for every other row. */
export function revocationOf({ decision }: Pick<ReviewRow, 'decision'>): Revocation | undefined {
	return actionOf(decision)?.revocation;
}

/** The capacity in which a person is asked about a single group. */
export const GROUP_OWNER = 'owner of the group';

/** What the current reviewer may decide about a row. */
export function choicesFor(row: ReviewRow): ReviewAction[] {
	return Object.values(ACTIONS).filter(
		(action) => action.isOffered(row) && (action.isForGroupOwner || row.reviewerAs !== GROUP_OWNER),
	);
}
