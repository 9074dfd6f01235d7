import type { Group } from '../../../scim/groupResource';
import { groupNameKey, confusableGroupNameKey } from '../../../scim/groupResource';
import { inOrder } from '../../person/naming';
import { append } from '../../append';

interface NamedGroup {
	/** In the form of `groupNameKey`. */
	key: string;
	/** Which group it is, for a reader. */
	label: string;
	/** Undefined for a group that only the directory has. */
	id: string | undefined;
}

/** All groups of both sides, by what their names look like. */
export type ConfusableNames = ReadonlyMap<string, readonly NamedGroup[]>;

/** @param named keys of the groups that the directory names */
export function confusableNames(groups: readonly Group[], named: readonly string[]): ConfusableNames {
	const byConfusableKey = new Map<string, NamedGroup[]>();
	const add = (name: string, label: string, id?: string): void => {
		append(byConfusableKey, confusableGroupNameKey(name), { key: groupNameKey(name), label, id });
	};
	for (const { id, displayName } of inOrder(groups, (group) => group.id)) {
		add(displayName, `the group ${displayName} (${id}) in Notion`, id);
	}
	for (const key of [...named].sort()) add(key, `the directory's group ${key}`);
	return byConfusableKey;
}

/** A group with another name that looks like this one. */
export function lookAlikeOf(confusable: ConfusableNames, key: string): string | undefined {
	return confusable.get(confusableGroupNameKey(key))?.find((other) => other.key !== key)?.label;
}

/** Another group in Notion that has a name or, where none has, one whose name looks the same. */
export function holderOf(confusable: ConfusableNames, key: string, group: Group): string | undefined {
	const others =
		confusable.get(confusableGroupNameKey(key))?.filter(({ id }) => id !== undefined && id !== group.id) ?? [];
	return (others.find((other) => other.key === key) ?? others[0])?.label;
}
