import { calledWith, ifTrue, settings } from '../../../canvas/nodes.mts';
import { NO_REDIRECTS } from '../../../canvas/noRedirects.mts';
import { sourceNotes } from '../../../canvas/parts/sourceNotes.mts';
import { code, KEEPS_NO_EXECUTIONS, Workflow } from '../../../canvas/workflow.mts';

const FOLDER = 'workflows/sources/personio/code';
const SHARED = 'canvas/code/sources';
const VALUES = ['canvas/code/emailKey.js', 'lib/directory/calendarDate.ts', `${SHARED}/values.js`];
const API = 'https://api.personio.de/v2';

const workflow = new Workflow('HRIS source: Personio', KEEPS_NO_EXECUTIONS);

const coded = (name: string, at: [number, number], ...files: string[]) =>
	workflow.add({ name, type: 'code', version: 2, parameters: code(...files), at });
const isTrue = (name: string, at: [number, number], expression: string) =>
	workflow.add({ name, type: 'if', version: 2.2, parameters: ifTrue(expression), at });
const AUTHENTICATION = { authentication: 'genericCredentialType', genericAuthType: 'oAuth2Api' };

/** Personio gives the address of the next page; only the cursor in it is used, and so never another host. */
const NEXT_CURSOR =
	'={{ $response.body?._meta?.links?.next?.href ? ' +
	"decodeURIComponent(($response.body._meta.links.next.href.match(/[?&]cursor=([^&]+)/) ?? [])[1] ?? '') : undefined }}";

/** @param query expression for an object with the parameters */
const list = (name: string, at: [number, number], url: string, query: string) =>
	workflow.add({
		name,
		type: 'httpRequest',
		version: 4.2,
		parameters: {
			url,
			...AUTHENTICATION,
			sendQuery: true,
			specifyQuery: 'json',
			jsonQuery: `={{ JSON.stringify(${query}) }}`,
			options: {
				timeout: 60_000,
				redirect: NO_REDIRECTS,
				// n8n would send all requests at once.
				batching: { batch: { batchSize: 10, batchInterval: 1000 } },
				response: { response: { fullResponse: true, responseFormat: 'json' } },
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: { parameters: [{ type: 'qs', name: 'cursor', value: NEXT_CURSOR }] },
						paginationCompleteWhen: 'other',
						// A page that failed is never the last one: then n8n would take it for an answer.
						completeExpression:
							'={{ $response.statusCode === 200 && !$response.body?._meta?.links?.next?.href }}',
					},
				},
			},
		},
		at,
		retry: { tries: 3, wait: 2000 },
	});

const READING = [...VALUES, `${SHARED}/statusWords.js`, `${FOLDER}/status.js`, `${FOLDER}/people.js`];
const EVERY_EMPLOYMENT = '{ limit: "50" }';

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
		{ name: 'lastDay', type: 'string', value: 'employment' },
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
const isLeavers = isTrue('All leavers?', [3, 1], "$('Questions').first().json.ask === 'leavers'");

const inactive = list(
	'All inactive',
	[4, 0],
	`${API}/persons`,
	'{ limit: "50", status: "INACTIVE" }',
);
const whoLeft = coded('Who left', [5, 0], ...READING, `${FOLDER}/whoLeft.js`);
const nobodyLeft = isTrue('Nobody left?', [6, 0], '$json.nobody');
const ofLeavers = list(
	'Employments of leavers',
	[7, 0.4],
	`=${API}/persons/{{ $json.id }}/employments`,
	EVERY_EMPLOYMENT,
);
const leavers = coded('Leavers', [8, 0], ...READING, `${FOLDER}/leavers.js`);

const whom = coded('Whom to search', [4, 1.6], ...READING, `${FOLDER}/firstSearch.js`);
const first = list('First search', [5, 1.6], `${API}/persons`, '$json.query');
const same = coded('Same address', [6, 1.6], ...READING, `${FOLDER}/secondSearch.js`);
const second = list('Second search', [7, 1.6], `${API}/persons`, '$json.query');
const found = coded('People found', [8, 1.6], ...READING, `${FOLDER}/peopleFound.js`);
const nobody = isTrue('Nobody?', [9, 1.6], '$json.nobody');
const employments = list(
	'Employments',
	[10, 2],
	`=${API}/persons/{{ $json.id }}/employments`,
	EVERY_EMPLOYMENT,
);
const whoManages = coded('Who manages', [11, 2], ...READING, `${FOLDER}/managers.js`);
const managers = list('Managers', [12, 2], `${API}/persons`, '$json.query');
const units = coded('Departments', [13, 2], ...READING, `${FOLDER}/departments.js`);
const noUnit = isTrue('No department?', [14, 2], '$json.none');
const department = workflow.add({
	name: 'Department',
	type: 'httpRequest',
	version: 4.2,
	parameters: {
		url: `=${API}/org-units/{{ $json.id }}`,
		...AUTHENTICATION,
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'type', value: 'department' }] },
		options: {
			timeout: 60_000,
			redirect: NO_REDIRECTS,
			// n8n would send all requests at once.
			batching: { batch: { batchSize: 10, batchInterval: 1000 } },
			response: { response: { responseFormat: 'json' } },
		},
	},
	at: [15, 2.4],
	// An empty answer must not end the workflow as if there were nobody.
	always: true,
	retry: { tries: 3, wait: 2000 },
});
const answer = coded('Answer', [16, 1.6], ...READING, `${FOLDER}/answer.js`);

workflow.chain(called, set, questions, isLeavers, inactive, whoLeft, nobodyLeft, leavers);
workflow.connect(nobodyLeft, ofLeavers, { output: 1 });
workflow.chain(ofLeavers, leavers);
workflow.connect(isLeavers, whom, { output: 1 });
workflow.chain(whom, first, same, second, found, nobody, answer);
workflow.connect(nobody, employments, { output: 1 });
workflow.chain(employments, whoManages, managers, units, noUnit, answer);
workflow.connect(noUnit, department, { output: 1 });
workflow.chain(department, answer);

sourceNotes(workflow, {
	vendor: 'Personio',
	setUp: [
		'Make an **OAuth2 API** credential: grant type *Client Credentials*, access token URL `https://api.personio.de/v2/auth/token`, authentication *Body*, and the client ID and secret of your API credentials.',
		'Pick it in all nodes that ask for it.',
		'**Settings**: `lastDay` is `employment` (the end of the contract) or `work` (the last working day).',
	],
	reading:
		'People by ID and by address, then their employments, managers and departments. Of several employments the one that goes on counts. Status words: in the code of **Answer** and **Leavers**; words that are missing go into `ownWords` of Settings.',
});

export default workflow;
