import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

import { mappingIn } from './mappingCode.mts';
import type { N8nClient, StoredWorkflow } from './n8nClient.mts';
import { codeIn, MAPPING, withMapping } from './sourceFiles.mts';
import { workflowText } from './workflowText.mts';

/** The result of reading an n8n's workflows back. */
export interface Pulled {
	/** Files that were written, from the root: workflows, and the mapping.js of sources. */
	changed: string[];
	/** Files that are up to date with n8n. */
	same: string[];
	/** Names of workflows without a file here: they are left alone. */
	unknown: string[];
}

/** By workflow, node and parameter: the values that were entered when the files were imported. */
export const filledSchema = z.record(z.record(z.record(z.unknown())));

export type Filled = z.infer<typeof filledSchema>;

const fileSchema = z.object({ name: z.string() });

const parametersSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), parameters: z.record(z.unknown()) })),
});

/**
 * Writes the workflows of an n8n into their files, which it finds by the workflow's name.
 * @param filled the values entered at import: if they are unchanged, the file keeps its own
 * @param root folder that contains the folder `workflows`
 * @throws Error for two workflows with the same name, which would be ambiguous
 */
export async function pullWorkflows(client: N8nClient, filled: Filled = {}, root = '.'): Promise<Pulled> {
	const files = workflowFiles(root);
	const pulled: Pulled = { changed: [], same: [], unknown: [] };
	const workflows = await client.workflows();
	const names = workflows.map(({ name }) => name);
	const twice = names.find((name, index) => files.has(name) && names.indexOf(name) < index);
	if (twice !== undefined) {
		throw new Error(`n8n has two workflows called "${twice}". Archive or rename one of them, then pull again.`);
	}
	for (const workflow of workflows) {
		const file = files.get(workflow.name);
		if (file === undefined) {
			pulled.unknown.push(workflow.name);
		} else {
			const before = readFileSync(join(root, file), 'utf8');
			const text = workflowText(emptied(workflow, filled[workflow.name] ?? {}, before));
			for (const [path, made] of writtenFiles(file, text, root)) {
				const isSame = readFileSync(join(root, path), 'utf8') === made;
				if (!isSame) writeFileSync(join(root, path), made);
				pulled[isSame ? 'same' : 'changed'].push(path);
			}
		}
	}
	return pulled;
}

/** The workflow files by the names of their workflows. */
export function workflowFiles(root = '.'): Map<string, string> {
	const files = globSync('workflows/**/*.json', { cwd: root }).sort();
	return new Map(
		files.map((file) => [fileSchema.parse(JSON.parse(readFileSync(join(root, file), 'utf8'))).name, file]),
	);
}

/**
 * The files of a workflow: its own, and for a source mapping.js as well.
 * @throws Error if the code of a source cannot come from its mapping.js
 */
function writtenFiles(file: string, text: string, root: string): Array<[path: string, text: string]> {
	const mapping = join(dirname(file), MAPPING);
	if (!existsSync(join(root, mapping))) return [[file, text]];
	const own = mappingIn(codeIn(text), readFileSync(join(root, mapping), 'utf8'));
	if (own === undefined) {
		throw new Error(`The code of ${file} has no part that is marked as ${MAPPING}. Undo the change of the marks in n8n, then pull again.`);
	}
	return [[mapping, own], [file, withMapping(text, mapping, root, own)]];
}

/** The workflow without the values that were entered at import and not changed since. */
function emptied(workflow: StoredWorkflow, filled: Filled[string], file: string): StoredWorkflow {
	const { nodes } = parametersSchema.parse(JSON.parse(file));
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			const inFile = nodes.find(({ name }) => name === node.name)?.parameters ?? {};
			const untouched = Object.entries(filled[node.name] ?? {}).filter(([parameter, value]) =>
				isDeepStrictEqual(node.parameters[parameter], value),
			);
			const parameters = { ...node.parameters };
			for (const [parameter] of untouched) {
				if (parameter in inFile) parameters[parameter] = inFile[parameter];
				else delete parameters[parameter];
			}
			return { ...node, parameters };
		}),
	};
}
