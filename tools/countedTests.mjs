import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { runInFront } from './process.mjs';
import { root } from './setup.mjs';

/**
 * Runs one set of tests after the other, until one fails.
 * @param {string[][]} tests the arguments of node for each set
 * @returns {Promise<{ code: number, passed: number, failed: number }>} the exit code, and how many tests there were
 */
export async function countedTests(tests, { node, env }) {
	const reports = join(root, '.run', 'test-reports');
	rmSync(reports, { recursive: true, force: true });
	mkdirSync(reports, { recursive: true });
	const total = { code: 0, passed: 0, failed: 0 };
	for (const [index, step] of tests.entries()) {
		const file = join(reports, `${index}.json`);
		total.code = await runInFront(node, [...step, '--json', `--outputFile=${file}`], {
			cwd: root,
			env: { ...env, FORCE_COLOR: env.FORCE_COLOR ?? '0' },
		});
		if (existsSync(file)) {
			const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
			total.passed += numPassedTests;
			total.failed += numFailedTests;
		}
		if (total.code !== 0) break;
	}
	return total;
}
