import { relative } from 'node:path';

/**
 * Lints the given files and prints every message, then one line with what was looked at: a lint
 * that silently matched no file, or ran no rule, would look just like a clean one.
 *
 * @param {object} check
 * @param {string} check.title what is being checked, as the user should read it
 * @param {import('eslint').ESLint} check.eslint
 * @param {string} check.folder paths are printed relative to this folder
 * @param {string[]} check.files glob patterns, relative to the folder the ESLint instance works in
 * @returns {Promise<boolean>} true only if there was something to lint and nothing to say about it;
 *   warnings count like errors
 */
export async function isClean({ title, eslint, folder, files }) {
	const results = await eslint.lintFiles(files);
	const rules = new Set();
	for (const { filePath } of results) {
		const config = await eslint.calculateConfigForFile(filePath);
		for (const [rule, [severity]] of Object.entries(config?.rules ?? {})) {
			if (severity !== 0) rules.add(rule);
		}
	}

	let messages = 0;
	for (const { filePath, messages: found, suppressedMessages } of results) {
		for (const { line = 0, column = 0, message, ruleId } of [...found, ...suppressedMessages]) {
			messages += 1;
			console.error(`${relative(folder, filePath)}:${line}:${column} ${message} (${ruleId})`);
		}
	}

	const summary = messages === 0 ? 'nothing found' : `${messages} found`;
	console.log(`${title}: ${results.length} files, ${rules.size} rules, ${summary}`);
	return messages === 0 && results.length > 0 && rules.size > 0;
}
