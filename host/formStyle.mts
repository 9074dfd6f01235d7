import { z } from 'zod';

import { workflowText } from './workflowText.mts';

const fileSchema = z
	.object({ nodes: z.array(z.object({ type: z.string(), parameters: z.record(z.unknown()) }).passthrough()) })
	.passthrough();
const optionsSchema = z.record(z.unknown()).default({});

/** The nodes that show a page of a form. */
const FORMS = ['n8n-nodes-base.formTrigger', 'n8n-nodes-base.form'];

/**
 * The text of a workflow file whose forms all have this style: n8n's own is too pale to read, has no dark
 * colors, and does not fit a phone.
 */
export function withFormStyle(text: string, style: string): string {
	const workflow = fileSchema.parse(JSON.parse(text));
	if (!workflow.nodes.some(({ type }) => FORMS.includes(type))) return text;
	const nodes = workflow.nodes.map((node) => {
		if (!FORMS.includes(node.type)) return node;
		const { options, ...parameters } = node.parameters;
		return { ...node, parameters: { ...parameters, options: { ...optionsSchema.parse(options), customCss: style } } };
	});
	return workflowText({ ...workflow, nodes });
}
