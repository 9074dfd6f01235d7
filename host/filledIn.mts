import { z } from 'zod';

const assignmentsSchema = z.object({
	assignments: z.array(z.object({ name: z.string(), value: z.unknown() }).passthrough()),
});
const nodeSchema = z.object({ name: z.string(), parameters: z.record(z.unknown()) }).passthrough();
const fileSchema = z
	.object({ nodes: z.array(nodeSchema), connections: z.record(z.unknown()) })
	.passthrough();

type WorkflowFile = z.infer<typeof fileSchema>;
type WorkflowNode = z.infer<typeof nodeSchema>;

/**
 * A workflow after an admin has configured its nodes.
 * @param file parsed content of a workflow file
 * @param values by node: the settings of a node like Settings, the parameters of any other. Objects are
 * written as JSON in Settings.
 * @throws Error for a node or a setting that the workflow does not have
 */
export function filledIn(file: unknown, values: Record<string, Record<string, unknown>>): WorkflowFile {
	const workflow = fileSchema.parse(file);
	for (const name of Object.keys(values)) {
		if (!workflow.nodes.some((node) => node.name === name)) throw new Error(`There is no node "${name}"`);
	}
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			const own = values[node.name];
			return own ? { ...node, parameters: parametersOf(node, own) } : node;
		}),
	};
}

function parametersOf({ name: node, parameters }: WorkflowNode, values: Record<string, unknown>) {
	const set = assignmentsSchema.safeParse(parameters['assignments']);
	if (!set.success) return { ...parameters, ...values };
	const { assignments } = set.data;
	for (const name of Object.keys(values)) {
		if (!assignments.some((one) => one.name === name)) throw new Error(`${node} has no "${name}"`);
	}
	const changed = assignments.map((one) => {
		const value = values[one.name] ?? one.value;
		return { ...one, value: typeof value === 'object' ? JSON.stringify(value) : value };
	});
	return { ...parameters, assignments: { assignments: changed } };
}

/** The workflow with another address for its webhook node. */
export function atPath(workflow: WorkflowFile, node: string, path: string): WorkflowFile {
	return filledIn(workflow, { [node]: { path } });
}

/** The workflow with a fixed path for a trigger whose path n8n would generate. */
export function withWebhookId(workflow: WorkflowFile, node: string, webhookId: string): WorkflowFile {
	return changedNode(workflow, node, { webhookId });
}

/** The workflow with a node enabled that is delivered disabled. */
export function enabled(workflow: WorkflowFile, node: string): WorkflowFile {
	return changedNode(workflow, node, { disabled: false });
}

function changedNode(workflow: WorkflowFile, node: string, values: Record<string, unknown>): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((one) => (one.name === node ? { ...one, ...values } : one)),
	};
}
