import { calledWith, ifTrue, settings } from '../../../canvas/nodes.mts';
import { NO_REDIRECTS } from '../../../canvas/noRedirects.mts';
import { sourceNotes } from '../../../canvas/parts/sourceNotes.mts';
import { code, KEEPS_NO_EXECUTIONS, Workflow } from '../../../canvas/workflow.mts';

const FOLDER = 'workflows/sources/deel/code';
const SHARED = 'canvas/code/sources';
const VALUES = ['canvas/code/emailKey.js', 'lib/directory/calendarDate.ts', `${SHARED}/values.js`];
const USERS = 'https://api.letsdeel.com/scim/v2/Users';

const workflow = new Workflow('HRIS source: Deel', KEEPS_NO_EXECUTIONS);

const coded = (name: string, at: [number, number], ...files: string[]) =>
	workflow.add({ name, type: 'code', version: 2, parameters: code(...files), at });
const isTrue = (name: string, at: [number, number], expression: string) =>
	workflow.add({ name, type: 'if', version: 2.2, parameters: ifTrue(expression), at });

/**
 * A request with pages, even where one page is all: where n8n is told when an answer is complete, it
 * fails for every other status, is tried again, and still hands Deel's own "not found" on.
 */
const request = (
	name: string,
	at: [number, number],
	url: string,
	complete: Record<string, string>,
	query: Record<string, string> = {},
	nextStart?: string,
) =>
	workflow.add({
		name,
		type: 'httpRequest',
		version: 4.2,
		parameters: {
			url,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBearerAuth',
			...(Object.keys(query).length === 0
				? {}
				: {
						sendQuery: true,
						queryParameters: {
							parameters: Object.entries(query).map(([key, value]) => ({ name: key, value })),
						},
					}),
			options: {
				timeout: 60_000,
				redirect: NO_REDIRECTS,
				// n8n would send all requests at once.
				batching: { batch: { batchSize: 5, batchInterval: 1000 } },
				response: { response: { fullResponse: true, responseFormat: 'json' } },
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: {
							parameters:
								nextStart === undefined
									? []
									: [{ type: 'qs', name: 'startIndex', value: nextStart }],
						},
						...complete,
					},
				},
			},
		},
		at,
		retry: { tries: 3, wait: 2000 },
	});

const PAGE = 99;
const LAST_PAGE = {
	paginationCompleteWhen: 'other',
	completeExpression:
		'={{ $response.statusCode === 200 && !($response.body.Resources?.length > 0 && ' +
		'$response.body.startIndex + $response.body.Resources.length <= $response.body.totalResults) }}',
};
const FOUND_OR_NOT = {
	paginationCompleteWhen: 'receiveSpecificStatusCodes',
	statusCodesWhenComplete: '200,404',
};
const NEXT_START =
	'={{ $response.body?.Resources ? $response.body.startIndex + $response.body.Resources.length : 1 }}';

const DAYS = 'hris-trigger/lib/dayEdge.ts';
const READING = [...VALUES, DAYS, `${SHARED}/statusWords.js`, `${FOLDER}/status.js`, `${FOLDER}/users.js`];

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
		{ name: 'emailType', type: 'string', value: 'work' },
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
const all = request('All people', [4, 0], USERS, LAST_PAGE, { count: String(PAGE) }, NEXT_START);
const leavers = coded('Leavers', [5, 0], ...READING, `${FOLDER}/leavers.js`);

const ids = coded('IDs', [4, 1.5], `${FOLDER}/ids.js`);
const noId = isTrue('No ID?', [5, 1.5], '$json.nobody');
const byId = request('By ID', [6, 2], `=${USERS}/{{ $json.employeeId }}`, FOUND_OR_NOT);
const addresses = coded('Addresses', [7, 1.5], ...READING, `${FOLDER}/addresses.js`);
const noAddress = isTrue('No address?', [8, 1.5], '$json.nobody');
const byAddress = request(
	'By address',
	[9, 2],
	USERS,
	LAST_PAGE,
	{ count: String(PAGE), filter: '=email eq "{{ $json.email }}"' },
	NEXT_START,
);
const answer = coded('Answer', [10, 1.5], ...READING, `${FOLDER}/answer.js`);

workflow.chain(called, set, questions, isLeavers, all, leavers);
workflow.connect(isLeavers, ids, { output: 1 });
workflow.chain(ids, noId, addresses, noAddress, answer);
workflow.connect(noId, byId, { output: 1 });
workflow.chain(byId, addresses);
workflow.connect(noAddress, byAddress, { output: 1 });
workflow.chain(byAddress, answer);

sourceNotes(workflow, {
	vendor: 'Deel',
	setUp: [
		'**All people**, **By ID** and **By address**: pick a Bearer Auth credential with an organization token that has the scope `users:read`.',
	],
	reading:
		"Deel's SCIM API, by ID and by address. It shows only people who have a work address. Hiring statuses: in the code of **Answer** and **Leavers**; words that are missing go into `ownWords` of Settings.",
});

export default workflow;
