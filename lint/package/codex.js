const { existsSync, globSync, readFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { z } = require('zod');
const { refuseIfAny } = require('./problems');

/** The sections of n8n's node panel; a node under another word is found by its name only. */
const category = z.enum([
	'AI',
	'Analytics',
	'Communication',
	'Core Nodes',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
]);

const links = z.array(z.object({ url: z.string().url() }).strict()).min(1);

const codex = z
	.object({
		node: z.string(),
		nodeVersion: z.string().regex(/^\d+\.\d+$/),
		codexVersion: z.literal('1.0'),
		categories: z.array(category).min(1),
		subcategories: z.record(z.array(z.string())).optional(),
		alias: z.array(z.string()).optional(),
		resources: z
			.object({ primaryDocumentation: links, credentialDocumentation: links.optional() })
			.strict(),
	})
	.strict();

/**
 * Reads the codex file of every node: where n8n's panel lists it and which words find it.
 *
 * @param {string} root folder of the package
 * @returns {string[]} the codex files, relative to the root
 * @throws {PackageProblems}
 */
function checkedCodexFiles(root) {
	const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const nodes = globSync('nodes/**/*.node.ts', { cwd: root }).sort();
	const problems = nodes.length === 0 ? ['nodes: no node was found'] : [];

	const files = nodes.map((node) => node.replace(/\.ts$/, '.json'));
	for (const file of files) {
		if (!existsSync(join(root, file))) {
			problems.push(`${file}: is missing`);
			continue;
		}
		let content;
		try {
			content = JSON.parse(readFileSync(join(root, file), 'utf8'));
		} catch (error) {
			problems.push(`${file}: is not JSON (${error.message})`);
			continue;
		}
		const read = codex.safeParse(content);
		for (const { path, message } of read.error?.issues ?? []) {
			problems.push(`${file}: ${path.join('.')} ${message}`);
		}
		const className = basename(file, '.node.json');
		const type = `${name}.${className[0].toLowerCase()}${className.slice(1)}`;
		if (read.success && read.data.node !== type) problems.push(`${file}: node must be "${type}"`);
	}
	refuseIfAny('Codex files', problems);
	return files;
}

module.exports = { checkedCodexFiles };
