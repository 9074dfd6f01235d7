import type { ListedOperation } from '../operation';

/**
 * Wraps an operation so that its alerts name the workflow and execution that raised them; the mail links
 * there.
 */
export function namingOrigin(operation: ListedOperation): ListedOperation {
	if (!('divide' in operation)) return operation;
	const told = operation.outputs.indexOf('Alerts');
	return {
		...operation,
		divide: async (context, session) => {
			const outputs = await operation.divide(context, session);
			const { id = '', name = '' } = context.getWorkflow();
			const origin = { workflow: name, workflowId: id, execution: context.getExecutionId() };
			return outputs.map((items, output) =>
				output === told ? items.map((item) => ({ ...item, json: { ...item.json, ...origin } })) : items,
			);
		},
	};
}
