/**
 * One jest project per kind of test, so that each can be run by its own npm script.
 *
 * Tests are .mts files: the community-node lint then leaves them alone, and Node runs the sandbox
 * they share with the demo without a build step. Under jest both become CommonJS, through swc.
 */
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
	modulePathIgnorePatterns: ['<rootDir>/(dist|\\.runtime|\\.run|host|lint)/'],
};

/** @param {string} name folder under test/ */
const project = (name) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
});

export default {
	projects: ['unit', 'sandbox', 'engine', 'host', 'queue', 'editor'].map(project),
	// Ends a test that hangs. Several files run at a time, on any machine, so it says nothing about speed.
	testTimeout: 60_000,
};
