import { z } from 'zod';

import { withKnownNames } from './attributeNames';
import type { ListReading } from './completeList';
import { readCompleteList, readUpTo } from './completeList';
import { equalsFilter, mayBeDueToFilter } from './filter';
import type { Group } from './groupResource';
import { groupNameKey, confusableGroupNameKey, newGroupResource, parseGroup } from './groupResource';
import type { ListPage } from './listResponse';
import { parseListPage } from './listResponse';
import type { MembershipChange, MembershipResult } from './membership';
import { changeMembership } from './membership';
import { addMembersOperation, patchBody, removeMembersOperations } from './patchOperation';
import type { Requester } from './requester';
import { resourceId } from './resourceId';
import { ScimError } from './scimError';
import type { ServerCapabilities } from './serverCapabilities';
import { resourcePath } from './transport';
import { completeRows, otherResource } from './users';

/** The groups of a workspace (RFC 7644 section 3, Notion help "SCIM"). */
export class Groups {
	constructor(
		private readonly requester: Requester,
		private readonly capabilities: ServerCapabilities,
	) {}

	/** @returns undefined if the server does not know the id (and otherwise gives good answers) */
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

	/** As {@link get}, for an id that a person typed or copied: tries both spellings. */
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

	/** @throws ScimError if the server offers no groups: see `isWithoutGroups` */
	async assertOffered(): Promise<void> {
		await this.page(1, 1);
	}

	readAll(): Promise<ListReading<Group>> {
		return readCompleteList((startIndex, count) => this.page(startIndex, count));
	}

	readFirst(limit: number): Promise<ListReading<Group>> {
		return readUpTo((startIndex, count) => this.page(startIndex, count), limit);
	}

	/** All groups with exactly that name: none, one, or several, because names are not unique. */
	async findByName(name: string): Promise<Group[]> {
		return (await this.lookForName(name)).named;
	}

	/**
	 * Looks up a name. An empty result of the filter proves nothing, because the filter compares one
	 * spelling; before a name counts as free, all groups are read. They take few pages, and nothing is
	 * cached.
	 */
	async lookForName(name: string): Promise<NameMatch> {
		const isNamed = (group: Group): boolean => groupNameKey(group.displayName) === groupNameKey(name);
		try {
			const { rows, total } = await this.page(1, 100, name.trim());
			const isBelieved = rows.length > 0 && total <= rows.length && rows.every(isNamed);
			if (isBelieved) return { named: rows, similar: [] };
		} catch (error) {
			// If the filter is not the cause, reading all groups fails as well and reports the reason.
			if (!mayBeDueToFilter(error)) return Promise.reject(error);
		}
		return matchName(name, completeRows(await this.readAll(), 'groups'));
	}

	/** @throws ScimError `ambiguous` with the list of groups that share the name */
	async findOneByName(name: string): Promise<Group | undefined> {
		const [group, ...others] = await this.findByName(name);
		if (group && others.length > 0) throw severalGroups(name, [group, ...others]);
		return group;
	}

	/**
	 * The group with that name, or undefined if the name is free: no group has it or a confusable name.
	 * @throws ScimError `ambiguous` for several groups, `alreadyExists` for one with a confusable name
	 */
	async findOrAssertFree(name: string): Promise<Group | undefined> {
		const { named, similar } = await this.lookForName(name);
		const [group, ...others] = named;
		if (group && others.length > 0) throw severalGroups(name, named);
		if (!group && similar.length > 0) throw similarGroups(name, similar);
		return group;
	}

	/** @throws ScimError `alreadyExists` if another group has the name or a confusable one */
	async assertFreeFor(group: Group, name: string): Promise<void> {
		const isOther = ({ id }: Group): boolean => resourceId(id) !== resourceId(group.id);
		const { named, similar } = await this.lookForName(name);
		const others = named.filter(isOther);
		if (others.length > 0) throw nameTaken(name, others);
		const lookalikes = similar.filter(isOther);
		if (lookalikes.length > 0) throw similarGroups(name, lookalikes);
	}

	/**
	 * `POST /Groups`. The caller has checked that the name is free.
	 * @returns `created` is false if Notion answers 409 and a group with that name exists. It is true if the
	 * answer was lost and the group exists, since the caller has checked before.
	 * @throws ScimError `alreadyExists`, with the conflicting group if one is visible; `conflict`;
	 * `notVerified` if Notion accepted the group but does not have it
	 */
	async create(displayName: string): Promise<{ group: Group; created: boolean }> {
		const asResult = (group: Group | undefined, created: boolean) => group && { group, created };
		try {
			return await this.requester.write(
				{ method: 'POST', path: '/Groups', body: newGroupResource(displayName) },
				{
					accept: async (body) => ({ group: await this.createdGroup(body, displayName), created: true }),
					look: async () => asResult(await this.findOneByName(displayName), true),
					lookAfterConflict: async (mayBeOurs) =>
						asResult(await this.findOrAssertFree(displayName), mayBeOurs),
				},
			);
		} catch (error) {
			return Promise.reject(isDuplicate(error) ? takenUnseen(displayName, error) : error);
		}
	}

	/** The group that a 2xx to the creation refers to, whether or not the answer shows it. */
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
			`Notion accepted the creation of the group "${displayName}", but no group has that name.`,
			'Look in Notion under Settings, People, Groups before you run the item again.',
		);
	}

	/** @throws ScimError `notTaken` if the old name came back, `alreadyExists` if another group conflicts */
	async rename(group: Group, displayName: string): Promise<Group> {
		try {
			return await this.sendName(group, displayName);
		} catch (error) {
			return Promise.reject(isDuplicate(error) ? takenUnseen(displayName, error) : error);
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
					await this.assertFreeFor(group, displayName);
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

	/** @returns false if the group was gone already. @throws ScimError `notVerified` */
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
	 * Adds or removes people by id, with a result for each id.
	 * @param isFresh whether the group was read just now; otherwise it is read first
	 */
	async changeMembers(
		group: Group,
		change: MembershipChange,
		ids: string[],
		{ isFresh = false } = {},
	): Promise<Map<string, MembershipResult>> {
		// The group may have been created a moment ago, and reads may not show it yet.
		const read = async (): Promise<Group> =>
			(await this.requester.lookPatiently(() => this.get(group.id), (now) => now !== undefined)) ??
			(await Promise.reject(vanished()));
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
			this.capabilities,
			isFresh ? group : undefined,
		);
	}
}

/** The group in the answer to a PATCH; undefined if the answer does not list the members. */
function groupShown(body: unknown, id: string): Group | undefined {
	const shown = z
		.object({ id: z.string(), displayName: z.string(), members: z.array(z.unknown()) })
		.safeParse(withKnownNames(body, 1));
	return shown.success && resourceId(shown.data.id) === resourceId(id) ? parseGroup(body) : undefined;
}

/** The group in the answer to a creation; undefined if the answer shows no group, or only part of one. */
function wholeGroup(body: unknown): Group | undefined {
	try {
		return parseGroup(body);
	} catch {
		return undefined;
	}
}

/** @throws ScimError `unexpectedAnswer` if the answer is about another group */
function groupWithName(group: Group, displayName: string): Group {
	if (groupNameKey(group.displayName) === groupNameKey(displayName)) return group;
	throw otherResource();
}

/** @param others the groups that have the name */
function nameTaken(name: string, others: Group[]): ScimError {
	return new ScimError(
		'alreadyExists',
		`Another group is called "${name}" already (${others.map(({ id }) => id).join(', ')}).`,
		'Choose another name. Two groups with the same name cannot be told apart in Notion.',
	);
}

/** Groups with a given name, and those with a confusable one. */
export interface NameMatch {
	named: Group[];
	/** Filled only if no group has the name itself. */
	similar: Group[];
}

/** Sorts all groups of a workspace by how their names relate to a given one. */
export function matchName(name: string, groups: readonly Group[]): NameMatch {
	const key = groupNameKey(name);
	const lookKey = confusableGroupNameKey(name);
	const named = groups.filter(({ displayName }) => groupNameKey(displayName) === key);
	if (named.length > 0) return { named, similar: [] };
	return { named, similar: groups.filter(({ displayName }) => confusableGroupNameKey(displayName) === lookKey) };
}

/**
 * Two groups whose names differ by case or white space could not be told apart, and Notion may refuse them.
 */
function similarGroups(name: string, groups: Group[]): ScimError {
	const list = groups.map(({ id, displayName }) => `"${displayName}" (${id})`).join(', ');
	return new ScimError(
		'alreadyExists',
		`No group is called exactly "${name}", but there is ${list}, which looks the same. Nothing was done.`,
		'If that is the group you mean, write its name exactly as Notion has it, or pick it by ID. If not, choose a name that differs by more than upper and lower case or white space.',
		{ evidence: { similar: groups.map(({ id, displayName }) => ({ id, displayName })) } },
	);
}

/** Notion's own answer that a name is taken; an error found by a lookup carries no status. */
function isDuplicate(error: unknown): error is ScimError {
	return error instanceof ScimError && error.kind === 'alreadyExists' && error.status === 409;
}

/** Notion reports that a name is taken, but no visible group has it or a confusable name. */
function takenUnseen(name: string, { status, detail, isNothingDone }: ScimError): ScimError {
	return new ScimError(
		'alreadyExists',
		`Notion says that a group called "${name}" exists already, but it lists none with such a name.`,
		'Look in Notion under Settings, People, Groups for a group that SCIM does not list, or choose another name.',
		{ ...(status === undefined ? {} : { status }), ...(detail ? { detail } : {}), isNothingDone },
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
