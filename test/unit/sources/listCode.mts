import { groupsCell, groupsInCell } from '../../../lib/directory/importMembers/listColumns.ts';
import { csvText, unguardedCell } from '../../../lib/report/csv.ts';
import { csvRecords } from '../../../workflows/sources/list/csv.js';
import { csvList, listAnswer, tableList } from '../../../workflows/sources/list/list.js';
import { checkListSettings } from '../../../workflows/sources/list/mapping.js';
import { listedStatus } from '../../../workflows/sources/list/status.js';
import { utcDate } from '../../../workflows/sources/shared/dates.js';

export type Fields = Record<string, unknown>;

type Run = (name: string, ...values: unknown[]) => unknown;

// The files are plain JavaScript, so the compiler knows no more of their parameters than their names.
const FUNCTIONS: Record<string, (...values: unknown[]) => unknown> = {
	csvList: (...values) => Reflect.apply(csvList, undefined, values),
	csvRecords: (...values) => Reflect.apply(csvRecords, undefined, values),
	checkListSettings: (...values) => Reflect.apply(checkListSettings, undefined, values),
	listAnswer: (...values) => Reflect.apply(listAnswer, undefined, values),
	csvText: (...values) => Reflect.apply(csvText, undefined, values),
	groupsCell: (...values) => Reflect.apply(groupsCell, undefined, values),
	groupsInCell: (...values) => Reflect.apply(groupsInCell, undefined, values),
	unguardedCell: (...values) => Reflect.apply(unguardedCell, undefined, values),
	utcDate: (...values) => Reflect.apply(utcDate, undefined, values),
	listedStatus: (...values) => Reflect.apply(listedStatus, undefined, values),
	tableList: (...values) => Reflect.apply(tableList, undefined, values),
};

/** Functions that read a list. */
export function listFunctions(): Run {
	return (name, ...values) => {
		const found = FUNCTIONS[name];
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
