import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

import type { N8nClient } from './n8nClient.mts';
import { workflowText } from './workflowText.mts';

/** What came of reading an n8n's workflows back. */
export interface Pulled {
	/** Files that were written, from the root. */
	changed: string[];
	/** Files that say already what n8n has. */
	same: string[];
	/** Workflows that a program draws (canvas.mts): their files are left alone. */
	drawn: string[];
	/** Names of workflows that are no file here: they are left alone. */
	unknown: string[];
}

const fileSchema = z.object({ name: z.string() });

/**
 * Writes the workflows that an n8n shows into their files, which it finds by the workflow's name.
 *
 * @param root folder that has the folder `workflows`
 * @throws Error for two workflows of one name: which of them was meant cannot be known
 */
export async function pullWorkflows(client: N8nClient, root = '.'): Promise<Pulled> {
	const files = workflowFiles(root);
	const pulled: Pulled = { changed: [], same: [], drawn: [], unknown: [] };
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
		} else if (existsSync(join(root, dirname(file), 'canvas.mts'))) {
			pulled.drawn.push(file);
		} else {
			const text = workflowText(workflow);
			const isSame = readFileSync(join(root, file), 'utf8') === text;
			if (!isSame) writeFileSync(join(root, file), text);
			pulled[isSame ? 'same' : 'changed'].push(file);
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
