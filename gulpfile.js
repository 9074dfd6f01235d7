/**
 * Builds what is published: the dist folder of each package (compiled nodes, credentials and lib,
 * icons, codex files, schemas of outputs), and a checked workflows folder, which goes into the first one as it is.
 */
const { spawn } = require('node:child_process');
const { globSync, readFileSync, writeFileSync } = require('node:fs');
const { chmod, rm, writeFile } = require('node:fs/promises');
const { basename, join } = require('node:path');
const { dest, series, src, watch: onChange } = require('gulp');
const { checkedCodexFiles } = require('./lint/package/codex');
const { packageFolders } = require('./lint/package/folders');
const { indentedByTabs } = require('./lint/package/indent');
const { checkedIcons } = require('./lint/package/icons');
const { typesOfHost, typesOfPackage } = require('./lint/package/nodeTypes');
const { checkedSchemas } = require('./lint/package/schemas');
const { takenFromPackages } = require('./lint/package/takenFromPackages');
const { checkedWorkflows } = require('./lint/package/workflows');

const root = __dirname;
const knownNodesFile = join(root, 'lint', 'package', 'knownNodes.json');

/** Does the same for one package after the other, as one task of gulp. */
const forEachPackage = (name, description, work) => {
	const steps = packageFolders.map((folder) => {
		const step = () => work(folder);
		step.displayName = `${name} ${basename(folder)}`;
		return step;
	});
	return Object.assign(series(...steps), { displayName: name, description });
};

/** Waits for a program or a stream; a program that fails is an error. */
const finished = (running) =>
	new Promise((resolve, reject) => {
		running.on('error', reject).on('finish', resolve);
		running.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`It ended with exit code ${code}`))));
	});

/** Copies files to the same place under the package's dist, byte by byte. */
const copyToDist = (folder, files) =>
	src(files, { cwd: folder, base: folder, encoding: false }).pipe(dest(join(folder, 'dist')));

const clean = forEachPackage('clean', 'Remove what was built', (folder) =>
	rm(join(folder, 'dist'), { recursive: true, force: true }),
);

const compile = forEachPackage('compile', 'Compile the TypeScript sources', (folder) =>
	spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], {
		cwd: folder,
		stdio: 'inherit',
	}),
);

const indent = forEachPackage('indent', 'Indent the compiled code with tabs, as its sources are', async (folder) => {
	for (const file of globSync(join(folder, 'dist', '**', '*.js'))) {
		writeFileSync(file, indentedByTabs(readFileSync(file, 'utf8')));
	}
});

const icons = forEachPackage('icons', 'Check the icons (light and dark, square) and copy them', (folder) =>
	copyToDist(folder, checkedIcons(folder)),
);

const codex = forEachPackage('codex', 'Check the codex file of every node and copy them', (folder) =>
	copyToDist(folder, checkedCodexFiles(folder)),
);

const schemas = forEachPackage('schemas', 'Check the schemas of what operations give out and copy them', async (folder) => {
	const files = checkedSchemas(folder);
	// hris-trigger has none.
	if (files.length > 0) await finished(copyToDist(folder, files).resume());
});

async function workflows() {
	const known = JSON.parse(readFileSync(knownNodesFile, 'utf8'));
	const own = Object.assign({}, ...packageFolders.map(typesOfPackage));
	const files = checkedWorkflows(root, { ...known.types, ...own });
	console.log(`${files.length} workflows name only nodes of these packages and of n8n ${known.n8n}`);
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

const setupFolder = join(root, 'setup');

/** What `notion-scim-setup audit-check` takes from lib, with all that it imports. */
const checkedWithoutN8n = ['lib/audit/*.js', 'lib/report/csv.js', 'lib/lifecycle/leases.js', 'lib/lifecycle/nightly/retention.js'];

async function setup() {
	await rm(join(setupFolder, 'dist'), { recursive: true, force: true });
	await finished(spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', setupFolder], { stdio: 'inherit' }));
	await finished(src('workflows/**/*.json', { cwd: root, base: root, encoding: false }).pipe(dest(join(setupFolder, 'dist'))));
	await finished(src(checkedWithoutN8n, { cwd: join(root, 'dist'), base: join(root, 'dist') }).pipe(dest(join(setupFolder, 'dist'))));
	await writeFile(join(setupFolder, 'dist', 'lib', 'package.json'), '{ "type": "commonjs" }\n');
	await writeFile(join(setupFolder, 'dist', 'generated.json'), `${JSON.stringify(takenFromPackages(root), null, '\t')}\n`);
	await chmod(join(setupFolder, 'dist', 'main.mjs'), 0o755);
}
setup.description = 'Compile the set-up command, with the workflows that it makes (after a build)';

const build = series(clean, compile, indent, icons, codex, schemas, workflows);
build.description = 'All of it, in order';

function watch(done) {
	// A watcher that is handed back to gulp would end with the first build that fails.
	const parts = ['nodes/**', 'credentials/**', 'lib/**'];
	const sources = [...parts, ...parts.map((part) => `hris-trigger/${part}`), 'workflows/**'];
	onChange(sources, { cwd: root, ignoreInitial: false }, build);
	done();
}
watch.description = 'Build, and build again whenever a source changes';

module.exports = { clean, compile, icons, codex, schemas, workflows, knownNodes, setup, build, watch, default: build };
