import { functionsOf, SHARED_FILES } from './sourceCode.mts';

export type Fields = Record<string, unknown>;

/** Functions of Code nodes that read or write a list, run as n8n's sandbox runs them. */
export function listFunctions(
	names: string[],
	further: string[] = [],
): (name: string, ...values: unknown[]) => unknown {
	const files = [
		...SHARED_FILES,
		'lib/scim/emailAddress.ts',
		'lib/report/csv.ts',
		...['cells', 'csv', 'encoding', 'columns', 'unreadStatus'].map((name) => `canvas/code/list/${name}.js`),
		...['settings', 'status', 'people', 'list'].map((name) => `workflows/sources/list/code/${name}.js`),
		...further,
	];
	const functions = functionsOf(files, names);
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
