import { createHash } from 'node:crypto';

import { z } from 'zod';

const nodeSchema = z.object({ id: z.string().optional(), name: z.string(), type: z.string() }).passthrough();
const workflowSchema = z.object({
	name: z.string(),
	nodes: z.array(nodeSchema),
	connections: z.record(z.unknown()),
	settings: z.record(z.unknown()).optional(),
});

/** Fields that n8n adds, and fields of one installation. */
const NOT_KEPT = new Set(['credentials', 'webhookId']);

/** Fields of a picker in which the editor remembers the installation where something was picked. */
const CACHED = new Set(['cachedResultName', 'cachedResultUrl']);

/**
 * The text of a workflow file, the same for the same canvas: nodes in the order of the canvas, sorted
 * keys, IDs that follow from the names, no credentials, no pinned data, no picked sub-workflows.
 *
 * @param workflow as n8n's editor exports it, its API gives it, or a file holds it
 */
export function workflowText(workflow: unknown): string {
	const { name, nodes, connections, settings } = workflowSchema.parse(workflow);
	const kept = {
		name,
		nodes: nodes.map((node) => normalisedNode(name, node)).sort(byPlace),
		connections: sorted(connections),
		settings: sorted({ executionOrder: 'v1', ...settings }),
	};
	return `${JSON.stringify(kept, null, '\t')}\n`;
}

type Node = z.infer<typeof nodeSchema>;

function normalisedNode(workflow: string, node: Node): Record<string, unknown> {
	const { id: _id, name, type, parameters, ...rest } = node;
	const about = Object.fromEntries(Object.entries(rest).filter(([key]) => !NOT_KEPT.has(key)));
	return {
		id: idOf(`${workflow}/${name}`),
		name,
		type,
		...recordOf(sorted(about)),
		parameters: sorted(keptParameters(type, parameters)),
	};
}

function keptParameters(type: string, parameters: unknown): unknown {
	if (type.endsWith('.executeWorkflow')) return unpicked(parameters);
	return type.endsWith('.dataTable') ? withoutColumnList(parameters) : parameters;
}

/** Where a node writes whole rows, n8n takes the columns from the table: a list would only grow stale. */
function withoutColumnList(parameters: unknown): unknown {
	const { columns, ...rest } = recordOf(parameters);
	const { mappingMode, ...mapping } = recordOf(columns);
	if (mappingMode !== 'autoMapInputData') return parameters;
	return { ...rest, columns: { ...mapping, mappingMode, schema: [] } };
}

/** A picker without a choice in the file must look so, even if something was picked in this n8n. */
function unpicked(parameters: unknown): unknown {
	const { workflowId, workflowInputs: _inputs, ...rest } = recordOf(parameters);
	return { ...rest, workflowId: { ...recordOf(workflowId), mode: 'list', value: '' } };
}

/** Sticky notes first, then from left to right and from top to bottom. */
function byPlace(one: Record<string, unknown>, other: Record<string, unknown>): number {
	const place = (node: Record<string, unknown>) => {
		const [x, y] = z.tuple([z.number(), z.number()]).parse(node['position']);
		return { isNote: String(node['type']).endsWith('.stickyNote'), x, y };
	};
	const [a, b] = [place(one), place(other)];
	return (
		Number(b.isNote) - Number(a.isNote) ||
		a.x - b.x ||
		a.y - b.y ||
		String(one['name']).localeCompare(String(other['name']))
	);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => !CACHED.has(key))
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([key, inner]) => [key, sorted(inner)]),
	);
}

function recordOf(value: unknown): Record<string, unknown> {
	return z.record(z.unknown()).catch({}).parse(value);
}

/** A UUID (version 8, RFC 9562) derived from a text. */
function idOf(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
