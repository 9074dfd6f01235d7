import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { z } from 'zod';

import { usedCode } from '../../../canvas/usedCode.mts';
import { ADDRESSES, scriptIn } from '../../../canvas/workflow.mts';

/** Pure functions of the Code nodes that run cycles. */
const FILES = [
	'directoryChanges.js',
	'groupRules.js',
	'cycle/standing.js',
	'cycle/people.js',
	'cycle/policy.js',
	'cycle/keepOut.js',
	'cycle/verdict.js',
	'cycle/links.js',
	'cycle/outcome.js',
	'cycle/form.js',
	'cycle/statusPage.js',
];

/** A function of a Code node, run as n8n's sandbox runs it: luxon is there and nothing is imported. */
export function cycleFunction(name: string): (...values: unknown[]) => unknown {
	const texts = [...ADDRESSES, ...FILES.map((file) => join('canvas', 'code', file))].map(scriptIn);
	const found: unknown = new Function('DateTime', usedCode([...texts, `return ${name};`]))(DateTime);
	if (typeof found !== 'function') throw new Error(`There is no function ${name}`);
	return (...values) => {
		const result: unknown = found(...values);
		return result;
	};
}

const node = z.object({ name: z.string(), parameters: z.object({ jsCode: z.string().optional() }) });
const workflowFile = z.object({ nodes: z.array(node) });

/** What a Code node of a drawn workflow gives out where the nodes that it reads have given out `outputs`. */
export function codeNode(
	folder: string,
	name: string,
	outputs: Record<string, object[]>,
): Record<string, unknown>[] {
	const text = readFileSync(join('workflows', folder, `${folder}.json`), 'utf8');
	const { nodes } = workflowFile.parse(JSON.parse(text));
	const code = nodes.find((one) => one.name === name)?.parameters.jsCode;
	if (code === undefined) throw new Error(`${folder} has no Code node "${name}"`);
	const read = (from: string) => {
		const items = (outputs[from] ?? []).map((json, item) => ({ json, pairedItem: { item } }));
		return { all: () => items, first: () => items[0], isExecuted: from in outputs };
	};
	const run: unknown = new Function('DateTime', '$', '$execution', '$workflow', '$runIndex', code)(
		DateTime,
		read,
		{ id: '9' },
		{ name: folder },
		0,
	);
	return z.array(z.object({ json: z.record(z.string(), z.unknown()) })).parse(run).map(({ json }) => json);
}
