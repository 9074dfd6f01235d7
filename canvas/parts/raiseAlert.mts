import type { Workflow } from '../workflow.mts';

/**
 * Two nodes that raise an alert for each item with `alarm: { key, text }`: they call the workflow
 * error-notification, which stores and mails it. An alert with `note: true` is mailed once. The call gives
 * back an item for each alert, so that nodes may follow.
 *
 * @param from name of the node whose items are the alerts; it must be the one connected to `first`
 * @param suffix told apart where a workflow has several such parts
 */
export function raiseAlerts(
	workflow: Workflow,
	at: [column: number, row: number],
	from: string,
	suffix = '',
): { first: string; last: string } {
	const [column, row] = at;
	const alerts = workflow.add({
		name: `Alerts${suffix}`,
		type: 'code',
		version: 2,
		parameters: {
			jsCode: `const origin = { workflow: $workflow.name, workflowId: $workflow.id, execution: $execution.id };
return $('${from}').all().flatMap(({ json }) => (json.alarm ? [{ json: { ...json.alarm, ...origin } }] : []));
`,
		},
		at: [column, row],
	});
	const raise = workflow.add({
		name: `Raise alert${suffix}`,
		type: 'executeWorkflow',
		version: 1.3,
		parameters: {
			workflowId: { __rl: true, mode: 'list', value: '' },
			mode: 'once',
			options: { waitForSubWorkflow: true },
		},
		at: [column + 1, row],
	});
	workflow.chain(alerts, raise);
	return { first: alerts, last: raise };
}
