import { declarationNamed } from '../../scim/attributeDeclarations';
import { emailKey } from '../../scim/emailKey';
import { splitList } from '../../scim/personAttributes';
import type { Group } from '../../scim/groupResource';
import type { User } from '../../scim/userResource';
import type { ListColumn, ListRow } from './listColumns';
import { groupsCell, groupsInCell, MEMBER_COLUMNS, statedColumns } from './listColumns';

/** What Notion says otherwise than the list. */
export interface ImportDifference {
	attribute: ListColumn;
	from: string;
	to: string;
}

/** A member of Notion as a row of the list, whose ID there is that of the account. */
export function memberRow(member: User, groups: readonly string[]): ListRow {
	return statedColumns({ ...member.attributes, sourceId: member.id, groups: groupsCell(groups), status: 'active' });
}

/** The names of the groups that each account is in, in their order. */
export function groupsByMember(groups: readonly Group[], prefix: string): Map<string, string[]> {
	const found = new Map<string, Set<string>>();
	for (const { displayName, memberIds } of groups) {
		const name = displayName.trim();
		if (name === '' || !name.startsWith(prefix)) continue;
		for (const id of memberIds) found.set(id, (found.get(id) ?? new Set()).add(name));
	}
	return new Map([...found].map(([id, names]) => [id, [...names].sort()]));
}

/** @param seesGroups whether Notion's groups count. What Notion does not say is no difference. */
export function differences(row: ListRow, fromNotion: ListRow, seesGroups: boolean): ImportDifference[] {
	const columns: ListColumn[] = MEMBER_COLUMNS.filter((column) => fromNotion[column] !== undefined);
	if (seesGroups) columns.push('groups');
	return columns
		.filter((column) => comparable(column, row[column]) !== comparable(column, fromNotion[column]))
		.map((attribute) => ({ attribute, from: row[attribute] ?? '', to: fromNotion[attribute] ?? '' }));
}

/** A value in the form in which two of them are compared: order and capitals of addresses do not count. */
function comparable(column: ListColumn, value = ''): string {
	if (column === 'groups') return JSON.stringify(groupsInCell(value).sort());
	switch (declarationNamed(column)?.holds) {
		case 'addresses':
			return JSON.stringify(splitList(value).map(emailKey).sort());
		case 'address':
			return emailKey(value);
		default:
			return value;
	}
}
