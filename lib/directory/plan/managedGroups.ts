import { groupNameKey } from '../../scim/groupResource';
import { ScimError } from '../../scim/scimError';

/** Which groups follow the directory. */
export interface ManagedGroups {
	/** Whether any do. */
	any: boolean;
	/** Names given in full, in the form of `groupNameKey`. */
	names: ReadonlySet<string>;
	has(group: string): boolean;
}

/**
 * Reads names of groups, of which each may end in `*`.
 *
 * @throws ScimError `invalidInput` for an empty name and for a `*` with nothing before it: they would
 * hand every group of the workspace to the directory
 */
export function managedGroupsOf(patterns: readonly string[]): ManagedGroups {
	const names = new Set<string>();
	const prefixes: string[] = [];
	for (const pattern of patterns) {
		const key = groupNameKey(pattern);
		if (/^\**$/.test(key.replace(/\s/g, ''))) throw tooWide(pattern);
		if (key.endsWith('*')) prefixes.push(key.slice(0, -1));
		else names.add(key);
	}
	return {
		any: patterns.length > 0,
		names,
		has: (group) => {
			const key = groupNameKey(group);
			return names.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
		},
	};
}

function tooWide(pattern: string): ScimError {
	return new ScimError(
		'invalidInput',
		`"${pattern}" in Managed Groups would stand for every group of the workspace. Nothing was planned.`,
		'Name the groups, or give a beginning of their names such as "eng-*".',
	);
}
