const { globSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { z } = require('zod');
const { refuseIfAny } = require('./problems');

/** What n8n's editor asks of a schema, before it shows the fields that an operation gives out. */
const schema = z.object({
	type: z.literal('object'),
	properties: z.record(z.object({ type: z.union([z.string(), z.array(z.string())]) }).passthrough()),
});

/** n8n looks for a version of three numbers, then, of an action, the resource and the operation. */
const place = /^nodes\/\w+\/__schema__\/v\d+\.\d+\.\d+(\/\w+\/\w+)?\.json$/;

/**
 * The files from which n8n shows what an operation gives out before its first run.
 *
 * @param {string} root folder of the package
 * @returns {string[]} the files, relative to the root
 * @throws {PackageProblems}
 */
function checkedSchemas(root) {
	const files = globSync('nodes/*/__schema__/**/*.json', { cwd: root }).sort();
	const problems = [];
	for (const file of files) {
		if (!place.test(file.replaceAll('\\', '/'))) problems.push(`${file}: n8n does not look there`);
		try {
			const read = schema.safeParse(JSON.parse(readFileSync(join(root, file), 'utf8')));
			for (const { path, message } of read.error?.issues ?? []) problems.push(`${file}: ${path.join('.')} ${message}`);
			if (read.success && Object.keys(read.data.properties).length === 0) problems.push(`${file}: has no field`);
		} catch (error) {
			problems.push(`${file}: is not JSON (${error.message})`);
		}
	}
	refuseIfAny('Schemas of outputs', problems);
	return files;
}

module.exports = { checkedSchemas };
