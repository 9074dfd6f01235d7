import type { Group } from '../../scim/groupResource';
import { groupNameKey } from '../../scim/groupResource';
import type { Application } from './application';
import { stale } from './applyResult';
import { assertMayTakeAway, assertMayWrite, assertMayWriteTo, assertWholeMembership } from '../guards/guards';
import type { Answer, Operation } from './changeRunner';
import type { PlannedChange } from '../plan/plannedChange';
import { groupDifferences, newGroupName } from './staleness';

export async function createGroups(application: Application, changes: PlannedChange[]): Promise<void> {
	await application.runner.run(changes, async (change) => await checkCreation(application, change));
}

/** Taking a group over writes nothing: it is certain then that the group is the one that was looked at. */
export async function adoptGroups(application: Application, changes: PlannedChange[]): Promise<void> {
	await application.runner.run(changes, async (change) => await checkAdoption(application, change));
}

export async function renameGroups(application: Application, changes: PlannedChange[]): Promise<void> {
	await application.runner.run(changes, async (change) => await checkRename(application, change));
}

export async function deleteGroups(application: Application, changes: PlannedChange[]): Promise<void> {
	await application.runner.run(changes, async (change) => await checkDeletion(application, change));
}

async function checkCreation(application: Application, change: PlannedChange): Promise<Answer | Operation> {
	const { workspace, reading } = application;
	const name = newGroupName(change);
	const { named, similar } = await reading.lookForName(name);
	const [group, ...others] = named;
	if (group && others.length > 0) throw stale([`${others.length + 1} groups are called "${name}"`]);
	if (group) {
		const strangers = await application.groupMembers.strangers(group);
		if (strangers.length > 0) {
			throw stale([`a group "${name}" with ${strangers.length} other members was made`]);
		}
		return { outcome: 'unchanged', note: `The group "${name}" was there already.`, groupId: group.id };
	}
	if (similar.length > 0) throw stale(similar.map(lookalike));
	assertMayWrite(workspace.guards);
	return {
		impact: 0,
		seats: 0,
		act: async () => {
			const { group: made, created } = await workspace.groups.create(name);
			// The members in it were not looked at when the change was checked.
			if (!created) throw stale([`a group "${name}" was made by someone else`]);
			reading.replaceGroup(made);
			return { outcome: 'done', note: `The group "${name}" was created.`, groupId: made.id };
		},
	};
}

async function checkAdoption(application: Application, change: PlannedChange): Promise<Answer> {
	assertMayWrite(application.workspace.guards);
	const group = await groupOf(application, change);
	const differences = [
		...groupDifferences(change.precondition, group, application.own),
		...(await application.groupMembers.differences(change, group)),
	];
	if (differences.length > 0) throw stale(differences);
	return { outcome: 'done', note: `The group "${group.displayName}" is taken over.`, groupId: group.id };
}

async function checkRename(application: Application, change: PlannedChange): Promise<Answer | Operation> {
	const { workspace, reading, own } = application;
	const name = newGroupName(change);
	const group = await groupOf(application, change);
	if (groupNameKey(group.displayName) === groupNameKey(name)) {
		return { outcome: 'unchanged', note: `The group was called "${name}" already.` };
	}
	assertMayWrite(workspace.guards);
	const { groupName } = change.precondition;
	const differences =
		groupName !== undefined && groupNameKey(groupName) !== groupNameKey(group.displayName)
			? groupDifferences(change.precondition, group, own)
			: [];
	const isOther = ({ id }: Group): boolean => id !== group.id;
	const { named, similar } = await reading.lookForName(name);
	const others = named.filter(isOther);
	if (others.length > 0) differences.push(`another group is called "${name}"`);
	differences.push(...similar.filter(isOther).map(lookalike));
	if (differences.length > 0) throw stale(differences);
	return {
		impact: 0,
		seats: 0,
		act: async () => {
			reading.replaceGroup(await workspace.groups.rename(group, name));
			return { outcome: 'done', note: `The group "${group.displayName}" is called "${name}" now.` };
		},
	};
}

async function checkDeletion(application: Application, change: PlannedChange): Promise<Answer | Operation> {
	const { workspace, options, reading, own } = application;
	const id = change.target.id ?? '';
	const group = id === '' ? undefined : await reading.groupNow(id);
	if (!group) return { outcome: 'unchanged', note: 'The group was gone already.' };
	assertMayTakeAway(workspace.guards, 'delete groups');
	if (!options.allowPrivileged) assertWholeMembership(group);
	for (const memberId of group.memberIds) {
		const member = await reading.user(memberId);
		if (member) assertMayWriteTo(workspace.guards, member, options.allowPrivileged);
	}
	const differences = [
		...groupDifferences(change.precondition, group, own),
		...(await application.groupMembers.differences(change, group)),
	];
	if (differences.length > 0) throw stale(differences);
	return {
		impact: group.memberIds.length,
		seats: 0,
		act: async () => {
			const isDeleted = await workspace.groups.delete(group);
			reading.removeGroup(group);
			return isDeleted
				? { outcome: 'done', note: `The group "${group.displayName}" was deleted.` }
				: { outcome: 'unchanged', note: 'The group was gone already.' };
		},
	};
}

/** The end of the sentence "Since the plan was made, …". */
function lookalike({ id, displayName }: Group): string {
	return `there is a group "${displayName}" (${id}), whose name looks the same`;
}

/** @throws ScimError `stale` */
async function groupOf({ reading }: Application, { target }: PlannedChange): Promise<Group> {
	const group = target.id ? await reading.group(target.id) : undefined;
	if (group) return group;
	throw stale([`the group "${target.displayName}" was deleted`]);
}
