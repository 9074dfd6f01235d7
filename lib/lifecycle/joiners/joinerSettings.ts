import { groupNameKey } from '../../scim/groupResource';
import type { GroupReference } from '../details';
import { isTimeZone } from '../zones';

/** Which groups the people of a department join. */
export interface DepartmentGroup {
	/** As the HRIS writes it; `*` stands for every department, and for a missing one. */
	department: string;
	/** Undefined for a department whose people join no group. */
	group: GroupReference | undefined;
}

/** What an admin chooses for joiners. */
export interface JoinerSettings {
	/** The company's, an IANA name. It applies if neither the HRIS nor the event names a zone. */
	timeZone: string;
	/** How many hours before the first day a new member gets access. */
	leadHours: number;
	departmentGroups: DepartmentGroup[];
	/** The role of a new member. */
	defaultRole: string;
	createMissingGroups: boolean;
}

const EVERY_DEPARTMENT = '*';

/** A sentence on a setting that cannot be used: then nothing is decided on anyone. */
export function problemOf({ timeZone, leadHours, departmentGroups }: JoinerSettings): string | undefined {
	if (!isTimeZone(timeZone)) {
		return `Time Zone must be a name of the IANA database, such as Europe/Berlin, not "${timeZone}".`;
	}
	if (!(leadHours >= 0)) return 'Lead Time must be a number of hours from 0 on.';
	const gap = departmentGroups.findIndex(({ department }) => department.trim() === '');
	if (gap < 0) return undefined;
	return `Entry ${gap + 1} of Departments and Groups names no department. Enter one, or * for every department.`;
}

/** @returns each group once; undefined for a department that is not in the settings */
export function groupsOf(department: string, { departmentGroups }: JoinerSettings): GroupReference[] | undefined {
	const key = departmentKey(department);
	const own = departmentGroups.filter((entry) =>
		[key, EVERY_DEPARTMENT].includes(departmentKey(entry.department)),
	);
	if (own.length === 0) return undefined;
	const groups = own.flatMap(({ group }) => group ?? []);
	return [...new Map(groups.map((group) => [group.id ?? `name ${groupNameKey(group.name)}`, group])).values()];
}

/** White space and Unicode composition are ignored; capitals are not, as in the HRIS. */
function departmentKey(department: string): string {
	return groupNameKey(department).replace(/\s+/g, ' ');
}
