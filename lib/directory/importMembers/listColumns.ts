import { ATTRIBUTE_DECLARATIONS } from '../../scim/attributeDeclarations';

/** The columns that a member of Notion has as well. */
export const MEMBER_COLUMNS = ATTRIBUTE_DECLARATIONS.flatMap((declared) =>
	'inLists' in declared ? [declared.name] : [],
);

/**
 * The columns of a directory that is a list, in their order: the Data Table `directory_people`, or a CSV
 * file. They are named as a person's attributes are. All are texts: addresses stand between commas,
 * groups between `;`, dates are like 2026-01-31.
 */
export const LIST_COLUMNS = [
	/** The directory's own ID of the person, which never changes. */
	'sourceId',
	...MEMBER_COLUMNS,
	'groups',
	/** A word that the source of a list knows, such as `active` or `left`. */
	'status',
	'startAt',
	'endDate',
	/** `person`, `service` or `shared`; empty means a person. */
	'kind',
] as const;

export type ListColumn = (typeof LIST_COLUMNS)[number];

/** One person of the list, without the columns that are empty. */
export type ListRow = Partial<Record<ListColumn, string>>;

/** Only the columns that have a value. */
export function statedColumns(values: Readonly<Record<string, string | undefined>>): ListRow {
	const row: ListRow = {};
	for (const column of LIST_COLUMNS) {
		const value = values[column]?.trim();
		if (value) row[column] = value;
	}
	return row;
}

/** Names of groups as one cell. A backslash marks a separator that is part of a name. */
export function groupsCell(names: readonly string[]): string {
	return names.map((name) => name.replace(/[\\;|]/g, '\\$&')).join(';');
}

/** The names of groups in a cell, between `;` or `|`, each once. */
export function groupsInCell(cell: string): string[] {
	const names: string[] = [];
	let name = '';
	for (const [part] of cell.matchAll(/\\[\\;|]|[^]/gu)) {
		if (part === ';' || part === '|') {
			names.push(name);
			name = '';
		} else {
			name += part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
		}
	}
	return [...new Set([...names, name].map((one) => one.trim()).filter((one) => one !== ''))];
}
