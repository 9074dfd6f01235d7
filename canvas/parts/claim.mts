import { TABLE_RETRY, createTable, DATA_TABLE_VERSION, getRows, insertRow, updateRows } from '../dataTable.mts';
import { claims } from '../tables.mts';
import { code, type Workflow } from '../workflow.mts';

/**
 * Seconds between storing a claim and reading the claims. PostgreSQL gives a row its id before others
 * can see it, so whoever reads at once could miss a lower one.
 */
const SETTLE = 0.5;

/** Nodes that take a claim; the items that go on are those whose event is this execution's to do. */
export interface Claim {
	first: string;
	last: string;
}

/**
 * Acting once: a row is stored for each event, and it has the event if no lower row of the key had it
 * when it was stored. A row has its event until it is released, for ever when it is done, and for a
 * quarter of an hour otherwise: an execution that died does not hold an event for ever. Rows that do
 * not have their event hold nothing (canvas/code/claims.js), so a try after a failure goes on however
 * many copies came before it. `createdAt` is the database's time and `updatedAt` n8n's: where the two
 * clocks differ by minutes, a try that comes sooner than that after a failure can be lost, but never
 * do two act.
 *
 * Incoming items carry `claimKey`, unique for the event **and** the workflow. Items come out as they
 * came in.
 */
export function claim(workflow: Workflow, at: [column: number, row: number]): Claim {
	const [column, row] = at;
	const table = workflow.add({
		name: 'Claims table',
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: createTable(claims),
		at: [column, row],
		retry: TABLE_RETRY,
		once: true,
	});
	const events = workflow.add({
		name: 'Events to claim',
		type: 'code',
		version: 2,
		parameters: code('canvas/code/eventsToClaim.js'),
		at: [column + 1, row],
	});
	const store = workflow.add({
		name: 'Store claim',
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: insertRow(claims, table, {
			key: '={{ $json.claimKey }}',
			execution: '={{ $execution.id }}',
			state: 'working',
		}),
		at: [column + 2, row],
	});
	const wait = workflow.add({
		name: 'Let claims settle',
		type: 'wait',
		version: 1.1,
		parameters: { amount: SETTLE },
		at: [column + 3, row],
	});
	const read = workflow.add({
		name: 'Read claims',
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		// Only what was there when the own row came: n8n fails to read what grows while it reads.
		parameters: getRows(table, [
			['key', 'eq', '={{ $json.key }}'],
			['id', 'lte', '={{ $json.id }}'],
		]),
		at: [column + 4, row],
		retry: TABLE_RETRY,
	});
	const mine = workflow.add({
		name: 'Mine to do',
		type: 'code',
		version: 2,
		parameters: code('canvas/code/claims.js', 'canvas/code/mineToDo.js'),
		at: [column + 5, row],
	});
	workflow.chain(table, events, store, wait, read, mine);
	return { first: table, last: mine };
}

/**
 * A node that ends this execution's claims: `done` after success, `released` after a failure, so that
 * the event may be tried again.
 *
 * @param key expression for the claim's key; without one, all claims that the execution still holds
 * @param execution expression for the execution's id; another one than this in an error branch
 */
export function endClaims(
	workflow: Workflow,
	name: string,
	at: [column: number, row: number],
	state: string,
	{ key, execution = '={{ $execution.id }}', table = 'Claims table' }: {
		key?: string;
		execution?: string;
		table?: string;
	} = {},
): string {
	return workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: updateRows(
			claims,
			table,
			[
				['execution', 'eq', execution],
				['state', 'eq', 'working'],
				...(key === undefined ? [] : [['key', 'eq', key] satisfies [string, 'eq', string]]),
			],
			{ state },
		),
		at,
		always: true,
	});
}
