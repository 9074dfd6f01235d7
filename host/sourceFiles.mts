import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

import { mappingCode } from './mappingCode.mts';
import { workflowText } from './workflowText.mts';

const CODE = 'n8n-nodes-base.code';

/** The vendor-specific file of a source, beside its workflow. */
export const MAPPING = 'mapping.js';

const fileSchema = z
	.object({
		nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) }).passthrough()),
	})
	.passthrough();

/** A source: its workflow, and its vendor-specific file. */
export interface SourceFile {
	workflow: string;
	mapping: string;
}

/** Paths from the root. */
export function sourceFiles(root = '.'): SourceFile[] {
	return globSync(`workflows/sources/*/${MAPPING}`, { cwd: root })
		.sort()
		.map((mapping) => ({ mapping, workflow: workflowOf(mapping) }));
}

function workflowOf(mapping: string): string {
	const folder = dirname(mapping);
	return join(folder, `${basename(folder)}.json`);
}

/**
 * The text of a workflow file with the code of its mapping.
 * @param own the content of mapping.js, if it has yet to be written
 * @throws Error unless it has exactly one Code node
 */
export function withMapping(text: string, mapping: string, root = '.', own?: string): string {
	const workflow = fileSchema.parse(JSON.parse(text));
	const jsCode = mappingCode(mapping, root, own);
	codeIn(text);
	return workflowText({
		...workflow,
		nodes: workflow.nodes.map((node) => (node.type === CODE ? { ...node, parameters: { jsCode } } : node)),
	});
}

/** The code of a source's one Code node. */
export function codeIn(text: string): string {
	const { nodes } = fileSchema.parse(JSON.parse(text));
	const [code, ...others] = nodes.filter(({ type }) => type === CODE);
	if (code === undefined || others.length > 0) throw new Error('A source has one Code node');
	return z.string().catch('').parse(code.parameters['jsCode']);
}
