import type { Groups } from '../scim/groups';
import { ScimError } from '../scim/scimError';
import type { Absences, Users } from '../scim/users';
import type { Missing, Proof } from './advance';
import type { SeenGroup } from './observation';
import { seenGroup } from './observation';

/** Few enough that the time is looked at often. */
const LOOKED_AT_TOGETHER = 50;

/**
 * A busy machine reads the answers about many people so late that they prove nothing: see `verifyAbsences`. So who
 * is left is looked at again, in smaller numbers.
 */
const NUMBERS_OF_PEOPLE = [LOOKED_AT_TOGETHER, 10, 1];

export interface Look {
	users: Pick<Users, 'verifyAbsences'>;
	groups: Pick<Groups, 'get'>;
	showsAllMembers: boolean;
	/** Whether there is time for more requests. */
	hasTime: () => boolean;
}

/** Looks at the missing ones, one by one, as long as there is time. What is left is looked at by the next poll. */
export async function prove({ people, groups }: Missing, look: Look): Promise<Proof> {
	const gonePeople = await goneOf(people, look);
	const goneGroups = new Set<string>();
	const found = new Map<string, SeenGroup>();
	for (const ids of batches(groups, LOOKED_AT_TOGETHER)) {
		if (!look.hasTime()) break;
		const read = await Promise.all(ids.map(async (id) => ({ id, group: await look.groups.get(id) })));
		for (const { id, group } of read) {
			if (group) found.set(id, seenGroup(group, look.showsAllMembers));
			else goneGroups.add(id);
		}
	}
	return { gonePeople, goneGroups, groups: found };
}

async function goneOf(people: readonly string[], { users, hasTime }: Look): Promise<Set<string>> {
	const gone = new Set<string>();
	let open = people;
	for (const together of NUMBERS_OF_PEOPLE) {
		const unproved: string[] = [];
		for (const ids of batches(open, together)) {
			if (!hasTime()) return gone;
			const absences = await users.verifyAbsences(ids);
			for (const id of ids) if (isGone(absences, id)) gone.add(id);
			unproved.push(...ids.filter((id) => isTooOld(absences, id)));
		}
		open = unproved;
	}
	return gone;
}

function isGone(absences: Absences, id: string): boolean {
	const absence = absences.get(id);
	return absence !== undefined && absence !== 'stillMember' && !(absence instanceof ScimError);
}

function isTooOld(absences: Absences, id: string): boolean {
	const absence = absences.get(id);
	return absence instanceof ScimError && absence.kind === 'rateLimited';
}

function* batches(ids: readonly string[], size: number): Generator<string[]> {
	for (let begin = 0; begin < ids.length; begin += size) yield ids.slice(begin, begin + size);
}
