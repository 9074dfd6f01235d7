import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';

/** Pure functions of the Code nodes that run cycles. */
const FILES = [
	'directoryChanges.js',
	'groupRules.js',
	'cycle/standing.js',
	'cycle/people.js',
	'cycle/policy.js',
	'cycle/verdict.js',
	'cycle/links.js',
	'cycle/outcome.js',
	'cycle/form.js',
	'cycle/statusPage.js',
];

/** A function of a Code node, run as n8n's sandbox runs it: luxon is there and nothing is imported. */
export function cycleFunction(name: string): (...values: unknown[]) => unknown {
	const text = FILES.map((file) => readFileSync(join('canvas', 'code', file), 'utf8')).join('\n');
	const found: unknown = new Function('DateTime', `${text}\nreturn ${name};`)(DateTime);
	if (typeof found !== 'function') throw new Error(`There is no function ${name}`);
	return (...values) => {
		const result: unknown = found(...values);
		return result;
	};
}
