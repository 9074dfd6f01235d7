import { DateTime } from 'luxon';

import { scriptIn } from '../../../canvas/workflow.mts';

type Functions = Record<string, (...values: unknown[]) => unknown>;

/** Functions of files of Code nodes, as n8n's sandbox runs them and without n8n. */
export function functionsOf(files: string[], names: string[]): Functions {
	const text = files.map((file) => scriptIn(file).replace(/^import .*$/gm, '')).join('\n');
	return new Function('DateTime', `${text}\nreturn { ${names.join(', ')} };`)(DateTime);
}

/** What every directory source shares, and the table of words. */
export const SHARED_FILES = [
	'canvas/code/emailKey.js',
	'lib/directory/calendarDate.ts',
	'canvas/code/sources/values.js',
	'canvas/code/sources/directory.js',
	'canvas/code/sources/statusWords.js',
];

/** standing() of a source. */
export function standingOf(source: string): (...values: unknown[]) => unknown {
	const { standing } = functionsOf([...SHARED_FILES, `workflows/sources/${source}/code/status.js`], ['standing']);
	if (!standing) throw new Error(`${source} has no standing()`);
	return standing;
}
