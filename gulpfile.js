/**
 * Builds what is published: dist (compiled nodes, credentials and lib, icons, codex files), and a
 * checked workflows folder, which goes into the package as it is.
 */
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, series, src, watch: onChange } = require('gulp');
const { checkedCodexFiles } = require('./lint/package/codex');
const { checkedIcons } = require('./lint/package/icons');
const { typesOfHost, typesOfPackage } = require('./lint/package/nodeTypes');
const { checkedWorkflows } = require('./lint/package/workflows');

const root = __dirname;
const knownNodesFile = join(root, 'lint', 'package', 'knownNodes.json');

/** Copies files to the same place under dist, byte by byte. */
const copyToDist = (files) =>
	src(files, { cwd: root, base: root, encoding: false }).pipe(dest(join(root, 'dist')));

async function clean() {
	await rm(join(root, 'dist'), { recursive: true, force: true });
}

function compile() {
	const compiler = require.resolve('typescript/bin/tsc');
	return spawn(process.execPath, [compiler, '-p', 'tsconfig.json'], { cwd: root, stdio: 'inherit' });
}
compile.description = 'Compile the TypeScript sources';

function icons() {
	return copyToDist(checkedIcons(root));
}
icons.description = 'Check the icons (light and dark, square) and copy them';

function codex() {
	return copyToDist(checkedCodexFiles(root));
}
codex.description = 'Check the codex file of every node and copy them';

async function workflows() {
	const known = JSON.parse(readFileSync(knownNodesFile, 'utf8'));
	const files = checkedWorkflows(root, { ...known.types, ...typesOfPackage(root) });
	console.log(`${files.length} workflows name only nodes of this package and of n8n ${known.n8n}`);
}
workflows.description = 'Check that every workflow can be imported elsewhere (after a compile)';

async function knownNodes() {
	const { n8n, types } = typesOfHost(join(root, 'host'));
	const lines = Object.entries(types).map(
		([type, about]) => `\t\t${JSON.stringify(type)}: ${JSON.stringify(about)}`,
	);
	const text = `{\n\t"n8n": ${JSON.stringify(n8n)},\n\t"types": {\n${lines.join(',\n')}\n\t}\n}\n`;
	await writeFile(knownNodesFile, text);
}
knownNodes.description = 'Write the list of n8n\'s own node types anew, from the n8n in host/';

const build = series(clean, compile, icons, codex, workflows);
build.description = 'All of it, in order';

function watch(done) {
	// A watcher that is handed back to gulp would end with the first build that fails.
	const sources = ['nodes/**', 'credentials/**', 'lib/**', 'workflows/**'];
	onChange(sources, { cwd: root, ignoreInitial: false }, build);
	done();
}
watch.description = 'Build, and build again whenever a source changes';

module.exports = { clean, compile, icons, codex, workflows, knownNodes, build, watch, default: build };
