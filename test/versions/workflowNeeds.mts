import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { z } from 'zod';

import { workflowFileSchema } from '../../host/n8nSchemas.mts';
import { workflowFiles } from '../../host/pullWorkflows.mts';
import { calleeOf } from '../../setup/src/catalog/calls.mts';
import type { ServedNode } from './servedNodes.mts';

type WorkflowFile = z.infer<typeof workflowFileSchema>;
type WorkflowNode = WorkflowFile['nodes'][number];

const tableParameters = z.object({ resource: z.string().optional(), dataTableId: z.object({ mode: z.string() }).optional() });

/**
 * What each workflow needs that this n8n does not have, by its folder; empty where it runs there unmodified.
 * A workflow also needs the workflows that it calls.
 *
 * @param nodes the nodes that this n8n serves
 */
export function missingFor(nodes: readonly ServedNode[]): Map<string, string[]> {
	const jobs = [...workflowFiles().values()].map((path) => ({
		job: dirname(relative('workflows', path)),
		file: workflowFileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))),
	}));
	const own = new Map(jobs.map(({ job, file }) => [job, file.nodes.flatMap((node) => missingInNode(node, nodes))]));
	const cannotRun = (job: string) => (own.get(job) ?? []).length > 0;
	return new Map(
		jobs.map(({ job, file }) => {
			const calls = callsOf(job, file).filter(cannotRun).map((called) => `the workflow ${called}`);
			return [job, [...new Set([...(own.get(job) ?? []), ...calls])].sort()];
		}),
	);
}

function missingInNode({ type, typeVersion = 1, parameters }: WorkflowNode, nodes: readonly ServedNode[]): string[] {
	const short = type.replace(/^.*\./, '');
	const known = nodes.find(({ name, version }) => name === type && version.includes(typeVersion));
	if (known === undefined) return [`version ${typeVersion} of ${short}`];
	if (short !== 'dataTable') return [];
	const { resource = 'row', dataTableId } = tableParameters.parse(parameters);
	const canMake = offers(known, 'resource', resource);
	const canName = dataTableId === undefined || known.properties.some(
		({ name, modes = [] }) => name === 'dataTableId' && modes.some((mode) => mode.name === dataTableId.mode),
	);
	return [...(canMake ? [] : ['a node that makes Data Tables']), ...(canName ? [] : [`Data Tables by ${dataTableId?.mode}`])];
}

function offers({ properties }: ServedNode, parameter: string, value: string): boolean {
	return properties.some(({ name, options = [] }) => name === parameter && options.some((option) => option['value'] === value));
}

function callsOf(job: string, { nodes }: WorkflowFile): string[] {
	return nodes.flatMap(({ name, type }) => (type.endsWith('.executeWorkflow') ? (calleeOf(job, name) ?? []) : []));
}
