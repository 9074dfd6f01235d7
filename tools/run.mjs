/**
 * The npm scripts. Each names what must be installed and the steps that follow, so that every script works
 * from a fresh clone, in any order: `npm start`, `npm test`, `npm run build` and so on.
 */
import { countedTests } from './countedTests.mjs';
import { runInFront } from './process.mjs';
import { root, setUp } from './setup.mjs';

const BIN = {
	gulp: 'node_modules/gulp/bin/gulp.js',
	jest: 'node_modules/jest/bin/jest.js',
	tsc: 'node_modules/typescript/bin/tsc',
};

const build = [BIN.gulp];
const buildSetup = [BIN.gulp, 'setup'];
/** The workflows of sources contain the code of their mapping.js. */
const sourceCode = 'tools/sourceCode.mts';

const lint = [
	[sourceCode, '--check'],
	['lint/source.mjs'],
	['lint/imports.mjs'],
	[BIN.tsc, '-p', 'tsconfig.tools.json'],
	build,
	buildSetup,
	['lint/compiled.mjs'],
	['lint/canvases.mjs'],
];

/** Two files run at a time, because the machine may have two cores, and each file in a real n8n uses one of them. */
const jest = (projects, ...options) => [BIN.jest, '--selectProjects', ...projects, ...options];

/** If a path followed the projects, jest would read it as another project. */
const GIVEN_PATHS = ['--testPathPatterns', '…'];
// Many of them wait, as the node does before another attempt, so more of them run at a time than there are cores.
const quickTests = jest(['unit', 'sandbox', 'engine'], '--maxWorkers=4');
const hostTests = jest(['host'], '--maxWorkers=2');
const queueTests = jest(['queue'], '--runInBand');
const editorTests = jest(['editor'], '--runInBand');
const testsInN8n = jest(['host', 'editor', 'queue'], '--maxWorkers=2');

const commands = {
	start: { needs: ['root', 'host'], steps: [build, ['demo/main.mts', '…']] },
	test: {
		needs: ['root', 'setup', 'lint'],
		steps: lint,
		testsNeed: ['host', 'browser', 'queue'],
		tests: [quickTests, testsInN8n],
	},
	build: { needs: ['root', 'setup'], steps: [[sourceCode], build, buildSetup] },
	setup: { needs: ['root', 'setup'], steps: [build, buildSetup, ['setup/dist/main.mjs', '…']] },
	lint: { needs: ['root', 'setup', 'lint'], steps: lint },
	sandbox: { needs: ['root'], steps: [['sandbox/main.mts', '…']] },
	'workflows:pull': { needs: ['root'], steps: [['demo/pull.mts', '…']] },
	dev: { needs: ['root', 'host'], steps: [['demo/dev.mts', '…']] },
	'test:unit': { needs: ['root', 'setup', 'browser'], steps: [build, jest(['unit', 'sandbox'], ...GIVEN_PATHS)] },
	'test:engine': { needs: ['root'], steps: [jest(['engine'], ...GIVEN_PATHS)] },
	'test:host': { needs: ['root', 'setup', 'host'], steps: [build, buildSetup, [...hostTests, ...GIVEN_PATHS]] },
	'test:queue': { needs: ['root', 'host', 'queue'], steps: [build, [...queueTests, ...GIVEN_PATHS]] },
	'test:editor': { needs: ['root', 'host', 'browser'], steps: [build, [...editorTests, ...GIVEN_PATHS]] },
	// Beside `npm test`, which is for every change: another n8n may need its time.
	'test:versions': { needs: ['root', 'setup', 'pnpm'], steps: [build, buildSetup, ['tools/testVersions.mjs', '…']] },
	bench: { needs: ['root', 'host'], steps: [build, ['bench/main.mts', '…']] },
};

const [name, ...rest] = process.argv.slice(2);
const command = commands[name];
if (!command) {
	console.error(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`);
	process.exit(2);
}

try {
	process.exitCode = await perform(command, rest);
} catch (error) {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
}

/**
 * Every step runs in the foreground; the first failure ends the command with its exit code. What only the tests need
 * is installed beside the other steps.
 */
async function perform({ needs, steps, testsNeed = [], tests = [] }, args) {
	const first = await setUp(needs);
	const others = setUp([...needs, ...testsNeed]);
	// Until it is awaited, its failure must not end this process.
	others.catch(() => {});
	for (const step of steps) {
		const code = await runInFront(first.node, withArguments(step, args), { cwd: root, env: first.env });
		if (code === 0) continue;
		await others.catch(() => {});
		console.error(`\n${step.join(' ')} failed with exit code ${code}; its output is above.`);
		return code;
	}
	const installed = await others;
	if (tests.length === 0) return 0;
	const { code, passed, failed } = await countedTests(tests, installed);
	if (code === 0) console.log(`\n${passed} passed, ${failed} failed`);
	return code;
}

/** Appends the arguments of the npm script to the step that accepts them. */
function withArguments(step, args) {
	if (args.length === 0) return step.filter((part) => !GIVEN_PATHS.includes(part));
	return step.flatMap((part) => (part === '…' ? args : [part]));
}
