import { join } from 'node:path';
import { DateTime } from 'luxon';

import { scriptIn } from '../../../canvas/workflow.mts';

export type Fields = Record<string, unknown>;

/** Functions of Code nodes that read or write a list, run as n8n's sandbox runs them. */
export function listFunctions(
	names: string[],
	further: string[] = [],
): (name: string, ...values: unknown[]) => unknown {
	const source = join('workflows', 'sources', 'list', 'code');
	const files = [
		join('canvas', 'code', 'emailKey.js'),
		join('canvas', 'code', 'sources', 'values.js'),
		join('canvas', 'code', 'sources', 'directory.js'),
		join('canvas', 'code', 'dates.js'),
		join('lib', 'report', 'csv.ts'),
		...['cells', 'csv', 'columns'].map((name) => join('canvas', 'code', 'list', `${name}.js`)),
		...['settings', 'statusWords', 'people', 'list'].map((name) => join(source, `${name}.js`)),
		...further,
	];
	const text = files.map(scriptIn).join('\n');
	const functions: Record<string, (...values: unknown[]) => unknown> = new Function(
		'DateTime',
		`${text}\nreturn { ${names.join(', ')} };`,
	)(DateTime);
	return (name, ...values) => {
		const found = functions[name];
		if (!found) throw new Error(`There is no function ${name}`);
		return found(...values);
	};
}

/** Settings of the source as delivered. */
export const SETTINGS = {
	from: 'csvUrl',
	table: 'directory_people',
	url: 'https://files.example.com/people.csv',
	file: '/home/node/.n8n-files/people.csv',
	delimiter: 'auto',
	encoding: 'utf8',
	closingRow: '',
	expectedCount: 0,
	idAttribute: 'sourceId',
	emailAttribute: 'email',
	columns: {},
	ownWords: {},
	groupPrefix: '',
	scopeAttribute: '',
	scopeValues: [],
	timeZone: 'UTC',
};
