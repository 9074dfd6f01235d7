import type { UnsignedChange } from '../../../lib/directory/plan/plannedChange.ts';
import type { Links } from '../../../lib/directory/plan/policy.ts';
import { emailKey } from '../../../lib/scim/emailKey.ts';
import type { Group } from '../../../lib/scim/groupResource.ts';
import { groupNameKey } from '../../../lib/scim/groupResource.ts';
import { secondaryEmailKeys } from '../../../lib/scim/userResource.ts';
import type { User } from '../../../lib/scim/userResource.ts';

/** A workspace, and the links that a workflow keeps of it. Nothing in it is ever changed in place. */
export interface Model {
	/** Those who have left are inactive: their account comes back when their address is invited. */
	users: User[];
	groups: Group[];
	links: Links;
}

/** Does what Notion and the record of links do for one change that was applied. */
export function withChange(model: Model, entry: UnsignedChange): Model {
	const { action, target, member, changes } = entry;
	switch (action) {
		case 'none':
			return model;
		case 'group.create': {
			const id = `g-new-${model.groups.length}-${target.displayName}`;
			const group = { id, displayName: target.displayName ?? '', memberIds: [], resource: {} };
			return linkedGroup({ ...model, groups: [...model.groups, group] }, group.displayName, id);
		}
		case 'group.adopt':
			return linkedGroup(model, target.displayName ?? '', target.id ?? '', '2026-03-02T09:00:00.000Z');
		case 'group.rename':
			return withGroup(model, entry, (group) => ({ ...group, displayName: changes[0]?.to ?? '' }));
		case 'group.addMembers': {
			const id = member?.id ?? whoHas(model, member?.email ?? '').id;
			return withGroup(model, entry, (group) => ({
				...group,
				memberIds: [...new Set([...group.memberIds, id])],
			}));
		}
		case 'group.removeMembers':
			return withGroup(model, entry, (group) => ({
				...group,
				memberIds: group.memberIds.filter((id) => id !== member?.id),
			}));
		case 'group.delete':
			return {
				...model,
				groups: model.groups.filter(({ id }) => id !== target.id),
				links: {
					...model.links,
					groups: model.links.groups.filter(({ groupId }) => groupId !== target.id),
				},
			};
		case 'user.create':
			return created(model, entry);
		case 'user.rename':
		case 'user.update':
			return updated(model, entry);
		case 'user.remove':
			return {
				...model,
				users: model.users.map((user) => (user.id === target.id ? { ...user, active: false } : user)),
				groups: model.groups.map((group) => ({
					...group,
					memberIds: group.memberIds.filter((id) => id !== target.id),
				})),
			};
	}
}

function created(model: Model, { target, changes }: UnsignedChange): Model {
	const email = changes.find(({ attribute }) => attribute === 'email')?.to ?? '';
	assertFree(model, email, undefined);
	const former = model.users.find((user) => emailKey(user.userName) === emailKey(email));
	const user: User = changed(
		{
			id: former?.id ?? `u-new-${model.users.length}-${email}`,
			userName: email,
			active: true,
			role: undefined,
			attributes: { ...former?.attributes, email },
			resource: {},
		},
		changes,
	);
	return linkedUser(
		{ ...model, users: [...model.users.filter((other) => other !== former), user] },
		target,
		user,
	);
}

function updated(model: Model, { target, changes }: UnsignedChange): Model {
	const before = model.users.find(({ id, active }) => id === target.id && active);
	if (!before) throw new Error(`No one is ${target.id}.`);
	const after = changed(before, changes);
	if (emailKey(after.userName) !== emailKey(before.userName))
		assertFree(model, after.userName, before.id);
	return linkedUser(
		{ ...model, users: model.users.map((user) => (user === before ? after : user)) },
		target,
		after,
	);
}

function changed(user: User, changes: UnsignedChange['changes']): User {
	let after = user;
	for (const { attribute, to } of changes) {
		if (attribute === 'role') after = { ...after, role: to };
		else after = { ...after, attributes: { ...after.attributes, [attribute]: to } };
		if (attribute === 'email') after = { ...after, userName: to };
	}
	return after;
}

/** Notion has each address once; that a plan wants it twice is what a test is to find. */
function assertFree({ users }: Model, email: string, except: string | undefined): void {
	const key = emailKey(email);
	const owner = users.find(
		(user) =>
			user.active &&
			user.id !== except &&
			(emailKey(user.userName) === key || secondaryEmailKeys(user).includes(key)),
	);
	if (owner) throw new Error(`${email} is taken by ${owner.id}.`);
}

function whoHas({ users }: Model, email: string): User {
	const found = users.find((user) => user.active && emailKey(user.userName) === emailKey(email));
	if (!found) throw new Error(`No one has the address ${email}.`);
	return found;
}

function withGroup(model: Model, { target }: UnsignedChange, change: (group: Group) => Group): Model {
	const name = groupNameKey(target.displayName ?? '');
	const found = model.groups.filter(({ id, displayName }) =>
		target.id === null ? groupNameKey(displayName) === name : id === target.id,
	);
	const [group, another] = found;
	if (!group || another) throw new Error(`${found.length} groups are ${target.displayName}.`);
	return { ...model, groups: model.groups.map((one) => (one === group ? change(one) : one)) };
}

function linkedGroup(model: Model, name: string, groupId: string, adoptedAt?: string): Model {
	const others = model.links.groups.filter((link) => groupNameKey(link.name) !== groupNameKey(name));
	const link = { name: groupNameKey(name), groupId, ...(adoptedAt ? { adoptedAt } : {}) };
	return { ...model, links: { ...model.links, groups: [...others, link] } };
}

function linkedUser(model: Model, target: UnsignedChange['target'], user: User): Model {
	if (target.type !== 'user' || target.source === null || target.sourceId === null) return model;
	const { source, sourceId } = target;
	const others = model.links.people.filter(
		(link) => link.source !== source || link.sourceId !== sourceId,
	);
	const link = { source, sourceId, userId: user.id, email: user.userName };
	return { ...model, links: { ...model.links, people: [...others, link] } };
}

/** What a person would see who opens the workspace; new ids are left out. */
export function asSeen({ users, groups }: Model): unknown {
	const active = users.filter((user) => user.active);
	const names = new Map(active.map(({ id, userName }) => [id, emailKey(userName)]));
	return {
		people: active
			.map(({ userName, role, attributes }) => ({
				userName: emailKey(userName),
				role: role ?? 'member',
				attributes: Object.entries(attributes).sort(),
			}))
			.sort((one, other) => (one.userName < other.userName ? -1 : 1)),
		groups: groups
			.map(({ displayName, memberIds }) => ({
				displayName,
				members: memberIds.flatMap((id) => names.get(id) ?? []).sort(),
			}))
			.map((group) => JSON.stringify(group))
			.sort(),
	};
}
