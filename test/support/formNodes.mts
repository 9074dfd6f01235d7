import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

/** A node that shows a page of n8n's form. */
export interface FormNode {
	job: string;
	name: string;
	isTrigger: boolean;
	parameters: z.infer<typeof parametersSchema>;
}

const fieldsSchema = z.object({ values: z.array(z.record(z.unknown())).default([]) });
const parametersSchema = z.object({
	operation: z.string().optional(),
	respondWith: z.string().optional(),
	defineForm: z.string().optional(),
	jsonOutput: z.string().optional(),
	formTitle: z.string().optional(),
	formDescription: z.string().default(''),
	formFields: fieldsSchema.optional(),
	completionTitle: z.string().default(''),
	completionMessage: z.string().default(''),
	options: z
		.object({
			customCss: z.string().optional(),
			formTitle: z.string().optional(),
			formDescription: z.string().optional(),
			buttonLabel: z.string().optional(),
			appendAttribution: z.boolean().optional(),
		})
		.default({}),
});
const workflowSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.unknown() })),
});

const FORMS = ['n8n-nodes-base.formTrigger', 'n8n-nodes-base.form'];

/** Every node of a workflow that shows a page of n8n's form. */
export function formNodes(): FormNode[] {
	return readdirSync('workflows').flatMap((job) => {
		if (job === 'sources') return [];
		const file: unknown = JSON.parse(readFileSync(join('workflows', job, `${job}.json`), 'utf8'));
		return workflowSchema
			.parse(file)
			.nodes.filter(({ type }) => FORMS.includes(type))
			.map(({ name, type, parameters }) => ({
				job,
				name,
				isTrigger: type === FORMS[0],
				parameters: parametersSchema.parse(parameters),
			}));
	});
}
