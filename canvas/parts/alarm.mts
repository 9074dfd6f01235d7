import { TABLE_RETRY, createTable, DATA_TABLE_VERSION, insertRow } from '../dataTable.mts';
import { alarms } from '../tables.mts';
import type { Workflow } from '../workflow.mts';

/**
 * Three nodes that store an alarm for each item with `alarm: { key, text }`. The workflow
 * error-notification mails what is stored, within a minute and again until somebody acknowledges it;
 * an alarm with `note: true` is mailed once.
 *
 * @param from name of the node whose items are the alarms; it must be the one connected to `first`
 * @param suffix told apart where a workflow has several such parts
 */
export function storeAlarms(
	workflow: Workflow,
	at: [column: number, row: number],
	from: string,
	suffix = '',
): { first: string; last: string } {
	const [column, row] = at;
	const table = workflow.add({
		name: `Alarms table${suffix}`,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: createTable(alarms),
		at: [column, row],
		retry: TABLE_RETRY,
		once: true,
	});
	const back = workflow.add({
		name: `Alarms to store${suffix}`,
		type: 'code',
		version: 2,
		parameters: {
			jsCode: `return $('${from}').all().flatMap(({ json }) => (json.alarm ? [{ json }] : []));\n`,
		},
		at: [column + 1, row],
	});
	const store = workflow.add({
		name: `Store alarm${suffix}`,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: insertRow(alarms, table, {
			key: '={{ $json.alarm.key }}',
			workflow: '={{ $workflow.name }}',
			workflowId: '={{ $workflow.id }}',
			execution: '={{ $execution.id }}',
			text: '={{ $json.alarm.text }}',
			state: "={{ $json.alarm.note === true ? 'note' : 'open' }}",
			told: 0,
		}),
		at: [column + 2, row],
	});
	workflow.chain(table, back, store);
	return { first: table, last: store };
}
