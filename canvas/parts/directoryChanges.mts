import {
	TABLE_RETRY,
	createTable,
	DATA_TABLE_VERSION,
	getRows,
	insertRow,
	updateRows,
} from '../dataTable.mts';
import { directoryChanges, journal } from '../tables.mts';
import type { Workflow } from '../workflow.mts';

/** The code that every Code node needs which speaks of changes. */
export const CHANGES_CODE = 'canvas/code/directoryChanges.js';

/**
 * Three nodes that read what was changed, or begun, since yesterday, and what stayed `intended`:
 * `Read changes` and `Read removals` give the rows out. What becomes of them: usedOfDay,
 * recentMemberships and orphanedIntentions in canvas/code/directoryChanges.js.
 */
export function readChanges(
	workflow: Workflow,
	at: [column: number, row: number],
): { first: string; last: string } {
	const [column, row] = at;
	const lastDays = (hours: number) => `={{ $now.minus({ hours: ${hours} }).toUTC().toISO() }}`;
	const nodes = [
		{ name: 'Changes table', parameters: createTable(directoryChanges), always: false },
		{
			name: 'Read changes',
			parameters: getRows(
				'Changes table',
				[
					['createdAt', 'gt', lastDays(24)],
					['outcome', 'eq', 'intended'],
				],
				{ match: 'any' },
			),
			always: true,
		},
		{
			name: 'Read removals',
			parameters: getRows(journal, [
				['kind', 'eq', 'leave'],
				['impact', 'gt', 0],
				// A row can be much older than the removal. Longer than the day that counts: see keepOut.js.
				['updatedAt', 'gt', lastDays(48)],
			]),
			always: true,
		},
	].map(({ name, parameters, always }, index) =>
		workflow.add({
			name,
			type: 'dataTable',
			version: DATA_TABLE_VERSION,
			parameters,
			at: [column + index, row],
			retry: TABLE_RETRY,
			once: true,
			always,
		}),
	);
	workflow.chain(...nodes);
	return { first: 'Changes table', last: 'Read removals' };
}

/** The columns of directory_changes, each from the field of the same name. */
const ALL_COLUMNS = Object.fromEntries(
	Object.keys(directoryChanges.columns).map((name) => [name, `={{ $json.${name} }}`]),
);

/**
 * Stores an intention for each item, in the form of intentionOf. It gives the rows out in their order,
 * with the id that {@link storeResults} needs. `Changes table` must have run.
 */
export function writeIntentions(workflow: Workflow, at: [column: number, row: number]): string {
	return workflow.add({
		name: 'Write intentions',
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: insertRow(directoryChanges, 'Changes table', ALL_COLUMNS),
		at,
	});
}

/** Writes the result into the row of its intention: items { id, outcome, note, userId, groupId, impact, seats, at }. */
export function storeResults(
	workflow: Workflow,
	at: [column: number, row: number],
	name = 'Store results',
): string {
	return workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: updateRows(
			directoryChanges,
			'Changes table',
			[
				['id', 'eq', '={{ $json.id }}'],
				['outcome', 'eq', 'intended'],
			],
			Object.fromEntries(
				['outcome', 'note', 'userId', 'groupId', 'impact', 'seats', 'at'].map((column) => [
					column,
					`={{ $json.${column} }}`,
				]),
			),
		),
		at,
		retry: TABLE_RETRY,
		always: true,
	});
}
