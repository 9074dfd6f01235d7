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

/**
 * @param {string} name folder under test/
 * @param {number} seconds after which a test that hangs ends; several files run at a time, on any machine
 */
const project = (name, seconds) => ({
	...shared,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.mts`],
	testTimeout: seconds * 1000,
});

export default {
	projects: [
		...['unit', 'sandbox', 'engine'].map((name) => project(name, 30)),
		...['host', 'queue', 'editor'].map((name) => project(name, 60)),
	],
};
