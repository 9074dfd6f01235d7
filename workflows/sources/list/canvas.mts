import { DATA_TABLE_VERSION, TABLE_RETRY } from '../../../canvas/dataTable.mts';
import { calledWith, settings, switchOn } from '../../../canvas/nodes.mts';
import { NO_REDIRECTS } from '../../../canvas/noRedirects.mts';
import { ADDRESSES, code, Workflow } from '../../../canvas/workflow.mts';

const HERE = 'workflows/sources/list/code';
const CELLS = [
	'lib/report/csv.ts',
	...['cells', 'csv', 'encoding', 'columns', 'unreadStatus'].map((name) => `canvas/code/list/${name}.js`),
];
const SHARED = [
	...ADDRESSES,
	'lib/directory/calendarDate.ts',
	...['values', 'directory'].map((name) => `canvas/code/sources/${name}.js`),
];

const workflow = new Workflow('Directory source: list');

/** What Settings say. */
const setting = (name: string) => `$('Settings').first().json.${name}`;
/** Three tries, as everywhere; what still fails then is said in the manifest. */
const PATIENT = { onError: 'continueRegularOutput', retry: { tries: 3, wait: 2000 } } as const;

workflow.add({
	name: 'WhenCalled',
	type: 'executeWorkflowTrigger',
	version: 1.1,
	parameters: calledWith('ask'),
	at: [0, 1],
});
workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'from', type: 'string', value: 'dataTable' },
		{ name: 'table', type: 'string', value: 'directory_people' },
		{ name: 'url', type: 'string', value: 'https://files.example.com/people.csv' },
		{ name: 'file', type: 'string', value: '/home/node/.n8n-files/people.csv' },
		{ name: 'delimiter', type: 'string', value: 'auto' },
		{ name: 'encoding', type: 'string', value: 'utf8' },
		{ name: 'closingRow', type: 'string', value: '' },
		{ name: 'expectedCount', type: 'number', value: 0 },
		{ name: 'idAttribute', type: 'string', value: 'sourceId' },
		{ name: 'emailAttribute', type: 'string', value: 'email' },
		{ name: 'columns', type: 'object', value: {} },
		{ name: 'ownWords', type: 'object', value: {} },
		{ name: 'groupPrefix', type: 'string', value: '' },
		{ name: 'scopeAttribute', type: 'string', value: '' },
		{ name: 'scopeValues', type: 'array', value: [] },
		{ name: 'timeZone', type: 'string', value: 'UTC' },
	]),
	at: [1, 1],
	once: true,
});
workflow.add({
	name: 'Question',
	type: 'code',
	version: 2,
	parameters: code(
		...SHARED,
		'canvas/code/list/columns.js',
		`${HERE}/settings.js`,
		`${HERE}/question.js`,
	),
	at: [2, 1],
});
workflow.add({
	name: 'Where from?',
	type: 'switch',
	version: 3.2,
	parameters: switchOn('$json.from', ['dataTable', 'csvUrl', 'csvFile']),
	at: [3, 1],
});

workflow.add({
	name: 'Tables',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: { resource: 'table', operation: 'list', returnAll: true, options: {} },
	at: [4, 0],
	once: true,
	always: true,
	onError: 'continueRegularOutput',
	retry: TABLE_RETRY,
});
workflow.add({
	name: 'Rows',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: {
		resource: 'row',
		operation: 'get',
		// By name, n8n would take any table whose name contains the text.
		dataTableId: {
			__rl: true,
			mode: 'id',
			value: `={{ $('Tables').all().find((table) => table.json.name === ${setting('table')})?.json.id }}`,
		},
		matchType: 'allConditions',
		filters: { conditions: [] },
		returnAll: true,
	},
	at: [5, 0],
	once: true,
	always: true,
	onError: 'continueRegularOutput',
	retry: TABLE_RETRY,
});
workflow.add({
	name: 'Download',
	type: 'httpRequest',
	version: 4.2,
	parameters: {
		url: `={{ ${setting('url')} }}`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		options: {
			timeout: 120_000,
			redirect: NO_REDIRECTS,
			response: { response: { fullResponse: true, responseFormat: 'file' } },
		},
	},
	at: [4, 1],
	once: true,
	...PATIENT,
});
workflow.add({
	name: 'File',
	type: 'readWriteFile',
	version: 1.1,
	parameters: { fileSelector: `={{ ${setting('file')} }}`, options: {} },
	at: [4, 2],
	once: true,
	always: true,
	...PATIENT,
});
workflow.add({
	name: 'Text',
	type: 'extractFromFile',
	version: 1.1,
	parameters: {
		operation: 'text',
		destinationKey: 'csv',
		// Left to itself, n8n guesses the encoding.
		options: { encoding: `={{ ${setting('encoding')} }}` },
	},
	at: [5, 1.5],
	onError: 'continueRegularOutput',
});
workflow.add({
	name: 'Answer',
	type: 'code',
	version: 2,
	parameters: code(
		...SHARED,
		...CELLS,
		'canvas/code/sources/statusWords.js',
		...['status', 'people', 'list', 'answer'].map((name) => `${HERE}/${name}.js`),
	),
	at: [6, 1],
});

workflow.chain('WhenCalled', 'Settings', 'Question', 'Where from?', 'Tables', 'Rows', 'Answer');
workflow.connect('Where from?', 'Download', { output: 1 });
workflow.connect('Where from?', 'File', { output: 2 });
workflow.chain('Download', 'Text', 'Answer');
workflow.connect('File', 'Text');

workflow.note(
	'What it does',
	`
## ${workflow.name}
A Data Table or a CSV file is the directory: *directory-sync* and the others ask here who there is (\`everybody\`). It only reads.

### Set up
1. **Settings**: \`from\` is \`dataTable\`, \`csvUrl\` or \`csvFile\`; then \`table\`, \`url\` or \`file\`.
2. **Download**, for \`csvUrl\`: pick a Header Auth credential, or another kind of authentication.
3. Does your file lie elsewhere (SFTP, SharePoint, Google Drive)? Say \`csvFile\` and put the node that fetches it in the place of **File**.
4. **Publish** this workflow. Then pick it wherever a directory source is asked for.
`,
	[-0.3, -1.4],
	[4.1, 1.2],
);
workflow.note(
	'What comes out',
	`
### What comes out
One item for each person, then the **manifest**: is the list whole?
**Nothing is lost silently.** A row that has too few or too many cells, or no ID, is left out, an ID that comes twice is given out once, and the manifest says which lines they are and that it is not complete: nobody is removed then for being absent.
A list that is cut off is noticed with \`closingRow\` or \`expectedCount\`.
`,
	[4.05, -1.4],
	[3.2, 1.2],
	4,
);
workflow.note(
	'How it reads',
	`
### How it reads
**Columns** are found by their names, in many spellings; your own go into \`columns\`, as in \`{ "Personalnummer": "sourceId" }\`. **Status words**: in the code of **Answer**; your own in \`ownWords\`, as in \`{ "Elternzeit": "onLeave" }\`. Columns such as *suspended* or *Enabled* count, too. **Groups** stand between \`;\` or \`|\`. Dates are like 2026-01-31 or 20260131.
`,
	[-0.3, 2.2],
	[3.9, 0.75],
	5,
);

export default workflow;
