/**
 * Data Tables as the workflows use them. A table is made on first use and afterwards addressed by the
 * id that this step returns: by name, n8n takes the newest table whose name contains the text. So no
 * name may contain another.
 */

export interface Table {
	name: string;
	columns: Record<string, 'string' | 'number' | 'boolean' | 'date'>;
}

/**
 * For steps that make or read a table which others use at the same moment: first uses can collide, and
 * a reading fails where rows are added between n8n's reading of the rows and its counting of them.
 */
export const TABLE_RETRY = { tries: 5, wait: 500 };

/** Version of the node that these parameters are for. */
export const DATA_TABLE_VERSION = 1;

/** Parameters of the step that makes the table, or finds it. The node needs {@link TABLE_RETRY} and `once`. */
export function createTable(table: Table): Record<string, unknown> {
	return {
		resource: 'table',
		operation: 'create',
		tableName: table.name,
		columns: { column: Object.entries(table.columns).map(([name, type]) => ({ name, type })) },
		options: { createIfNotExists: true },
	};
}

/**
 * Which table a step is about: the name of the node with {@link createTable}, or a table that the workflow
 * data-tables makes, which is found by its name.
 */
export type Where = string | Table;

function idFrom(where: Where): Record<string, unknown> {
	return typeof where === 'string'
		? { __rl: true, mode: 'id', value: `={{ $('${where}').first().json.id }}` }
		: { __rl: true, mode: 'name', value: where.name };
}

function columnsOf(table: Table, values: Record<string, string | boolean | number>) {
	for (const name of Object.keys(values)) {
		if (!(name in table.columns)) throw new Error(`${table.name} has no column "${name}"`);
	}
	return {
		mappingMode: 'defineBelow',
		value: values,
		matchingColumns: [],
		schema: Object.entries(table.columns).map(([id, type]) => ({
			id,
			displayName: id,
			required: false,
			defaultMatch: false,
			display: true,
			type,
			canBeUsedToMatch: true,
			readOnly: false,
			removed: !(id in values),
		})),
	};
}

export type Condition = [
	column: string,
	condition: 'eq' | 'neq' | 'like' | 'ilike' | 'gt' | 'gte' | 'lt' | 'lte' | 'isEmpty' | 'isNotEmpty' | 'isTrue' | 'isFalse',
	value?: string | number,
];

function filtersOf(conditions: Condition[], match: 'all' | 'any') {
	return {
		matchType: match === 'all' ? 'allConditions' : 'anyCondition',
		filters: {
			conditions: conditions.map(([keyName, condition, keyValue]) => ({
				keyName,
				condition,
				...(keyValue === undefined ? {} : { keyValue }),
			})),
		},
	};
}

/** Inserts one row for each item. */
export function insertRow(
	table: Table,
	createdBy: Where,
	values: Record<string, string | boolean | number>,
): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'insert',
		dataTableId: idFrom(createdBy),
		columns: columnsOf(table, values),
		options: {},
	};
}

/** Changes the rows that meet the conditions, for each item. The node gives out the changed rows. */
export function updateRows(
	table: Table,
	createdBy: Where,
	conditions: Condition[],
	values: Record<string, string | boolean | number>,
): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'update',
		dataTableId: idFrom(createdBy),
		...filtersOf(conditions, 'all'),
		columns: columnsOf(table, values),
		options: {},
	};
}

/** As {@link updateRows}, and inserts a row where none meets the conditions. */
export function upsertRow(
	table: Table,
	createdBy: Where,
	conditions: Condition[],
	values: Record<string, string | boolean | number>,
): Record<string, unknown> {
	return { ...updateRows(table, createdBy, conditions, values), operation: 'upsert' };
}

/**
 * Reads all rows that meet the conditions, for each item; every row for no conditions.
 *
 * @param newest how many at most, the newest first; all in any order without it
 */
export function getRows(
	createdBy: Where,
	conditions: Condition[] = [],
	{ match = 'all', newest }: { match?: 'all' | 'any'; newest?: number } = {},
): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'get',
		dataTableId: idFrom(createdBy),
		...filtersOf(conditions, match),
		...(newest === undefined
			? { returnAll: true }
			: {
					returnAll: false,
					limit: newest,
					orderBy: true,
					orderByColumn: 'id',
					orderByDirection: 'DESC',
				}),
	};
}

/** Deletes the rows that meet the conditions, for each item. */
export function deleteRows(createdBy: Where, conditions: Condition[]): Record<string, unknown> {
	return {
		resource: 'row',
		operation: 'deleteRows',
		dataTableId: idFrom(createdBy),
		...filtersOf(conditions, 'all'),
		options: {},
	};
}
