/**
 * Checks that a person can read every canvas of workflows/, and that everything it refers to exists. Needs
 * the build, which contains the operations of the node and the columns of the Data Tables.
 */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const { figuresOf, problemsOf } = require('./package/canvas/rules.js');
const { typesOfPackage } = require('./package/nodeTypes.js');
const { NotionScim } = require(join(root, 'dist', 'nodes', 'NotionScim', 'NotionScim.node.js'));
const { TABLES } = require(join(root, 'dist', 'lib', 'lifecycle', 'tables.js'));
const ofN8n = JSON.parse(readFileSync(join(root, 'lint', 'package', 'knownNodes.json'), 'utf8'));

const known = {
	types: { ...ofN8n.types, ...typesOfPackage(root), ...typesOfPackage(join(root, 'hris-trigger')) },
	description: new NotionScim().description,
	tables: TABLES,
};

const rows = [];
let found = 0;
for (const path of globSync('workflows/**/*.json', { cwd: root }).sort()) {
	const text = readFileSync(join(root, path), 'utf8');
	const workflow = JSON.parse(text);
	rows.push({ path, ...figuresOf(workflow, text) });
	for (const problem of problemsOf(workflow, known, { path, text })) {
		found += 1;
		console.error(`${path}: ${problem}`);
	}
}

console.log(table(rows));
console.log(`Canvases: ${rows.length} workflows checked, ${found === 0 ? 'nothing' : found} found`);
process.exitCode = found === 0 && rows.length > 0 ? 0 : 1;

function table(lines) {
	const head = { name: 'workflow', nodes: 'nodes', code: 'Code nodes', kB: 'kB' };
	return [head, ...lines]
		.map(({ name, nodes, code, kB }) => `${name.padEnd(58)}${`${nodes}`.padStart(6)}${`${code}`.padStart(12)}${`${kB}`.padStart(8)}`)
		.join('\n');
}
