/**
 * One jest project per kind of test, so that each can be run by its own npm script.
 *
 * Tests are .mts files: the community-node lint then leaves them alone, and Node runs the sandbox
 * they share with the demo without a build step. Under jest both become CommonJS, through swc.
 */
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** HOST_N8N names the folder of another n8n, whose own engine the tests then run on: see tools/testVersions.mjs. */
const otherN8n = process.env.HOST_N8N;

/** @param {string} folder */
function engineOf(folder) {
	const { resolve: file } = createRequire(join(realpathSync(resolve(folder, 'node_modules', 'n8n')), 'package.json'));
	return Object.fromEntries(['n8n-core', 'n8n-workflow'].map((name) => [`^${name}$`, file(name)]));
}

const shared = {
	rootDir: import.meta.dirname,
	testEnvironment: 'node',
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json', 'node'],
	transform: {
		// The mapping files of sources are modules as well.
		'^.+\\.m?ts$|/workflows/.+\\.js$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	moduleNameMapper: otherN8n ? engineOf(otherN8n) : {},
	cacheDirectory: join(import.meta.dirname, '.run', 'jest'),
	modulePathIgnorePatterns: ['<rootDir>/(dist|\\.runtime|\\.run|host|lint)/'],
};

/** @param {string} name folder under test/ */
const project = (name) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
});

export default {
	projects: ['unit', 'sandbox', 'engine', 'host', 'queue', 'editor', 'versions'].map(project),
	// Ends a test that hangs. Several files run at a time, on any machine, so it says nothing about speed.
	testTimeout: 60_000,
};
