import { calledWith, ifTrue, settings } from '../../../canvas/nodes.mts';
import { NO_REDIRECTS } from '../../../canvas/noRedirects.mts';
import { sourceNotes } from '../../../canvas/parts/sourceNotes.mts';
import { code, KEEPS_NO_EXECUTIONS, Workflow } from '../../../canvas/workflow.mts';

const FOLDER = 'workflows/sources/hibob/code';
const SHARED = 'canvas/code/sources';
const VALUES = ['canvas/code/emailKey.js', 'lib/directory/calendarDate.ts', `${SHARED}/values.js`];

const workflow = new Workflow('HRIS source: HiBob', KEEPS_NO_EXECUTIONS);

const search = (name: string, at: [number, number]) =>
	workflow.add({
		name,
		type: 'httpRequest',
		version: 4.2,
		parameters: {
			method: 'POST',
			url: 'https://api.hibob.com/v1/people/search',
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBasicAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify($json.body) }}',
			options: {
				timeout: 120_000,
				redirect: NO_REDIRECTS,
				response: { response: { fullResponse: true, responseFormat: 'json' } },
			},
		},
		at,
		retry: { tries: 3, wait: 5000 },
	});
const coded = (name: string, at: [number, number], ...files: string[]) =>
	workflow.add({ name, type: 'code', version: 2, parameters: code(...files), at });

const READING = [...VALUES, `${SHARED}/statusWords.js`, `${FOLDER}/status.js`, `${FOLDER}/search.js`];

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
		{ name: 'secondsBeforeReading', type: 'number', value: 20 },
		{ name: 'ownWords', type: 'object', value: {} },
	]),
	at: [1, 1],
	once: true,
});
const questions = coded(
	'Questions',
	[2, 1],
	...VALUES,
	`${SHARED}/questions.js`,
	`${FOLDER}/questions.js`,
);
const wait = workflow.add({
	name: 'Let Bob catch up',
	type: 'wait',
	version: 1.1,
	parameters: {
		// Leavers are asked for at night, about the days before.
		amount:
			"={{ $('Questions').first().json.ask === 'leavers' ? 0 : $('Settings').first().json.secondsBeforeReading }}",
	},
	at: [3, 1],
});
const first = coded('Whom to search', [4, 1], ...READING, `${FOLDER}/firstSearch.js`);
const byId = search('First search', [5, 1]);
const isLeavers = workflow.add({
	name: 'All leavers?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$('Questions').first().json.ask === 'leavers'"),
	at: [6, 1],
	once: true,
});
const leavers = coded('Leavers', [7, 0], ...READING, `${FOLDER}/leavers.js`);
const second = coded('Same address', [7, 1.5], ...READING, `${FOLDER}/secondSearch.js`);
const isNobody = workflow.add({
	name: 'No address?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue('$json.nobody'),
	at: [8, 1.5],
});
const byAddress = search('Second search', [9, 2]);
const answer = coded('Answer', [10, 1.5], ...READING, `${FOLDER}/answer.js`);

workflow.chain(called, set, questions, wait, first, byId, isLeavers, leavers);
workflow.connect(isLeavers, second, { output: 1 });
workflow.chain(second, isNobody, answer);
workflow.connect(isNobody, byAddress, { output: 1 });
workflow.chain(byAddress, answer);

sourceNotes(workflow, {
	vendor: 'Bob',
	setUp: [
		'**First search** and **Second search**: pick a Basic Auth credential with the ID of a service user as user and its token as password.',
		'**Settings**: leave `secondsBeforeReading` at 20: for so long Bob may still show what was before.',
	],
	reading:
		'One search by ID, one by address, both with former employees. Lifecycle statuses: in the code of **Answer** and **Leavers**; your company\'s own kinds of leave go into `ownWords` of Settings, as in `{ "Sabbatical": "onLeave" }`. On garden leave somebody has left, from the last day of work on.',
});

export default workflow;
