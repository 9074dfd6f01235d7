import type { ListReading } from '../scim/completeList';
import { readCompleteList } from '../scim/completeList';
import { isWithoutGroups } from '../scim/failures';
import type { Group } from '../scim/groupResource';
import { showsAllMembers } from '../scim/groupResource';
import type { Groups } from '../scim/groups';
import type { ListPage } from '../scim/listResponse';
import type { Users } from '../scim/users';
import type { Observation, SeenPerson } from './observation';
import { seenGroup, seenPerson } from './observation';

/** Where the pages of one poll come from. */
export interface Source {
	users: Pick<Users, 'page'>;
	groups: Pick<Groups, 'page'>;
}

const NO_GROUPS: ListReading<Group> = { rows: [], complete: true, firstTotal: 0, lastTotal: 0, pages: 1, passes: 1 };

/**
 * One reading of all people and groups, which may take the time of several polls: between them it waits before
 * its next page, and goes on with the source of the next poll.
 */
export class WorkspaceReading {
	private source: Source | undefined;
	private waiting: Array<(source: Source) => void> = [];
	private readonly result: Promise<Observation>;

	constructor() {
		this.result = this.read();
		// It may fail between two polls; the next one is told.
		this.result.catch(() => undefined);
	}

	/**
	 * Reads on until the end, or until the time is over. Requests that are under way then are still awaited.
	 * @returns undefined if there is more to read
	 * @throws ScimError
	 */
	async continue(source: Source, timeIsOver: Promise<void>): Promise<Observation | undefined> {
		this.source = source;
		for (const resume of this.waiting.splice(0)) resume(source);
		try {
			return await Promise.race([this.result, timeIsOver.then(() => undefined)]);
		} finally {
			this.source = undefined;
		}
	}

	private async read(): Promise<Observation> {
		const [people, groups] = await Promise.all([this.readPeople(), this.readGroups()]);
		const showsAll = showsAllMembers(groups?.rows ?? []);
		const { rows, ...list } = groups ?? NO_GROUPS;
		return {
			people,
			groups: { ...list, rows: rows.map((group) => seenGroup(group, showsAll)) },
			hasGroups: groups !== undefined,
			showsAllMembers: showsAll,
		};
	}

	private async readPeople(): Promise<ListReading<SeenPerson>> {
		return await readCompleteList(async (startIndex, count): Promise<ListPage<SeenPerson>> => {
			const { total, rows } = await (await this.nextSource()).users.page(startIndex, count);
			// Only what is watched is kept: a hundred thousand resources would fill the memory.
			return { total, rows: rows.map(seenPerson) };
		});
	}

	private async readGroups(): Promise<ListReading<Group> | undefined> {
		try {
			return await readCompleteList(
				async (startIndex, count) => await (await this.nextSource()).groups.page(startIndex, count),
			);
		} catch (error) {
			return isWithoutGroups(error) ? undefined : Promise.reject(error);
		}
	}

	private async nextSource(): Promise<Source> {
		return this.source ?? (await new Promise((resume) => this.waiting.push(resume)));
	}
}
