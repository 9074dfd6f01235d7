import { groupNameKey } from '../../scim/groupResource';
import { inKnownSpelling, lowersRole } from '../guards/guards';
import type { Person } from '../person/person';

/**
 * The workspace role that a directory asks for: the highest of those it states and of those that the
 * person's groups bring. Undefined where it asks for none.
 *
 * @param roleMap roles by group name, in the form of `groupNameKey`
 */
export function desiredRole(
	records: readonly Person[],
	roleMap: ReadonlyMap<string, string>,
): string | undefined {
	const roles = records.flatMap(({ role, groups }) => [
		...(role ? [role] : []),
		...(groups ?? []).flatMap((group) => roleMap.get(groupNameKey(group)) ?? []),
	]);
	return roles.map(inKnownSpelling).sort().reduce<string | undefined>((highest, role) => {
		return highest === undefined || lowersRole(role, highest) ? role : highest;
	}, undefined);
}
