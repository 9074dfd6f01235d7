/**
 * Runs what `n8n-node lint` runs in strict mode (cloud support on), over what is published.
 *
 * Two things are stricter than there: warnings fail as well, and inline disables are ignored,
 * because n8n's own scan of a package ignores them.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { config } from '@n8n/node-cli/eslint';
import { ESLint } from 'eslint';
import { packages } from './packages.mjs';
import { isClean } from './isClean.mjs';

/** Strict mode compares the two files in this way, so white space may differ. */
const withoutLayout = (text) => text.replace(/\s+/g, ' ').trim();

async function hasUnchangedConfig(folder) {
	const configs = dirname(createRequire(import.meta.url).resolve('@n8n/node-cli/eslint'));
	const template = join(configs, '../template/templates/shared/default/eslint.config.mjs');
	const [expected, actual] = await Promise.all([
		readFile(template, 'utf8'),
		readFile(join(folder, 'eslint.config.mjs'), 'utf8'),
	]);
	if (withoutLayout(actual) === withoutLayout(expected)) return true;
	console.error(`${folder}eslint.config.mjs must be n8n's template, which reads:\n\n${expected}`);
	return false;
}

async function isStrict(folder) {
	const { n8n } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	if (n8n?.strict === true) return true;
	console.error(`${folder}package.json must say "strict": true in its "n8n" section.`);
	return false;
}

const results = [];
for (const { name, folder } of packages) {
	results.push(
		await isStrict(folder),
		await hasUnchangedConfig(folder),
		await isClean({
			title: `Source of ${name}, as n8n-node lint sees it`,
			eslint: new ESLint({
				cwd: folder,
				overrideConfigFile: true,
				overrideConfig: config,
				allowInlineConfig: false,
			}),
			folder,
			files: ['package.json', 'nodes/**/*.ts', 'credentials/**/*.ts', 'lib/**/*.ts'],
		}),
	);
}
process.exitCode = results.every(Boolean) ? 0 : 1;
