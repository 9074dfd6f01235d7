const { existsSync, globSync, readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { z } = require('zod');
const { refuseIfAny } = require('./problems');

const connection = z.object({ node: z.string(), type: z.string(), index: z.number() });

const workflow = z.object({
	name: z.string().min(1),
	nodes: z
		.array(
			z.object({
				id: z.string().min(1),
				name: z.string().min(1),
				type: z.string(),
				typeVersion: z.number(),
				position: z.tuple([z.number(), z.number()]),
				parameters: z.record(z.unknown()),
				webhookId: z.string().optional(),
				credentials: z.record(z.object({ id: z.unknown().optional() })).optional(),
			}),
		)
		.min(1),
	connections: z.record(z.record(z.array(z.array(connection).nullable()))),
	pinData: z.record(z.unknown()).optional(),
	meta: z.object({ instanceId: z.string().optional() }).nullish(),
});

/** The sub-workflows that read an HRIS; each is imported like the others, so each has its own folder. */
const SOURCES = 'workflows/sources';

/** Code that the sources share; no workflow stands there. */
const SHARED = 'workflows/sources/shared';

/** Notion's token prefixes, and anything long that stands behind "Bearer". */
const secret = /\b(ntn|secret)_[A-Za-z0-9]{8,}|Bearer\s+[A-Za-z0-9._~+/-]{16,}/;

/** @param {unknown[]} values @returns {unknown[]} each value that occurs more than once */
const repeated = (values) => [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];

/**
 * @param {z.infer<typeof workflow>} content
 * @param {Record<string, import('./nodeTypes').NodeType>} types
 * @returns {string[]} what would break or leak on an importer's n8n
 */
function problemsOf({ nodes, connections, pinData, meta }, types) {
	const problems = [];
	for (const { name, type, typeVersion, webhookId, credentials } of nodes) {
		const known = types[type];
		if (known === undefined) {
			problems.push(`"${name}" has the unknown node type ${type}`);
		} else if (!known.versions.includes(typeVersion)) {
			problems.push(`"${name}": ${type} has versions ${known.versions.join(', ')}, not ${typeVersion}`);
		}
		if (known?.trigger && name.includes(' ')) {
			// Imported by the command line, such a webhook answers 404 for ever.
			problems.push(`"${name}": the name of a trigger must not contain a space`);
		}
		if (webhookId !== undefined) {
			// Everyone who imports the template would get the same address.
			problems.push(`"${name}" carries a webhookId`);
		}
		for (const [credential, { id }] of Object.entries(credentials ?? {})) {
			if (id !== undefined && id !== null) problems.push(`"${name}" carries the id of a ${credential}`);
		}
	}
	for (const id of repeated(nodes.map((node) => node.id))) problems.push(`node id ${id} is repeated`);

	const names = nodes.map((node) => node.name);
	for (const name of repeated(names)) problems.push(`node name "${name}" is repeated`);
	const targets = Object.values(connections).flatMap((outputs) => Object.values(outputs).flat(2));
	const connected = [...Object.keys(connections), ...targets.flatMap((target) => target?.node ?? [])];
	for (const name of new Set(connected)) {
		if (!names.includes(name)) problems.push(`a connection names "${name}", which is no node here`);
	}

	if (Object.keys(pinData ?? {}).length > 0) problems.push('carries pinned data');
	if (meta?.instanceId !== undefined) problems.push('names the n8n instance it was made on');
	return problems;
}

/**
 * @param {string} root folder of the package
 * @returns {string[]} the folders with one workflow each: those in `workflows`, and in place of
 * `workflows/sources` those in it
 */
function jobFolders(root) {
	const foldersIn = (folder) =>
		existsSync(join(root, folder))
			? readdirSync(join(root, folder), { withFileTypes: true })
					.filter((entry) => entry.isDirectory())
					.map(({ name }) => `${folder}/${name}`)
			: [];
	return foldersIn('workflows').flatMap((folder) =>
		folder === SOURCES ? foldersIn(folder).filter((source) => source !== SHARED) : [folder],
	);
}

/**
 * Reads every workflow that the package carries and checks that it can be imported elsewhere:
 * known node types, nothing that belongs to one installation, no secret, and beside it the README
 * and the picture that a user decides by.
 *
 * @param {string} root folder of the package
 * @param {Record<string, import('./nodeTypes').NodeType>} types node types that may be named
 * @returns {string[]} the workflow files, relative to the root
 * @throws {PackageProblems}
 */
function checkedWorkflows(root, types) {
	const files = globSync('workflows/**/*.json', { cwd: root }).sort();
	const problems = [];

	for (const file of files) {
		const text = readFileSync(join(root, file), 'utf8');
		let content;
		try {
			content = JSON.parse(text);
		} catch (error) {
			problems.push(`${file}: is not JSON (${error.message})`);
			continue;
		}
		if (secret.test(text)) problems.push(`${file}: contains what looks like a token`);
		const read = workflow.safeParse(content);
		const found = read.success
			? problemsOf(read.data, types)
			: read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
		problems.push(...found.map((problem) => `${file}: ${problem}`));
	}

	for (const folder of jobFolders(root)) {
		const content = readdirSync(join(root, folder));
		const has = (ending) => content.some((file) => file.endsWith(ending));
		if (!has('.json')) problems.push(`${folder}: has no workflow`);
		if (!content.includes('README.md')) problems.push(`${folder}: has no README.md`);
		if (!has('.png')) problems.push(`${folder}: has no picture (.png)`);
	}
	refuseIfAny('Workflows', problems);
	return files;
}

module.exports = { checkedWorkflows };
