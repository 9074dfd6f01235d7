import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** The output whose items are messages to the admin, in every operation that has one. */
const ALERTS = 'Alerts';

/**
 * Adds to each alert the workflow and the execution that raise it: error-notification, which stores and mails
 * it, is a separate execution and cannot know them.
 */
export function withOrigin(
	context: IExecuteFunctions,
	outputs: readonly string[],
	results: INodeExecutionData[][],
): INodeExecutionData[][] {
	const { name = '', id = '' } = context.getWorkflow();
	const origin = { workflow: name, workflowId: id, execution: context.getExecutionId() };
	return results.map((items, output) =>
		outputs[output] === ALERTS ? items.map((item) => ({ ...item, json: { ...item.json, ...origin } })) : items,
	);
}
