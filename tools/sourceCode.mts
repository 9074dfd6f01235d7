/**
 * `node tools/sourceCode.mts` puts the mapping.js of each source of workflows/sources into the Code node
 * beside it; with `--check` it writes nothing, and fails where a workflow does not hold what its file says.
 */
import { readFileSync, writeFileSync } from 'node:fs';

import { sourceFiles, withMapping } from '../host/sourceFiles.mts';

const stale = sourceFiles().filter(({ workflow, mapping }) => {
	const text = readFileSync(workflow, 'utf8');
	const made = withMapping(text, mapping);
	if (made !== text && !process.argv.includes('--check')) writeFileSync(workflow, made);
	return made !== text;
});
const names = stale.map(({ workflow }) => workflow).join(', ');
if (process.argv.includes('--check') && stale.length > 0) {
	console.error(`Not what their mapping.js says: ${names}. Run: node tools/sourceCode.mts`);
	process.exitCode = 1;
} else {
	console.log(stale.length > 0 ? `Code put into ${names}` : 'Every source holds what its mapping.js says');
}
