import { calledWith, ifTrue, settings } from '../../../canvas/nodes.mts';
import { NO_REDIRECTS } from '../../../canvas/noRedirects.mts';
import { rounds } from '../../../canvas/parts/readInRounds.mts';
import { sourceNotes } from '../../../canvas/parts/sourceNotes.mts';
import { code, Workflow } from '../../../canvas/workflow.mts';

const FOLDER = 'workflows/sources/bamboohr/code';
const SHARED = 'canvas/code/sources';
const VALUES = ['canvas/code/emailKey.js', 'lib/directory/calendarDate.ts', `${SHARED}/values.js`];

const workflow = new Workflow('HRIS source: BambooHR');

const called = workflow.add({
	name: 'WhenCalled',
	type: 'executeWorkflowTrigger',
	version: 1.1,
	parameters: calledWith('ask', 'employeeId', 'companyId', 'email', 'since'),
	at: [0, 1],
});
const set = workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'company', type: 'string', value: 'yourcompany' },
		{ name: 'emailField', type: 'string', value: 'workEmail' },
		{ name: 'ownWords', type: 'object', value: {} },
		{ name: 'groupsFrom', type: 'array', value: ['department'] },
		{ name: 'groupRules', type: 'array', value: [] },
		{ name: 'scopeAttribute', type: 'string', value: '' },
		{ name: 'scopeValues', type: 'array', value: [] },
		{ name: 'timeZone', type: 'string', value: 'UTC' },
	]),
	at: [1, 1],
	once: true,
});
const isEverybody = workflow.add({
	name: 'Everybody?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$('WhenCalled').first().json.ask === 'everybody'"),
	at: [2, 1],
	once: true,
});
const questions = workflow.add({
	name: 'Questions',
	type: 'code',
	version: 2,
	parameters: code(...VALUES, `${SHARED}/questions.js`, `${FOLDER}/questions.js`),
	at: [3, 1],
});

const SITE = "https://{{ $('Settings').first().json.company }}.bamboohr.com/api/v1/employees";
const AUTHENTICATION = {
	authentication: 'genericCredentialType',
	genericAuthType: 'httpBasicAuth',
};
const FIELDS_OF_LIST = [
	'displayName',
	'hireDate',
	'terminationDate',
	'employmentStatusName',
	'departmentName',
	'divisionName',
	'employeeNumber',
	'reportsToId',
];
const all = workflow.add({
	name: 'All employees',
	type: 'httpRequest',
	version: 4.2,
	parameters: {
		url: `=${SITE}`,
		...AUTHENTICATION,
		sendQuery: true,
		queryParameters: {
			parameters: [
				{
					name: 'fields',
					value: `={{ $('Settings').first().json.emailField }},${FIELDS_OF_LIST.join(',')}`,
				},
				{ name: 'page[limit]', value: '2500' },
			],
		},
		options: {
			timeout: 60_000,
			redirect: NO_REDIRECTS,
			response: { response: { fullResponse: true, responseFormat: 'json' } },
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [
							{
								type: 'qs',
								name: 'page[after]',
								value: '={{ $response.body?.meta?.page?.nextCursor ?? undefined }}',
							},
						],
					},
					paginationCompleteWhen: 'other',
					// A page that failed is never the last one: then n8n would take it for an answer.
					completeExpression:
						'={{ $response.statusCode === 200 && !$response.body?.meta?.page?.nextCursor }}',
				},
			},
		},
	},
	at: [4, 1],
	once: true,
	retry: { tries: 3, wait: 2000 },
});
const isLeavers = workflow.add({
	name: 'All leavers?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$('Questions').first().json.ask === 'leavers'"),
	at: [5, 1],
	once: true,
});
const leavers = workflow.add({
	name: 'Leavers',
	type: 'code',
	version: 2,
	parameters: code(
		...VALUES,
		`${SHARED}/statusWords.js`,
		`${FOLDER}/status.js`,
		`${FOLDER}/list.js`,
		`${FOLDER}/leavers.js`,
	),
	at: [6, 0],
});
const toRead = workflow.add({
	name: 'Records to read',
	type: 'code',
	version: 2,
	parameters: code(...VALUES, `${FOLDER}/list.js`, `${FOLDER}/recordsToRead.js`),
	at: [6, 1.5],
});
const isNobody = workflow.add({
	name: 'Nobody?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue('$json.nobody'),
	at: [7, 1.5],
});
const employee = workflow.add({
	name: 'Employee',
	type: 'bambooHr',
	version: 1,
	parameters: {
		resource: 'employee',
		operation: 'get',
		employeeId: '={{ $json.employeeId }}',
		options: {
			fields: [
				'status',
				"={{ $('Settings').first().json.emailField }}",
				'displayName',
				'firstName',
				'lastName',
				'jobTitle',
				'department',
				'division',
				'employeeNumber',
				'supervisorEmail',
				'hireDate',
				'terminationDate',
			],
		},
	},
	at: [8, 2],
	// An empty answer must not end the workflow as if there were nobody.
	always: true,
	retry: { tries: 3, wait: 2000 },
});
const statuses = workflow.add({
	name: 'Employment statuses',
	type: 'httpRequest',
	version: 4.2,
	parameters: {
		url: `=${SITE}/{{ $('Records to read').itemMatching($itemIndex).json.employeeId }}/tables/employmentStatus`,
		...AUTHENTICATION,
		options: {
			timeout: 60_000,
			redirect: NO_REDIRECTS,
			// n8n would send all requests at once.
			batching: { batch: { batchSize: 10, batchInterval: 1000 } },
			response: { response: { fullResponse: true, responseFormat: 'json' } },
		},
	},
	at: [9, 2],
	retry: { tries: 3, wait: 2000 },
});
const answer = workflow.add({
	name: 'Answer',
	type: 'code',
	version: 2,
	parameters: code(
		...VALUES,
		`${SHARED}/statusWords.js`,
		`${FOLDER}/status.js`,
		`${FOLDER}/list.js`,
		`${FOLDER}/answer.js`,
	),
	at: [10, 1.5],
});

workflow.chain(called, set, isEverybody);
workflow.connect(isEverybody, questions, { output: 1 });
workflow.chain(questions, all, isLeavers, leavers);
workflow.connect(isLeavers, toRead, { output: 1 });
workflow.chain(toRead, isNobody, answer);
workflow.connect(isNobody, employee, { output: 1 });
workflow.chain(employee, statuses, answer);

/* Everybody: page by page, so that what was read is given out where a page fails */

const ROUNDS = [
	...VALUES,
	`${SHARED}/directory.js`,
	'canvas/code/dates.js',
	'canvas/code/groupRules.js',
	`${FOLDER}/everybodySettings.js`,
	`${SHARED}/rounds.js`,
	`${FOLDER}/everybodyRequests.js`,
];
const toReadAll = rounds(workflow, [3, 3.75], {
	reading: ROUNDS,
	answer: {
		name: 'Everybody',
		files: [
			`${SHARED}/statusWords.js`,
			`${FOLDER}/status.js`,
			`${FOLDER}/everybodyPerson.js`,
			`${SHARED}/whatWasRead.js`,
			`${FOLDER}/everybody.js`,
		],
	},
	authentication: AUTHENTICATION,
});
workflow.connect(isEverybody, toReadAll);

sourceNotes(workflow, {
	vendor: 'BambooHR',
	setUp: [
		'**Employee**: pick a BambooHR credential.',
		"**All employees**, **Employment statuses** and **Ask**: pick a Basic Auth credential with the API key as user and `x` as password (n8n's BambooHR credential cannot be used there).",
		'**Settings**: `company`, the part of your address before `.bamboohr.com`.',
	],
	reading:
		'The list of all employees, also former ones, says which records there are. Each is then read by itself, with its employment statuses: they know a last day to come, and a rehire. Status words: in the code of **Answer** and **Leavers**; your company\'s own go into `ownWords` of Settings, as in `{ "Career break": "onLeave" }`.',
	// The line to what reads everybody runs beside it.
	readingSize: [2.75, 1.3],
});
workflow.note(
	'Everybody',
	`
### Everybody
Asked for \`everybody\`, it is a directory: *directory-sync* can pick it, too. **To read** says which page is next, **Ask** fetches it, **Everybody** gives out one item for each employee, with groups from \`groupsFrom\` (\`department\`, \`division\`, \`location\`) and \`groupRules\` of Settings, then the manifest. Where a page fails, what was read is given out and the manifest says that it is not complete.
`,
	[7.1, 3.9],
	[3.6, 1.3],
	4,
);

export default workflow;
