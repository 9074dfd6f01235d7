/**
 * Tests the packages on other versions of n8n than the pinned one: `npm run test:versions`, or with versions of your
 * choice behind `--`, such as `2.40` or `latest`. On n8n 2, the workflows run as well.
 */
import { installN8n, newestN8n } from './otherN8n.mjs';
import { countedTests } from './countedTests.mjs';

/** Of each, the newest version that the registry has. */
const TESTED = ['2', '1.123'];

/** The engine of n8n 1 leaves a timer behind, for which jest would wait. */
const jest = (project, ...more) => [
	...['node_modules/jest/bin/jest.js', '--selectProjects', project, '--maxWorkers=2', '--forceExit'],
	...more,
];

/** Every operation, on the engine of that version; one file tests our own runner against the pinned one. */
const engine = jest('engine', '--testPathIgnorePatterns', 'engine/runner.test');
/** n8n 1 has no human review step, and its poll context takes no storage from outside, through which ours is read. */
const engineOf1 = [...engine, 'engine/tool/', 'engine/trigger/'];
/** Of the tests in a real n8n, those that touch most of it; all of them take much longer. */
const host = jest('host', '--testPathPatterns', 'host/(package|onboarding|offboarding|directorySync|setup)');

const testsOf = (version) => (version.startsWith('1.') ? [engineOf1, jest('versions')] : [engine, host]);

const wanted = process.argv.slice(2);
const results = [];
for (const one of wanted.length > 0 ? wanted : TESTED) {
	const version = await newestN8n(one);
	const env = { ...process.env, HOST_N8N: await installN8n(version) };
	const startedAt = Date.now();
	const { code, passed, failed } = await countedTests(testsOf(version), { node: process.execPath, env });
	if (code !== 0) process.exitCode = 1;
	results.push(`n8n ${version}: ${passed} passed, ${failed} failed, ${Math.ceil((Date.now() - startedAt) / 60_000)} minutes`);
}
console.log(`\n${results.join('\n')}`);
