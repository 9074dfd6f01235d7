import type { Group } from '../../scim/groupResource';
import { groupNameKey, mayBeCut } from '../../scim/groupResource';
import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import type { Basis, Draft } from './draft';
import { draft, seenUser } from './draft';
import { isForeign } from '../guards';
import type { Joiner } from './joiners';
import { privilegedBlock } from './memberLines';
import type { Member } from './members';
import { counted, listed, userLabel } from '../naming';
import type { Person } from '../person';
import type { PlanMember, PlanReason, PlanTarget } from './planItem';
import type { RecentChange } from '../policy';
import type { Wanted } from './standing';

/** Who a group of the directory is to have in it. */
export interface WantedGroup {
	/** Its name, in the form of `groupNameKey`. */
	key: string;
	/** Members by Notion's id. */
	users: Map<string, User>;
	/** People whom the same plan creates. */
	joiners: Joiner[];
}

/** A membership twice changed back by somebody else within this long, in milliseconds, is left alone. */
const A_DAY = 24 * 60 * 60 * 1_000;

/** So many names fit into a sentence. */
const MOST_NAMES = 5;

/** How often this side has added or removed whom in the last day. */
export class RecentCounts {
	private readonly counts = new Map<string, number>();

	constructor(changes: readonly RecentChange[], now: number) {
		for (const { action, groupId, userId, at } of changes) {
			if (!(Date.parse(at) > now - A_DAY)) continue;
			const key = pairKey(action, groupId, userId);
			this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
		}
	}

	/** Why a change waits, as whole sentences. */
	quarantine(action: RecentChange['action'], group: Group, user: User): string | undefined {
		const count = this.counts.get(pairKey(action, group.id, user.id)) ?? 0;
		if (count < 2) return undefined;
		const done = action === 'group.addMembers' ? 'added to' : 'taken out of';
		return `${user.userName} was ${done} ${group.displayName} ${count} times within a day, and somebody changed it back each time. Two systems seem to manage this group: let only one of them do it.`;
	}
}

function pairKey(action: string, groupId: string, userId: string): string {
	return `${action}\n${resourceId(groupId)}\n${resourceId(userId)}`;
}

export function groupTarget(group: Group): PlanTarget {
	return { type: 'group', id: group.id, displayName: group.displayName };
}

export function newGroupTarget(key: string): PlanTarget {
	return { type: 'group', id: null, displayName: key };
}

function planMember(user: User): PlanMember {
	return {
		id: user.id,
		email: user.userName,
		displayName: user.attributes.displayName ?? null,
	};
}

/** One line for each who is to be in the group and is not. @param group undefined for one that is created */
export function additions(
	wanted: WantedGroup,
	group: Group | undefined,
	recent: RecentCounts,
	basis: Basis,
	recordsOf: (user: User) => readonly Person[],
): Draft[] {
	const present = new Set(group?.memberIds.map(resourceId));
	const target = group ? groupTarget(group) : newGroupTarget(wanted.key);
	const name = group?.displayName ?? wanted.key;
	const precondition = { ...(group ? { groupName: group.displayName } : {}), isMember: false };
	// Of such a group, someone who is added may never be shown, and would be added in every plan.
	const isCut = group !== undefined && mayBeCut(group);
	const unless = isCut ? ', unless they are among those whom Notion does not show' : '';
	const lines: Draft[] = [];
	for (const [id, user] of wanted.users) {
		if (present.has(id) || !basis.isAbout(user, recordsOf(user))) continue;
		lines.push(
			draft(
				'group.addMembers',
				target,
				'groupMembership',
				`${userLabel(user)} is in ${wanted.key} in the directory, so they are added to ${name} in Notion${unless}.`,
				{
					member: planMember(user),
					blocked: isCut ? undefined : group && recent.quarantine('group.addMembers', group, user),
					precondition: { ...precondition, userName: user.userName, active: true },
				},
			),
		);
	}
	for (const joiner of wanted.joiners) {
		const { displayName } = joiner.wanted.attributes;
		lines.push(
			draft(
				'group.addMembers',
				target,
				'groupMembership',
				`${displayName ?? joiner.email} is in ${wanted.key} in the directory, so they are added to ${name} in Notion once their account exists.`,
				{
					member: { id: null, email: joiner.email.trim(), displayName: displayName ?? null },
					precondition,
				},
			),
		);
	}
	return lines;
}

/** What becomes of those in a group who are not wanted there. */
export interface Others {
	losses: Draft[];
	/** Who stays, with the reason why. */
	staying: string[];
}

/** @param isExact whether the group has in it only whom the directory says */
export function othersIn(
	group: Group,
	wanted: WantedGroup,
	members: ReadonlyMap<string, Member & { isHeld: boolean }>,
	isExact: boolean,
	recent: RecentCounts,
	basis: Basis,
): Others {
	const others: Others = { losses: [], staying: [] };
	for (const id of group.memberIds) {
		const member = members.get(resourceId(id));
		if (!member || wanted.users.has(resourceId(id))) continue;
		const fate = isExact
			? fateOf(member, basis)
			: { stays: 'the group was taken over with whoever was in it' };
		if (fate === 'goes anyway') continue;
		if ('stays' in fate) {
			others.staying.push(`${member.user.userName} (${fate.stays})`);
			continue;
		}
		const { user } = member;
		others.losses.push(
			draft(
				'group.removeMembers',
				groupTarget(group),
				fate.reason,
				`${userLabel(user)} is in ${group.displayName} in Notion, and ${fate.because}, so they are taken out of it.`,
				{
					member: planMember(user),
					blocked: privilegedBlock(basis, user) ?? recent.quarantine('group.removeMembers', group, user),
					impact: 1,
					needs: 'groups',
					precondition: { ...seenUser(user), groupName: group.displayName, isMember: true },
				},
			),
		);
	}
	return others;
}

type Fate = { stays: string } | { reason: PlanReason; because: string } | 'goes anyway';

/** What happens to the membership of somebody whom the directory does not put into the group. */
function fateOf({ user, standing, isHeld }: Member & { isHeld: boolean }, basis: Basis): Fate {
	const { policy } = basis;
	if (isHeld) return { stays: 'who they are in the directory is not certain' };
	switch (standing.is) {
		case 'wanted':
			return fateOfWanted(standing.wanted);
		case 'left':
			return policy.onInactive === 'remove'
				? 'goes anyway'
				: { stays: 'they have left, which is only reported' };
		case 'outOfScope':
			if (policy.onOutOfScope === 'remove') return 'goes anyway';
			return policy.onOutOfScope === 'removeFromGroups'
				? { reason: 'outOfScope', because: 'Notion is not meant for them (any more)' }
				: { stays: 'they are out of scope, which is only reported' };
		case 'absent':
			if (isForeign(policy.guards, user.userName)) {
				return { stays: 'the directory does not list them, and their domain is not an owned one' };
			}
			if (!standing.isConfirmed)
				return { stays: 'the directory does not list them, which is not confirmed yet' };
			return policy.onUnlisted === 'remove'
				? 'goes anyway'
				: { stays: 'the directory does not list them, which is only reported' };
		case 'unclear':
			return { stays: 'their status in the directory takes nothing away' };
		case 'conflict':
			return { stays: 'their entries in the directory contradict each other' };
		case 'mentioned':
			return { stays: 'who they are in the directory is not certain' };
	}
}

function fateOfWanted(wanted: Wanted): Fate {
	if (wanted.groups === undefined) return { stays: 'their groups were not read' };
	if (!wanted.mayLoseGroups) return { stays: 'they are on leave, which changes nothing' };
	return { reason: 'groupMembership', because: 'not in that group in the directory' };
}

function fewOf(names: readonly string[]): string {
	const sorted = [...names].sort();
	const more = sorted.length - MOST_NAMES;
	return listed(more > 0 ? [...sorted.slice(0, MOST_NAMES), `${more} more`] : sorted);
}

/** One line that says who stays in a group; undefined where nobody does. */
export function stayingLine(group: Group, staying: string[]): Draft | undefined {
	if (staying.length === 0) return undefined;
	return draft(
		'none',
		groupTarget(group),
		'groupMembership',
		`In ${group.displayName} there ${staying.length === 1 ? 'is' : 'are'} also ${fewOf(staying)}; they stay in it.`,
	);
}

/** Says that a group may have more members than the plan knows. */
export function cutLine(group: Group): Draft | undefined {
	if (!mayBeCut(group)) return undefined;
	return draft(
		'none',
		groupTarget(group),
		'groupMembership',
		`Notion shows exactly 100 members of ${group.displayName}, which may be only some of them. People whom the directory has in it and Notion does not show are added again, which changes nothing if they are in it; others whom Notion does not show stay in it.`,
	);
}

/**
 * Whoever would keep a membership keeps the group.
 *
 * @param staying of those in it, with the reason why
 */
export function deletion(
	group: Group,
	key: string,
	members: ReadonlyMap<string, Member>,
	staying: readonly string[],
	basis: Basis,
): Draft {
	const privileged = group.memberIds
		.flatMap((id) => members.get(resourceId(id)) ?? [])
		.flatMap(({ user }) => privilegedBlock(basis, user) ?? [])
		.sort()[0];
	const kept =
		staying.length === 0
			? undefined
			: `${fewOf(staying)} ${staying.length === 1 ? 'is' : 'are'} still in it, and would lose it. Settle that first, or delete the group in Notion by hand.`;
	const unseen = mayBeCut(group)
		? 'Notion shows exactly 100 members of it, which may be a part of them, so no one can tell who would lose it. Delete the group in Notion by hand.'
		: undefined;
	return draft(
		'group.delete',
		groupTarget(group),
		'groupUnlisted',
		`The directory has no group ${key} any more, so ${group.displayName} with its ${counted(group.memberIds.length, 'member', 'members')} is deleted in Notion, and its place in teamspaces is lost.`,
		{
			blocked: privileged ?? kept ?? unseen,
			impact: group.memberIds.length,
			needs: 'groups',
			precondition: { groupName: group.displayName, memberIds: [...group.memberIds].sort() },
		},
	);
}

/**
 * The directory's name is the one that counts, as with every identity provider.
 *
 * @param holder another group in Notion that has the name, or one that looks the same
 */
export function groupRename(
	group: Group,
	key: string,
	holder: string | undefined,
	basis: Basis,
): Draft | undefined {
	if (groupNameKey(group.displayName) === key || !basis.policy.updateDrift) return undefined;
	return draft(
		'group.rename',
		groupTarget(group),
		'groupRenamed',
		`${group.displayName} in Notion is linked with the directory's group ${key}, so it gets that name; its members and its place in teamspaces stay.`,
		{
			changes: [{ attribute: 'displayName', from: group.displayName, to: key }],
			blocked:
				holder &&
				`Another group in Notion is called ${key}, or looks like it: ${holder}. Rename that one first, or correct the link.`,
			precondition: { groupName: group.displayName },
		},
	);
}
