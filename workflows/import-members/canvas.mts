import {
	createTable,
	DATA_TABLE_VERSION,
	getRows,
	TABLE_RETRY,
	upsertRow,
} from '../../canvas/dataTable.mts';
import { directoryPeople } from '../../canvas/directoryTable.mts';
import { settings, switchOn } from '../../canvas/nodes.mts';
import { links } from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';

const HERE = 'workflows/import-members/code';
const LIST = ['lib/report/csv.ts', 'canvas/code/list/cells.js', 'canvas/code/list/csv.js'];
const SHARED = [
	...ADDRESSES,
	...['values', 'directory'].map((name) => `canvas/code/sources/${name}.js`),
];
/** As the source of a list calls itself, in links and everywhere. */
const SOURCE = 'list';

const workflow = new Workflow('Import members');

workflow.add({ name: 'ImportMembers', type: 'manualTrigger', version: 1, at: [0, 0] });
workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'table', type: 'string', value: directoryPeople.name },
		{ name: 'domains', type: 'array', value: [] },
		{ name: 'roles', type: 'array', value: [] },
		{ name: 'groups', type: 'array', value: [] },
		{ name: 'only', type: 'array', value: [] },
		{ name: 'leaveOutPrivileged', type: 'boolean', value: false },
		{ name: 'groupPrefix', type: 'string', value: '' },
		{ name: 'updateChanged', type: 'boolean', value: false },
		{ name: 'delimiter', type: 'string', value: ',' },
		{ name: 'closingRow', type: 'string', value: '' },
		{ name: 'writeCode', type: 'string', value: '' },
	]),
	at: [1, 0],
	once: true,
});

const reader = (name: string, column: number, parameters: Record<string, unknown>) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters,
		at: [column, 0],
		retry: TABLE_RETRY,
		once: true,
		always: true,
	});
reader('People table', 2, {
	...createTable(directoryPeople),
	tableName: "={{ $('Settings').first().json.table }}",
});
reader('Rows', 3, getRows('People table'));
reader('Links', 5, getRows(links, [['source', 'eq', SOURCE]]));

for (const [name, resource, column] of [
	['Members', 'user', 6],
	['Groups', 'group', 7],
] as const) {
	workflow.add({
		name,
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		// Both fail on a list with gaps: then nothing is compared.
		parameters: { resource, operation: 'getAll', returnAll: true },
		at: [column, 0],
		once: true,
		always: true,
	});
}

workflow.add({
	name: 'Comparison',
	type: 'code',
	version: 2,
	parameters: code(
		...SHARED,
		...LIST,
		...['compare', 'settings', 'comparison'].map((name) => `${HERE}/${name}.js`),
	),
	at: [8, 0],
});
workflow.add({
	name: 'Summary',
	type: 'code',
	version: 2,
	parameters: code(
		...SHARED,
		...LIST,
		...['compare', 'summary', 'summaryItem'].map((name) => `${HERE}/${name}.js`),
	),
	at: [9, 0],
});
workflow.add({
	name: 'Preview',
	type: 'set',
	version: 3.4,
	parameters: {
		...settings(
			[
				{
					name: 'code',
					type: 'string',
					value: '={{ JSON.stringify($json.toWrite).hash("sha256").slice(0, 10) }}',
				},
			],
			{ keepInput: true },
		),
		options: { stripBinary: false },
	},
	at: [10, 0],
});
const GIVEN_CODE = "$('Settings').first().json.writeCode.trim()";
workflow.add({
	name: 'Write it?',
	type: 'switch',
	version: 3.2,
	parameters: switchOn(
		`${GIVEN_CODE} === '' || $json.rowsToWrite + $json.linksToWrite === 0 ? 'preview' : ${GIVEN_CODE} === $json.code ? 'write' : 'stale'`,
		['write', 'stale'],
	),
	at: [11, 0],
});

workflow.add({
	name: 'Rows to write',
	type: 'code',
	version: 2,
	parameters: code(...LIST, `${HERE}/rowsToWrite.js`),
	at: [12, -1],
});
workflow.add({
	name: 'Store people',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: upsertRow(
		directoryPeople,
		'People table',
		[['sourceId', 'eq', '={{ $json.sourceId }}']],
		Object.fromEntries(
			Object.keys(directoryPeople.columns).map((name) => [name, `={{ $json.${name} }}`]),
		),
	),
	at: [13, -1],
	retry: TABLE_RETRY,
});
workflow.add({
	name: 'Links to write',
	type: 'code',
	version: 2,
	parameters: code(`${HERE}/linksToWrite.js`),
	at: [12, 0],
});
workflow.add({
	name: 'Store links',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: upsertRow(
		links,
		links,
		[
			['source', 'eq', SOURCE],
			['employeeId', 'eq', '={{ $json.sourceId }}'],
		],
		{
			source: SOURCE,
			employeeId: '={{ $json.sourceId }}',
			companyId: '',
			email: '={{ $json.email }}',
			userId: '={{ $json.userId }}',
		},
	),
	at: [13, 0],
	retry: TABLE_RETRY,
});
workflow.add({
	name: 'Preview has changed',
	type: 'stopAndError',
	version: 1,
	parameters: {
		errorMessage:
			"=Nothing was written: writeCode in Settings is the code of another preview. Look at this one, and enter its code {{ $('Preview').first().json.code }} if it is what you want.",
	},
	at: [12, 1],
});

workflow.chain(
	'ImportMembers',
	'Settings',
	'People table',
	'Rows',
	'Links',
	'Members',
	'Groups',
	'Comparison',
	'Summary',
	'Preview',
	'Write it?',
	'Rows to write',
	'Store people',
);
workflow.connect('Write it?', 'Links to write');
workflow.connect('Write it?', 'Preview has changed', { output: 1 });
workflow.chain('Links to write', 'Store links');

workflow.note(
	'What it does',
	`
## Import members
Makes a directory out of Notion's members, for whoever has no other: rows of the Data Table \`directory_people\`, which *Directory source: list* reads, or a CSV file. It **writes nothing to Notion**, and nothing anywhere before you have seen the preview.

### Set up
Run **data-tables** once.
1. **Members** and **Groups**: pick the Notion SCIM API credential. *Read Only* is enough.
2. **Settings**: whom to import. Empty lists mean everybody.
3. *Execute workflow*. **Comparison** lists everybody, **Preview** has the numbers, a **code**, and the CSV file.
4. Enter the code as \`writeCode\` in Settings and execute again: what the preview showed is written.
`,
	[-0.3, -1.65],
	[5.1, 1.3],
);
workflow.note(
	'Standing',
	`
### Who is what (**Comparison**)
- **new**: not in the directory
- **imported**: in it already, by link or by address
- **changed**: in it, but Notion says something else. Written only with \`updateChanged\`; what Notion does not know stays.
- **ambiguous**: it is not certain who it is. Never written; a person must look.
- **leftOut**: Settings do not want them.
`,
	[5.05, -1.65],
	[4.6, 1.3],
	4,
);
workflow.note(
	'The code',
	`
### The code
It stands for exactly the rows and links that would be written. If somebody joins or changes meanwhile, it no longer fits: nothing is written, and the execution is red. After writing there is nothing left to write, and running again changes nothing.
`,
	[-0.3, 0.9],
	[5.1, 0.8],
	5,
);
workflow.note(
	'Spreadsheets',
	`
### The CSV file
The whole directory as it would be then. Cells that a spreadsheet would compute get an apostrophe in front; *Directory source: list* takes it off again.
`,
	[5.05, 0.9],
	[4.6, 0.8],
	5,
);

export default workflow;
