import { z } from 'zod';

import { withKnownNames } from './attributeNames';
import type { ListReading } from './completeList';
import { readCompleteList, readUpTo } from './completeList';
import { equalsFilter, mayBeDueToFilter } from './filter';
import type { Group } from './groupResource';
import { groupNameKey, groupNameLook, newGroupResource, parseGroup } from './groupResource';
import type { ListPage } from './listResponse';
import { parseListPage } from './listResponse';
import type { MembershipChange, MembershipResult } from './membership';
import { changeMembership } from './membership';
import { addMembersOperation, patchBody, removeMembersOperations } from './patchOperation';
import type { Requester } from './requester';
import { resourceId } from './resourceId';
import { ScimError } from './scimError';
import type { ServerHabits } from './serverHabits';
import { resourcePath } from './transport';
import { completeRows, otherResource } from './users';

/** The groups of a workspace (RFC 7644 section 3, Notion help "SCIM"). */
export class Groups {
	constructor(
		private readonly requester: Requester,
		private readonly habits: ServerHabits,
	) {}

	/** @returns undefined where the server does not know the id (and gives good answers otherwise) */
	async get(id: string): Promise<Group | undefined> {
		try {
			const body = await this.requester.read({ method: 'GET', path: resourcePath('Groups', id) });
			const group = parseGroup(body);
			if (resourceId(group.id) !== resourceId(id)) throw otherResource();
			return group;
		} catch (error) {
			if (error instanceof ScimError && error.kind === 'notFound') return undefined;
			return Promise.reject(error);
		}
	}

	/** As {@link get}, for an id that a person typed or copied: it is tried in both spellings. */
	async findById(id: string): Promise<Group | undefined> {
		const canonical = resourceId(id);
		return (await this.get(id)) ?? (canonical === id ? undefined : await this.get(canonical));
	}

	async page(startIndex: number, count: number, name?: string): Promise<ListPage<Group>> {
		const body = await this.requester.read({
			method: 'GET',
			path: '/Groups',
			query: {
				startIndex,
				count,
				...(name === undefined ? {} : { filter: equalsFilter('displayName', name) }),
			},
		});
		return parseListPage(body, parseGroup);
	}

	/** @throws ScimError where the server answers nothing about groups: see `isWithoutGroups` */
	async assertOffered(): Promise<void> {
		await this.page(1, 1);
	}

	readAll(): Promise<ListReading<Group>> {
		return readCompleteList((startIndex, count) => this.page(startIndex, count));
	}

	readFirst(limit: number): Promise<ListReading<Group>> {
		return readUpTo((startIndex, count) => this.page(startIndex, count), limit);
	}

	/** Every group with exactly that name: none, one, or several, because names are not unique. */
	async findByName(name: string): Promise<Group[]> {
		return (await this.lookForName(name)).named;
	}

	/**
	 * Looks for a name. The filter's "none" is no proof, because it compares one spelling: before a name
	 * is said to be free, all groups are read. There are few pages of them, and nothing is kept.
	 */
	async lookForName(name: string): Promise<NameMatch> {
		const isNamed = (group: Group): boolean => groupNameKey(group.displayName) === groupNameKey(name);
		try {
			const { rows, total } = await this.page(1, 100, name.trim());
			const isBelieved = rows.length > 0 && total <= rows.length && rows.every(isNamed);
			if (isBelieved) return { named: rows, similar: [] };
		} catch (error) {
			// If it is not due to the filter, reading all groups fails as well and says why.
			if (!mayBeDueToFilter(error)) return Promise.reject(error);
		}
		return matchName(name, completeRows(await this.readAll(), 'groups'));
	}

	/** @throws ScimError `ambiguous` with the list of those that share the name */
	async findOneByName(name: string): Promise<Group | undefined> {
		const [group, ...others] = await this.findByName(name);
		if (group && others.length > 0) throw severalGroups(name, [group, ...others]);
		return group;
	}

	/**
	 * The group of that name, or undefined where the name is free: no group has it, and none has one that
	 * looks the same.
	 *
	 * @throws ScimError `ambiguous` for several groups, `alreadyExists` for one of a similar name
	 */
	async findOrAssertFree(name: string): Promise<Group | undefined> {
		const { named, similar } = await this.lookForName(name);
		const [group, ...others] = named;
		if (group && others.length > 0) throw severalGroups(name, named);
		if (!group && similar.length > 0) throw similarGroups(name, similar);
		return group;
	}

	/**
	 * `POST /Groups`. The caller has looked whether the name is free.
	 *
	 * @returns `created` is false where Notion answers 409 and a group of that name is there. It is true
	 * where the answer was lost and the group is there: callers have looked for it before.
	 * @throws ScimError `alreadyExists`, which names a group of a similar name that is in the way;
	 * `conflict`; `notVerified` where it was accepted and is not there
	 */
	async create(displayName: string): Promise<{ group: Group; created: boolean }> {
		const find = async (created: boolean) => {
			const group = await this.findOneByName(displayName);
			return group && { group, created };
		};
		try {
			return await this.requester.write(
				{ method: 'POST', path: '/Groups', body: newGroupResource(displayName) },
				{
					accept: async (body) => ({ group: await this.createdGroup(body, displayName), created: true }),
					look: () => find(true),
					lookAfterConflict: find,
				},
			);
		} catch (error) {
			return Promise.reject(await this.withSimilarName(displayName, error));
		}
	}

	/** A conflict about a name, told with the other group that has one which looks the same. */
	private async withSimilarName(name: string, error: unknown, ownId?: string): Promise<unknown> {
		const isAboutName = error instanceof ScimError && ['alreadyExists', 'conflict'].includes(error.kind);
		if (!isAboutName) return error;
		const { similar } = await this.lookForName(name);
		const others = similar.filter(({ id }) => ownId === undefined || resourceId(id) !== resourceId(ownId));
		return others.length > 0 ? similarGroups(name, others) : error;
	}

	/** The group that a 2xx to the creation means, whether or not it shows it. */
	private async createdGroup(body: unknown, displayName: string): Promise<Group> {
		const shown = wholeGroup(body);
		if (shown) return groupWithName(shown, displayName);
		const found = await this.requester.lookPatiently(
			() => this.findOneByName(displayName),
			(group) => group !== undefined,
		);
		if (found) return found;
		throw new ScimError(
			'notVerified',
			`Notion accepted the creation of the group "${displayName}", but there is none of that name.`,
			'Look in Notion under Settings, People, Groups before you run the item again.',
		);
	}

	/**
	 * @throws ScimError `notTaken` where the old name came back, `alreadyExists` where another group has
	 * the name, or one that looks the same
	 */
	async rename(group: Group, displayName: string): Promise<Group> {
		try {
			return await this.sendName(group, displayName);
		} catch (error) {
			return Promise.reject(await this.withSimilarName(displayName, error, group.id));
		}
	}

	private async sendName(group: Group, displayName: string): Promise<Group> {
		const renamed = async (): Promise<{ now: Group | undefined; done: boolean }> => {
			const now = await this.get(group.id);
			return { now, done: groupNameKey(now?.displayName ?? '') === groupNameKey(displayName) };
		};
		await this.requester.write(
			{
				method: 'PATCH',
				path: resourcePath('Groups', group.id),
				body: patchBody([{ op: 'Replace', path: 'displayName', value: displayName }]),
			},
			{
				accept: () => true,
				look: async () => ((await renamed()).done ? true : undefined),
				lookAfterConflict: async () => {
					if ((await renamed()).done) return true;
					const others = (await this.findByName(displayName)).filter(({ id }) => id !== group.id);
					if (others.length > 0) throw nameTaken(displayName, others);
					return undefined;
				},
			},
		);
		const { now, done } = await this.requester.lookPatiently(renamed, (found) => found.done);
		if (now && done) return now;
		throw new ScimError(
			'notTaken',
			`Notion accepted the new name, but the group is still called "${now?.displayName ?? group.displayName}".`,
			'Rename the group in Notion under Settings, People, Groups.',
		);
	}

	/** @returns false where the group was gone already. @throws ScimError `notVerified` */
	async delete(group: Group): Promise<boolean> {
		let deleted = true;
		try {
			await this.requester.write(
				{ method: 'DELETE', path: resourcePath('Groups', group.id) },
				{
					accept: () => true,
					look: async () => ((await this.get(group.id)) ? undefined : true),
				},
			);
		} catch (error) {
			if (!(error instanceof ScimError) || error.kind !== 'notFound') return Promise.reject(error);
			deleted = false;
		}
		const left = await this.requester.lookPatiently(
			() => this.get(group.id),
			(found) => found === undefined,
		);
		if (left) {
			throw new ScimError(
				'notVerified',
				`Notion accepted the deletion of the group "${group.displayName}", but it is still there.`,
				'Delete the group in Notion under Settings, People, Groups.',
			);
		}
		return deleted;
	}

	/**
	 * Adds or removes people by id, with an answer for each id.
	 *
	 * @param isFresh whether the group was read just now; otherwise it is read first
	 */
	async changeMembers(
		group: Group,
		change: MembershipChange,
		ids: string[],
		{ isFresh = false } = {},
	): Promise<Map<string, MembershipResult>> {
		const read = async (): Promise<Group> =>
			(await this.get(group.id)) ?? (await Promise.reject(vanished()));
		return await changeMembership(
			{
				read,
				lookPatiently: async (look, isSeen) => await this.requester.lookPatiently(look, isSeen),
				patch: async (direction, batch, form) => {
					const operations =
						direction === 'add'
							? [addMembersOperation(batch)]
							: removeMembersOperations(batch, form);
					const { shown } = await this.requester.write<{ shown: Group | undefined }>(
						{
							method: 'PATCH',
							path: resourcePath('Groups', group.id),
							body: patchBody(operations),
						},
						{
							accept: (body) => ({ shown: groupShown(body, group.id) }),
							look: async () => {
								const now = await read();
								const members = new Set(now.memberIds);
								return batch.every((id) => members.has(id) === (direction === 'add'))
									? { shown: now }
									: undefined;
							},
						},
					);
					return shown;
				},
			},
			change,
			[...new Set(ids)],
			this.habits,
			isFresh ? group : undefined,
		);
	}
}

/** The group that a PATCH was answered with; undefined where the answer does not say who is in it. */
function groupShown(body: unknown, id: string): Group | undefined {
	const shown = z
		.object({ id: z.string(), displayName: z.string(), members: z.array(z.unknown()) })
		.safeParse(withKnownNames(body, 1));
	return shown.success && resourceId(shown.data.id) === resourceId(id) ? parseGroup(body) : undefined;
}

/** The group that the answer to a creation shows; undefined where it shows none, or not the whole. */
function wholeGroup(body: unknown): Group | undefined {
	try {
		return parseGroup(body);
	} catch {
		return undefined;
	}
}

/** @throws ScimError `unexpectedAnswer` where the answer is about another group */
function groupWithName(group: Group, displayName: string): Group {
	if (groupNameKey(group.displayName) === groupNameKey(displayName)) return group;
	throw otherResource();
}

/** Groups of one name, and those whose names only look like it. */
export interface NameMatch {
	named: Group[];
	/** Known only where no group has the name itself. */
	similar: Group[];
}

/** Sorts all groups of a workspace by how their names relate to one. */
export function matchName(name: string, groups: readonly Group[]): NameMatch {
	const key = groupNameKey(name);
	const look = groupNameLook(name);
	const named = groups.filter(({ displayName }) => groupNameKey(displayName) === key);
	if (named.length > 0) return { named, similar: [] };
	return { named, similar: groups.filter(({ displayName }) => groupNameLook(displayName) === look) };
}

/** Two groups whose names differ by case or white space could not be told apart, and Notion may refuse them. */
export function similarGroups(name: string, groups: Group[]): ScimError {
	const list = groups.map(({ id, displayName }) => `"${displayName}" (${id})`).join(', ');
	return new ScimError(
		'alreadyExists',
		`No group is called exactly "${name}", but there is ${list}, which looks the same. Nothing was done.`,
		'If that is the group you mean, write its name exactly as Notion has it, or pick it by ID. If not, choose a name that differs by more than upper and lower case or white space.',
		{ evidence: { similar: groups.map(({ id, displayName }) => ({ id, displayName })) } },
	);
}

/** @param others the groups that have the name */
export function nameTaken(name: string, others: Group[]): ScimError {
	return new ScimError(
		'alreadyExists',
		`Another group is called "${name}" already (${others.map(({ id }) => id).join(', ')}).`,
		'Choose another name. Two groups of one name cannot be told apart in Notion.',
	);
}

export function severalGroups(name: string, groups: Group[]): ScimError {
	const list = groups.map((group) => `${group.id} (${group.memberIds.length} members)`).join(', ');
	return new ScimError(
		'ambiguous',
		`${groups.length} groups are called "${name}": ${list}.`,
		'Pick the group by ID, or rename all but one of them in Notion.',
		{
			evidence: {
				matches: groups.map((group) => ({
					id: group.id,
					displayName: group.displayName,
					memberCount: group.memberIds.length,
				})),
			},
		},
	);
}

function vanished(): ScimError {
	return new ScimError(
		'notFound',
		'The group was deleted while this was running.',
		'Pick another group, or create it again.',
	);
}
