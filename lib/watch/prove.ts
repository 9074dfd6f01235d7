import type { Groups } from '../scim/groups';
import { ScimError } from '../scim/scimError';
import type { Users } from '../scim/users';
import type { Missing, Proof } from './advance';
import type { SeenGroup } from './observation';
import { seenGroup } from './observation';

/** Few enough that the time is looked at often. */
const LOOKED_AT_TOGETHER = 50;

export interface Look {
	users: Pick<Users, 'verifyAbsences'>;
	groups: Pick<Groups, 'get'>;
	showsAllMembers: boolean;
	/** Whether there is time for more requests. */
	hasTime: () => boolean;
}

/** Looks at the missing ones, one by one, as long as there is time. What is left is looked at by the next poll. */
export async function prove({ people, groups }: Missing, look: Look): Promise<Proof> {
	const gonePeople = new Set<string>();
	const goneGroups = new Set<string>();
	const found = new Map<string, SeenGroup>();
	for (const ids of batches(people)) {
		if (!look.hasTime()) break;
		for (const [id, absence] of await look.users.verifyAbsences(ids)) {
			if (absence !== 'stillMember' && !(absence instanceof ScimError)) gonePeople.add(id);
		}
	}
	for (const ids of batches(groups)) {
		if (!look.hasTime()) break;
		const read = await Promise.all(ids.map(async (id) => ({ id, group: await look.groups.get(id) })));
		for (const { id, group } of read) {
			if (group) found.set(id, seenGroup(group, look.showsAllMembers));
			else goneGroups.add(id);
		}
	}
	return { gonePeople, goneGroups, groups: found };
}

function* batches(ids: readonly string[]): Generator<string[]> {
	for (let begin = 0; begin < ids.length; begin += LOOKED_AT_TOGETHER) {
		yield ids.slice(begin, begin + LOOKED_AT_TOGETHER);
	}
}
