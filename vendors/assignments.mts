import type { DirectoryPerson, DirectoryStaff } from './directoryStaff.mts';

/** Who or what is assigned to an application: the number of a person, or the name of a group. */
export type Assignment = { person: number } | { group: string };

/** Who is assigned, also through a group, by their numbers. */
export function assignedPeople(staff: DirectoryStaff, assignments: Assignment[]): DirectoryPerson[] {
	const numbers = new Set(
		assignments.flatMap((one) =>
			'person' in one ? [one.person] : staff.membersOf(one.group).map(({ number }) => number),
		),
	);
	return staff.all().filter(({ number }) => numbers.has(number));
}
