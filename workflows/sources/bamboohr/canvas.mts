import { calledWith, ifTrue, settings, switchOn } from '../../../canvas/nodes.mts';
import { NO_REDIRECTS } from '../../../canvas/noRedirects.mts';
import { rounds } from '../../../canvas/parts/readInRounds.mts';
import { sourceNotes } from '../../../canvas/parts/sourceNotes.mts';
import { code, KEEPS_NO_EXECUTIONS, Workflow } from '../../../canvas/workflow.mts';
import { RECORD_FIELDS } from './code/recordFields.mts';

const FOLDER = 'workflows/sources/bamboohr/code';
const SHARED = 'canvas/code/sources';
const VALUES = ['canvas/code/emailKey.js', 'lib/directory/calendarDate.ts', `${SHARED}/values.js`];

const workflow = new Workflow('HRIS source: BambooHR', KEEPS_NO_EXECUTIONS);

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
const kind = workflow.add({
	name: 'What is asked?',
	type: 'switch',
	version: 3.2,
	parameters: switchOn("$('WhenCalled').first().json.ask || 'person'", ['person', 'everybody']),
	at: [2, 1],
	once: true,
});
const questions = workflow.add({
	name: 'Questions',
	type: 'code',
	version: 2,
	parameters: code(
		...VALUES,
		`${SHARED}/questions.js`,
		`${FOLDER}/checked.js`,
		`${SHARED}/askable.js`,
		`${SHARED}/questionsToAsk.js`,
	),
	at: [3, 4.75],
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
	at: [4, 4.75],
	once: true,
	retry: { tries: 3, wait: 2000 },
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
	at: [5, 4.75],
});

/* People: three requests about one employee, then rounds for what is still missing */

/** A request that fails stops no other one, and the status tells a proxy's error page from an answer. */
const asking = (
	name: string,
	at: [number, number],
	{ url, query, batching }: { url: string; query?: Record<string, string>; batching?: Record<string, unknown> },
) =>
	workflow.add({
		name,
		type: 'httpRequest',
		version: 4.2,
		parameters: {
			url,
			...AUTHENTICATION,
			...(query === undefined
				? {}
				: {
						sendQuery: true,
						queryParameters: { parameters: Object.entries(query).map(([key, value]) => ({ name: key, value })) },
					}),
			options: {
				timeout: 60_000,
				redirect: NO_REDIRECTS,
				...(batching === undefined ? {} : { batching }),
				response: {
					response: {
						fullResponse: true,
						neverError: true,
						responseFormat: 'text',
						outputPropertyName: 'data',
					},
				},
			},
		},
		at,
		onError: 'continueRegularOutput',
	});

const ASKED = "($('WhenCalled').first().json.employeeId ?? '').toString().trim()";
// BambooHR reads employee 0 as the owner of the API key.
const byId = workflow.add({
	name: 'Is there an ID?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue(`/^[1-9]\\d*$/.test(${ASKED})`),
	at: [3, 0.5],
});
const FIELD = "$('Settings').first().json.emailField";
const FIELDS_OF_RECORD = ['status', `{{ ${FIELD} }}`, ...RECORD_FIELDS];
const record = asking('Ask for the record', [4, 0], {
	url: `=${SITE}/{{ ${ASKED} }}?fields=${FIELDS_OF_RECORD.join(',')}`,
});
const statuses = asking('Ask for the statuses', [5, 0], { url: `=${SITE}/{{ ${ASKED} }}/tables/employmentStatus` });
// BambooHR returns every address that contains the text, so the query leaves out the domain, and People compares
// whole addresses. BambooHR cannot filter by "bestEmail". An empty URL is an error, and nothing is sent.
const ADDRESS = `String(JSON.parse($('Ask for the record').first().json.data)[${FIELD}] ?? '').trim().toLowerCase()`;
const sameAddress = asking('Ask who else has the address', [6, 0], {
	url: `={{ ${FIELD} !== 'bestEmail' && ${ADDRESS}.includes('@') ? 'https://' + $('Settings').first().json.company + '.bamboohr.com/api/v1/employees' : '' }}`,
	query: {
		[`=filter[{{ ${FIELD} }}]`]: `={{ ${ADDRESS}.slice(0, ${ADDRESS}.lastIndexOf('@') + 1) }}`,
		fields: `={{ ${FIELD} }}`,
		'page[limit]': '2500',
	},
});
const people = workflow.add({
	name: 'People',
	type: 'code',
	version: 2,
	parameters: code(
		...VALUES,
		`${SHARED}/questions.js`,
		`${SHARED}/statusWords.js`,
		`${SHARED}/rounds.js`,
		`${FOLDER}/status.js`,
		`${FOLDER}/checked.js`,
		`${SHARED}/askable.js`,
		`${FOLDER}/recordFields.mts`,
		`${FOLDER}/people.js`,
	),
	at: [7, 0.5],
});
const next = workflow.add({
	name: 'Anything to ask?',
	type: 'switch',
	version: 3.2,
	parameters: switchOn("!$json.url ? 'answered' : $json.pause > 0 ? 'later' : 'now'", [
		'answered',
		'now',
		'later',
	]),
	at: [8, 0.5],
});
const later = workflow.add({
	name: 'Pause for people',
	type: 'wait',
	version: 1.1,
	parameters: { amount: '={{ $json.pause }}' },
	at: [9, 1],
});
// n8n would send all requests at once.
const askPeople = asking('Ask about people', [10, 0.5], {
	url: '={{ $json.url }}',
	batching: { batch: { batchSize: 10, batchInterval: 1000 } },
});

workflow.chain(called, set, kind, byId, record, statuses, sameAddress, people, next);
workflow.connect(byId, people, { output: 1 });
workflow.connect(next, askPeople, { output: 1 });
workflow.connect(next, later, { output: 2 });
workflow.chain(later, askPeople, people);
workflow.connect(kind, questions, { output: 2 });
workflow.chain(questions, all, leavers);

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
const toReadAll = rounds(workflow, [3, 2.75], {
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
workflow.connect(kind, toReadAll, { output: 1 });

sourceNotes(workflow, {
	vendor: 'BambooHR',
	setUp: [
		"**All employees** and every **Ask**: pick a Basic Auth credential with the API key as user and `x` as password (n8n's BambooHR credential cannot be used there).",
		'**Settings**: `company`, the part of your address before `.bamboohr.com`.',
	],
	reading:
		'The record comes first, then the employment statuses, which know a last day to come and a rehire, then who else has the same address. What is still missing then, or failed, is asked for in rounds. Status words: in the code of **People** and **Leavers**; your company\'s own go into `ownWords` of Settings, as in `{ "Career break": "onLeave" }`.',
	// The line to what reads everybody runs beside it.
	readingSize: [2.75, 1.3],
});
workflow.note(
	'Everybody',
	`
### Everybody
Asked for \`everybody\`, it is a directory: *directory-sync* can pick it, too. **To read** says which page is next, **Ask** fetches it, **Everybody** gives out one item for each employee, with groups from \`groupsFrom\` (\`department\`, \`division\`, \`location\`) and \`groupRules\` of Settings, then the manifest. Where a page fails, what was read is given out and the manifest says that it is not complete.
`,
	[7.1, 2.3],
	[3.6, 1.3],
	4,
);

export default workflow;
