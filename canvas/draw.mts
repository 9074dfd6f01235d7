/**
 * `node canvas/draw.mts` draws every workflow of workflows/ anew from its canvas.mts; with `--check`
 * it writes nothing and fails where a file is not what its drawing gives.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Workflow } from './workflow.mts';

const check = process.argv.includes('--check');
const stale: string[] = [];

for (const drawing of globSync('workflows/**/canvas.mts').sort()) {
	const folder = dirname(drawing);
	const drawn: unknown = await import(pathToFileURL(resolve(drawing)).href);
	const workflow = defaultExport(drawn);
	if (!(workflow instanceof Workflow)) throw new Error(`${drawing} exports no workflow by default`);
	const file = join(folder, `${basename(folder)}.json`);
	const text = `${JSON.stringify(workflow.file(), null, 2)}\n`;
	if (check) {
		if (readText(file) !== text) stale.push(file);
	} else {
		writeFileSync(file, text);
		console.log(`${file}: ${workflow.file().nodes.length} nodes`);
	}
}

if (stale.length > 0) {
	console.error(`Not what their canvas.mts draws: ${stale.join(', ')}. Run: node canvas/draw.mts`);
	process.exitCode = 1;
}

function defaultExport(module: unknown): unknown {
	return typeof module === 'object' && module !== null && 'default' in module
		? module.default
		: undefined;
}

function readText(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}
