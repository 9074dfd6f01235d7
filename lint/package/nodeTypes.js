const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join, sep } = require('node:path');

/**
 * @typedef {object} NodeType
 * @property {number[]} versions every typeVersion that a workflow may name
 * @property {boolean} trigger whether it starts executions
 */

/** @param {Map<string, NodeType>} types */
function add(types, packageName, { name, version, group }) {
	const type = `${packageName}.${name}`;
	const versions = [...(types.get(type)?.versions ?? []), version].flat();
	types.set(type, {
		versions: [...new Set(versions)].sort((a, b) => a - b),
		trigger: group.includes('trigger'),
	});
}

/** What n8n's server derives from a node with Send and Wait: a human review step of an AI agent. */
function reviewStep(node) {
	const waits = (node.properties ?? []).some(
		({ name, options }) => name === 'operation' && options?.some(({ value }) => value === 'sendAndWait'),
	);
	return waits && node.webhooks?.length > 0 ? [{ ...node, name: `${node.name}HitlTool` }] : [];
}

/** What n8n's server derives from a node that an AI agent can use. */
function toolOf(node) {
	return node.usableAsTool ? [{ ...node, name: `${node.name}Tool` }] : [];
}

/**
 * The node types of an installed n8n, from the lists that its node packages carry.
 *
 * @param {string} host folder whose node_modules holds n8n
 * @returns {{ n8n: string, types: Record<string, NodeType> }}
 */
function typesOfHost(host) {
	const manifest = join(host, 'node_modules', 'n8n', 'package.json');
	if (!existsSync(manifest)) throw new Error(`There is no n8n in ${host}: install it first.`);
	const fromN8n = createRequire(require.resolve(manifest));
	const types = new Map();
	for (const packageName of ['n8n-nodes-base', '@n8n/n8n-nodes-langchain']) {
		// Only the manifest may be imported from outside; the list lies beside it.
		const folder = dirname(fromN8n.resolve(`${packageName}/package.json`));
		const nodes = JSON.parse(readFileSync(join(folder, 'dist', 'types', 'nodes.json'), 'utf8'));
		for (const node of nodes.flatMap((one) => [one, ...reviewStep(one)])) add(types, packageName, node);
	}
	const sorted = [...types].sort(([a], [b]) => (a < b ? -1 : 1));
	return { n8n: fromN8n('./package.json').version, types: Object.fromEntries(sorted) };
}

/**
 * The node types that this package itself brings, from its build.
 *
 * @param {string} root folder of the package, with its dist folder
 * @returns {Record<string, NodeType>}
 */
function typesOfPackage(root) {
	const { name, n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const dist = join(root, 'dist') + sep;
	// While gulp watches, the build of a moment ago is still loaded.
	for (const file of Object.keys(require.cache)) if (file.startsWith(dist)) delete require.cache[file];
	const types = new Map();
	for (const file of n8n.nodes) {
		for (const NodeClass of Object.values(require(join(root, file)))) {
			if (typeof NodeClass !== 'function') continue;
			const { description } = new NodeClass();
			if (description === undefined) continue;
			for (const node of [description, ...toolOf(description)]) add(types, name, node);
		}
	}
	return Object.fromEntries(types);
}

module.exports = { typesOfHost, typesOfPackage };
