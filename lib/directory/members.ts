import { resourceId } from '../scim/resourceId';
import type { User } from '../scim/userResource';
import type { Basis } from './draft';
import { absencesOf, isConfirmedAbsence } from './evidence';
import { inOrder } from './naming';
import type { Memory } from './policy';
import type { Standing, Wanted } from './standing';
import { standingOf } from './standing';

/** A member and what the directory says of them. */
export interface Member {
	user: User;
	standing: Standing | Absent | { is: 'mentioned' };
}

/** No entry of the directory may mean them. */
export interface Absent {
	is: 'absent';
	/** Instant (ISO) of the good reading that first said so; undefined where there is none yet. */
	since: string | undefined;
	/** Whether two good readings, far enough apart, say so. */
	isConfirmed: boolean;
}

/** A member whom an entry means that has another address: see renames.ts. */
export type Renamed = Pick<Member, 'user'> & { wanted: Wanted };

/**
 * What the directory says of each member, and since when the others are absent.
 *
 * @param users those who have left are nobody's seat, and are left out
 */
export function membersOf(
	users: readonly User[],
	basis: Basis,
	memory: Memory,
): { members: Member[]; absentSince: Record<string, string> } {
	const active = inOrder(
		users.filter((user) => user.active),
		({ id }) => id,
	);
	const isAbsent = (user: User): boolean =>
		basis.matching.recordsOf(user.id).length === 0 && !basis.matching.isMentioned(user.id);
	const absentIds = active.filter(isAbsent).map(({ id }) => resourceId(id));
	const absentSince = absencesOf(absentIds, basis.evidence, memory);
	const absences = new Map(Object.entries(absentSince));
	const members = active.map((user): Member => {
		const records = basis.matching.recordsOf(user.id);
		if (records.length > 0) {
			const { policy, managed, now } = basis;
			return { user, standing: standingOf(records, policy, managed.has, now) };
		}
		if (!isAbsent(user)) return { user, standing: { is: 'mentioned' } };
		// What this plan notes for the first time is not what an earlier one saw.
		const since = absences.get(resourceId(user.id));
		const isConfirmed = isConfirmedAbsence(since, basis.evidence, basis.policy.confirmAfter);
		return { user, standing: { is: 'absent', since, isConfirmed } };
	});
	return { members, absentSince };
}
