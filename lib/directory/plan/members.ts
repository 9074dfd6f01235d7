import { resourceId } from '../../scim/resourceId';
import type { User } from '../../scim/userResource';
import type { PlanInputs } from './proposedChange';
import { aboutUnlisted, absencesOf, isConfirmedAbsence } from './evidence';
import { hasLeft } from '../person/hasLeft';
import { inOrder, personName, recordKey, recordName } from '../person/naming';
import type { Person } from '../person/person';
import type { Memory } from './policy';
import { newOwner } from './samePerson';
import type { EmploymentState } from './employmentState';
import { employmentStateOf } from './employmentState';

/** A member and what the directory says of them. */
export interface Member {
	user: User;
	employmentState: EmploymentState | Absent | { is: 'mentioned' };
}

/** No entry of the directory may mean them. */
export interface Absent {
	is: 'absent';
	/** Instant (ISO) of the good reading that first said so; undefined where there is none yet. */
	since: string | undefined;
	/** Whether two good readings, far enough apart, say so. */
	isConfirmed: boolean;
}

/**
 * What the directory says of each member, and since when the others are absent.
 *
 * @param users those who have left (inactive) have no seat, and are left out
 */
export function membersOf(
	users: readonly User[],
	inputs: PlanInputs,
	memory: Memory,
): { members: Member[]; absentSince: Record<string, string> } {
	const active = inOrder(
		users.filter((user) => user.active),
		({ id }) => id,
	);
	const isAbsent = (user: User): boolean =>
		inputs.matching.recordsOf(user.id).length === 0 && !inputs.matching.isMentioned(user.id);
	const absentIds = active.filter(isAbsent).map(({ id }) => resourceId(id));
	const evidence = aboutUnlisted(inputs.evidence);
	const absentSince = absencesOf(absentIds, evidence, memory);
	const absences = new Map(Object.entries(absentSince));
	const members = active.map((user): Member => {
		const records = inputs.matching.recordsOf(user.id);
		if (records.length > 0) return { user, employmentState: employmentStateOfMember(records, inputs) };
		if (!isAbsent(user)) return { user, employmentState: { is: 'mentioned' } };
		// What this plan notes for the first time is not what an earlier one saw.
		const since = absences.get(resourceId(user.id));
		const isConfirmed = isConfirmedAbsence(since, evidence, inputs.policy.confirmAfter);
		return { user, employmentState: { is: 'absent', since, isConfirmed } };
	});
	return { members, absentSince };
}

/** An entry that is present beside one that has left is the same person, unless the entries show otherwise. */
function employmentStateOfMember(records: Person[], { matching, policy, managed, now }: PlanInputs): EmploymentState {
	const sorted = inOrder(records, recordKey);
	const handedOver = newOwner(
		sorted.filter(hasLeft),
		sorted.filter((person) => !hasLeft(person)),
		(person) => matching.of(person).kind === 'link',
	);
	if (!handedOver) return employmentStateOf(sorted, policy, managed.has, now);
	const { former, owner } = handedOver;
	return {
		is: 'conflict',
		records: sorted,
		explanation: `The account is that of ${personName(former)} in ${recordName(former)}, who has left, and ${personName(owner)} in ${recordName(owner)} has the same address, with another name or number. If both are one person, give both entries one employee number, or link ${recordName(owner)} to the account. If not, give one of them another address.`,
	};
}
