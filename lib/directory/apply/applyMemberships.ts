import type { Group } from '../../scim/groupResource';
import { mayBeCut } from '../../scim/groupResource';
import { Semaphore } from '../../scim/semaphore';
import type { MembershipChange, MembershipResult } from '../../scim/membership';
import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import type { Application } from './application';
import { notTried, stale } from './applyResult';
import { assertMayTakeAway, assertMayWrite, assertMayWriteTo } from '../guards/guards';
import type { Answer, Reserved, Reservation } from './changeRunner';
import { settled } from './changeRunner';
import { failureOf, renameFailure } from './dependencies';
import type { PlannedChange } from '../plan/plannedChange';
import { groupDifferences, userDifferences } from './staleness';

/** More than the rate limiter allows at a time; it alone decides how many requests are in flight. */
const GROUPS_AT_ONCE = 16;

/** Who joins or leaves which group. */
interface Membership extends Reservation {
	group: Group;
	user: User;
}

/** Lets people join or leave groups: all changes about one group become few requests. */
export async function changeMemberships(
	application: Application,
	change: MembershipChange,
	changes: PlannedChange[],
): Promise<void> {
	const { runner } = application;
	if (change === 'remove') await readGroupsNow(application, changes);
	const reserved = await runner.reserve(
		changes,
		async (plannedChange) => await checkMembership(application, change, plannedChange),
	);
	const byGroup = new Map<string, Array<Reserved<Membership>>>();
	for (const membership of reserved) {
		const { id } = membership.reservation.group;
		const ofGroup = byGroup.get(id) ?? [];
		ofGroup.push(membership);
		byGroup.set(id, ofGroup);
	}
	const semaphore = new Semaphore(GROUPS_AT_ONCE);
	await settled(
		[...byGroup.values()].map((ofGroup) => semaphore.run(() => changeGroup(application, change, ofGroup))),
	);
}

/** A removal from a group reads the group right before. */
async function readGroupsNow({ runner, reading }: Application, changes: PlannedChange[]): Promise<void> {
	const ids = new Map(changes.flatMap((change) => (change.target.id ? [[change.target.id, change] as const] : [])));
	await settled(
		[...ids].map(async ([id, change]) => await runner.attempt(change, async () => await reading.groupNow(id))),
	);
}

async function checkMembership(
	application: Application,
	change: MembershipChange,
	plannedChange: PlannedChange,
): Promise<Answer | Membership> {
	const { workspace, options, own, groupMembers } = application;
	const { precondition } = plannedChange;
	const group = await groupOf(application, plannedChange);
	if ('outcome' in group) return group;
	const user = await memberOf(application, change, plannedChange, group);
	if ('outcome' in user) return user;
	const isMember = groupMembers.has(group, user.id);
	const ids = { userId: user.id, groupId: group.id };
	// A group that shows exactly 100 members proves no one absent.
	const isHidden = change === 'remove' && !isMember && mayBeCut(group);
	if (isMember === (change === 'add') && !isHidden) {
		const note = `${user.userName} was ${isMember ? '' : 'not '}in "${group.displayName}" already.`;
		return { outcome: 'unchanged', note, ...ids };
	}
	if (change === 'add') {
		assertMayWrite(workspace.guards);
	} else {
		assertMayTakeAway(workspace.guards, 'remove people from groups');
		assertMayWriteTo(workspace.guards, user, options.allowPrivileged);
	}
	const notRenamed = renameFailure(application, user.id);
	if (notRenamed) return notRenamed;
	const differences = [
		...userDifferences(precondition, user, own),
		...groupDifferences(precondition, group, own),
	];
	if (differences.length > 0) throw stale(differences);
	return { group, user, impact: change === 'add' ? 0 : 1, seats: 0 };
}

async function changeGroup(
	application: Application,
	change: MembershipChange,
	memberships: Array<Reserved<Membership>>,
): Promise<void> {
	const { runner, reading } = application;
	const [first] = memberships;
	if (!first) return;
	const { group } = first.reservation;
	const ids = memberships.map(({ reservation: { user } }) => user.id);
	if (runner.end) {
		for (const { change: plannedChange, reservation } of memberships) runner.notTried(plannedChange, reservation);
		return;
	}
	for (const { change: plannedChange, reservation } of memberships) runner.begin(plannedChange, reservation);
	const results = await changed(application, group, change, ids);
	const settledIds = new Set<string>();
	for (const { change: plannedChange, reservation } of memberships) {
		const { user } = reservation;
		const result = results instanceof ScimError ? results : results.get(user.id);
		if (result instanceof ScimError) {
			runner.fail(plannedChange, result, reservation);
			continue;
		}
		settledIds.add(user.id);
		runner.settle(
			plannedChange,
			{
				outcome: result === 'unchanged' ? 'unchanged' : 'done',
				note: noteOf(result, change, user, group),
				userId: user.id,
				groupId: group.id,
			},
			reservation,
		);
	}
	const others = group.memberIds.filter((id) => !settledIds.has(id));
	reading.replaceGroup({ ...group, memberIds: change === 'add' ? [...others, ...settledIds] : others });
}

function noteOf(
	result: MembershipResult | undefined,
	change: MembershipChange,
	{ userName }: User,
	{ displayName }: Group,
): string {
	if (result !== 'unconfirmed') return `${userName} ${change === 'add' ? 'joined' : 'left'} "${displayName}".`;
	return `Notion accepted that ${userName} ${change === 'add' ? 'joins' : 'leaves'} "${displayName}". It shows exactly 100 members there, which may be only some of them, so that is not confirmed.`;
}

/** The results by person, or the one that all of them share. @throws ScimError `cancelled` */
async function changed(
	{ workspace: { groups } }: Application,
	group: Group,
	change: MembershipChange,
	ids: string[],
): Promise<Map<string, MembershipResult> | ScimError> {
	try {
		return await groups.changeMembers(group, change, ids, { isFresh: true });
	} catch (error) {
		return error instanceof ScimError && error.kind !== 'cancelled' ? error : Promise.reject(error);
	}
}

/** The group of a change, or why nothing is done. @throws ScimError `stale` */
async function groupOf(application: Application, change: PlannedChange): Promise<Group | Answer> {
	const { reading } = application;
	const { target } = change;
	const name = target.displayName ?? '';
	if (target.id !== null) {
		const adoption = application.before.adoptionOf(target.id);
		const why = failureOf(application, adoption);
		if (why) return notTried(`the group "${name}" was not taken over`, why);
		if (!adoption && change.precondition.isLinked === false) {
			return notTried(
				`the group "${name}" is not taken over yet`,
				'Apply the change of the same plan that takes it over with this one.',
			);
		}
		const group = await reading.group(target.id);
		if (group) return group;
		if (change.action === 'group.removeMembers') {
			return { outcome: 'unchanged', note: `The group "${name}" is gone.` };
		}
		throw stale([`the group "${name}" was deleted`]);
	}
	const creation = application.before.creationOfGroup(name);
	const why = failureOf(application, creation);
	if (why) return notTried(`the group "${name}" was not created`, why);
	const [group, ...others] = await reading.groupsNamed(name);
	if (!group) return notTried(`the group "${name}" is not there`);
	if (others.length > 0) throw stale([`${others.length + 1} groups are called "${name}"`]);
	// Without the change that creates it, no one has checked whose group this is.
	const strangers = creation ? [] : await application.groupMembers.strangers(group);
	if (strangers.length > 0) {
		throw stale([`a group "${name}" with ${strangers.length} other members was made`]);
	}
	return group;
}

/** The person of a change, or why nothing is done. @throws ScimError `stale` */
async function memberOf(
	application: Application,
	change: MembershipChange,
	{ member }: PlannedChange,
	group: Group,
): Promise<User | Answer> {
	const { reading } = application;
	if (!member) throw stale(['this change names no one']);
	if (member.id !== null) {
		const user = await reading.user(member.id);
		if (user?.active) return user;
		if (change === 'remove' && !application.groupMembers.has(group, member.id)) {
			return { outcome: 'unchanged', note: `${member.email} was not in the workspace any more.` };
		}
		throw stale([`${member.email} has left the workspace`]);
	}
	const creation = failureOf(application, application.before.creationOf(member.email));
	if (creation) return notTried(`${member.email} did not become a member`, creation);
	const found = await reading.findByEmail(member.email);
	if (found.match === 'primary' && found.user.active) return found.user;
	return notTried(`${member.email} is not a member of the workspace`);
}
