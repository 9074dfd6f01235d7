import {
	TABLE_RETRY,
	createTable,
	DATA_TABLE_VERSION,
	getRows,
	insertRow,
	updateRows,
} from '../../canvas/dataTable.mts';
import { calledWith, ifTrue, settings, switchOn } from '../../canvas/nodes.mts';
import { storeAlarms } from '../../canvas/parts/alarm.mts';
import { emergencyResults as results, scheduledChanges } from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';

const TABLE = 'Results table';
const HERE = 'workflows/emergency-lockdown/code';
const APPS = ['Notion', 'Entra', 'Okta', 'Google'];

const workflow = new Workflow('Emergency lockdown');
const add = workflow.add.bind(workflow);
const chain = workflow.chain.bind(workflow);
const connect = workflow.connect.bind(workflow);

type Place = [column: number, row: number];

const script = (name: string, at: Place, ...files: string[]) =>
	add({
		name,
		type: 'code',
		version: 2,
		parameters: code(...ADDRESSES, `${HERE}/protected.js`, ...files.map((file) => `${HERE}/${file}.js`)),
		at,
	});

const asks = (name: string, at: Place, expression: string) =>
	add({ name, type: 'if', version: 2.2, parameters: ifTrue(expression), at });

/** Columns that are called as the item's fields are. */
const fromItem = (columns: string[]) =>
	Object.fromEntries(columns.map((column) => [column, `={{ $json.${column} }}`]));

const changeRow = (name: string, at: Place, table: string, ...columns: string[]) =>
	add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: updateRows(
			results,
			table,
			[['entry', 'eq', '={{ $json.entry }}']],
			fromItem(columns),
		),
		at,
	});

/* Triggers */

add({
	name: 'HrisEvents',
	type: 'n8n-nodes-hris-trigger.hrisTrigger',
	version: 1,
	parameters: { timeZone: 'UTC', kinds: ['accessRevoked'], includeRaw: true },
	at: [0, 0],
});
add({
	name: 'HrisWebhook',
	type: 'webhook',
	version: 2,
	parameters: {
		httpMethod: 'POST',
		path: 'notion-emergency',
		authentication: 'headerAuth',
		responseMode: 'onReceived',
		options: {},
	},
	at: [0, 1],
});
add({
	name: 'ConfirmForm',
	type: 'formTrigger',
	version: 2.6,
	parameters: {
		authentication: 'n8nUserAuth',
		requireExecuteAccess: true,
		formTitle: 'Confirm an emergency lockdown',
		formDescription:
			'The mail about the waiting request names the people and has the code. Nothing happens before you submit. Your name is recorded.',
		formFields: {
			values: [
				{ fieldName: 'request', fieldLabel: 'Code of the request', fieldType: 'text', requiredField: true },
				{
					fieldName: 'decision',
					fieldLabel: 'Decision',
					fieldType: 'dropdown',
					fieldOptions: {
						values: [{ option: 'Leave these people alone' }, { option: 'Lock these people out' }],
					},
					requiredField: true,
				},
			],
		},
		responseMode: 'onReceived',
		options: {
			path: 'notion-emergency-confirm',
			buttonLabel: 'Decide',
			respondWithOptions: {
				values: {
					respondWith: 'text',
					formSubmittedText:
						'Your decision is being checked. What comes of it stands in the Data Table emergency_results; what goes wrong comes by mail.',
				},
			},
		},
	},
	at: [0, 2],
});
add({
	name: 'EveryFiveMinutes',
	type: 'scheduleTrigger',
	version: 1.2,
	parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 5 }] } },
	at: [0, 3],
});

/* What all of them need */

add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'apps', type: 'array', value: APPS },
		{ name: 'protectedResponders', type: 'array', value: ['security@example.com'] },
		{ name: 'limitPeople', type: 'number', value: 5 },
		{ name: 'limitHours', type: 'number', value: 1 },
		{ name: 'confirmers', type: 'array', value: [] },
		{ name: 'confirmWithinHours', type: 'number', value: 4 },
		{ name: 'notFoundIsTrouble', type: 'boolean', value: true },
		{ name: 'oktaUrl', type: 'string', value: 'https://example.okta.com' },
		{ name: 'patienceSeconds', type: 'number', value: 90 },
	]),
	at: [1, 1.5],
	once: true,
});
for (const trigger of ['HrisEvents', 'HrisWebhook', 'ConfirmForm', 'EveryFiveMinutes']) {
	connect(trigger, 'Settings');
}
add({
	name: TABLE,
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: createTable(results),
	at: [2, 1.5],
	retry: TABLE_RETRY,
	once: true,
});
add({
	name: 'Door',
	type: 'switch',
	version: 3.2,
	parameters: switchOn(
		"$('ConfirmForm').isExecuted ? 'decision' : $('EveryFiveMinutes').isExecuted ? 'clock' : 'call'",
		['call', 'decision', 'clock'],
	),
	at: [3, 1.5],
});
chain('Settings', TABLE, 'Door');

/* A call */

script('People', [4, 0], 'calls', 'people');
const written = [
	...['entry', 'request', 'execution', 'door', 'source', 'authenticity', 'requestedBy', 'reason'],
	...['reference', 'person', 'app', 'outcome', 'error', 'askedAt'],
];
add({
	name: 'Store intentions',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: {
		...insertRow(results, TABLE, {
			...fromItem(written),
			verified: false,
			attempts: 1,
		}),
		options: { optimizeBulk: true },
	},
	at: [5, 0],
});
/** What the limit looks at. */
const window = getRows(TABLE, [
	[
		'askedAt',
		'gte',
		"={{ new Date(Date.now() - $('Settings').first().json.limitHours * 3600000).toISOString() }}",
	],
]);
add({
	name: 'Rows of the window',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: window,
	at: [6, 0],
	retry: TABLE_RETRY,
	once: true,
});
script('Decide', [7, 0], 'limit', 'decide');
connect('Door', 'People', { output: 0 });
chain('People', 'Store intentions', 'Rows of the window', 'Decide');

/* The four apps, each in an execution of its own */

add({ name: 'Act', type: 'noOp', version: 1, at: [10, 0.375] });
for (const [index, app] of APPS.entries()) {
	add({
		name: `Start ${app}`,
		type: 'executeWorkflow',
		version: 1.2,
		parameters: {
			workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
			workflowInputs: {
				mappingMode: 'defineBelow',
				value: {
					app,
					order: '={{ JSON.stringify($json.order) }}',
					table: `={{ $('${TABLE}').first().json.id }}`,
				},
				matchingColumns: [],
				schema: ['app', 'order', 'table'].map((id) => ({
					id,
					displayName: id,
					required: false,
					defaultMatch: false,
					display: true,
					canBeUsedToMatch: true,
					type: 'string',
				})),
				attemptToConvertTypes: false,
				convertFieldsToString: false,
			},
			mode: 'once',
			options: { waitForSubWorkflow: false },
		},
		at: [11, -0.75 + index * 0.75],
		onError: 'continueRegularOutput',
	});
}

/* What is set aside */

add({
	name: 'Code of the request',
	type: 'set',
	version: 3.4,
	parameters: settings(
		[
			{
				name: 'code',
				type: 'string',
				value: '={{ JSON.stringify([$json.people, $json.waiting]).hash("sha256").slice(0, 10) }}',
			},
		],
		{ keepInput: true },
	),
	at: [10, 2.75],
});
script('Rows set aside', [11, 2.75], 'listed', 'rowsSetAside');
changeRow('Store what is set aside', [12, 2.75], TABLE, 'outcome', 'error', 'code', 'expiresAt');
const waitingAlarms = storeAlarms(workflow, [13, 2.75], 'Rows set aside', ' of waiting');
connect('Decide', 'Act');
connect('Decide', 'Code of the request');
for (const app of APPS) connect('Act', `Start ${app}`);
chain('Code of the request', 'Rows set aside', 'Store what is set aside', waitingAlarms.first);

/* The end of a call */

add({ name: 'Let the apps work', type: 'wait', version: 1.1, parameters: { amount: 1 }, at: [10, 4.3] });
add({
	name: 'Rows of this execution',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows(TABLE, [['execution', 'eq', '={{ $execution.id }}']]),
	at: [11, 4.3],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
script('Over?', [12, 4.3], 'over');
asks('Is it over?', [13, 4.3], '$json.isOver');
script('Report', [14, 4.3], 'verdict', 'listed', 'report');
script('Rows without result', [15, 3.95], 'unanswered');
add({
	name: 'Store no result',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(
		results,
		TABLE,
		[
			['entry', 'eq', '={{ $json.entry }}'],
			['outcome', 'eq', 'intended'],
		],
		{ outcome: 'notVerified', error: 'No result came in time.' },
	),
	at: [16, 3.95],
});
asks('Anything to tell?', [15, 4.7], '$json.isRed');
const alarms = storeAlarms(workflow, [16, 4.7], 'Report');
add({
	name: 'Not everything done',
	type: 'stopAndError',
	version: 1,
	parameters: { errorMessage: "={{ $('Report').first().json.text }}" },
	at: [19, 4.7],
});
connect('Decide', 'Let the apps work');
chain('Let the apps work', 'Rows of this execution', 'Over?', 'Is it over?');
connect('Is it over?', 'Report', { output: 0 });
connect('Is it over?', 'Let the apps work', { output: 1 });
chain('Report', 'Rows without result', 'Store no result');
connect('Report', 'Anything to tell?');
chain('Anything to tell?', alarms.first);
chain(alarms.last, 'Not everything done');

/* A decision */

add({
	name: 'Rows of the code',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows(TABLE, [['code', 'eq', "={{ String($('ConfirmForm').first().json.request).trim() || 'none' }}"]]),
	at: [4, 5.25],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
script('Decision', [5, 5.25], 'approval', 'decision');
asks('Does it count?', [6, 5.25], '$json.isAccepted');
script('Rows decided', [7, 5], 'rowsDecided');
add({
	name: 'Store decision',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(
		results,
		TABLE,
		[
			['entry', 'eq', '={{ $json.entry }}'],
			['outcome', 'eq', 'waitsForPerson'],
		],
		{
			...fromItem(['outcome', 'error', 'decidedBy', 'assurance', 'decidedAt']),
			execution: '={{ $execution.id }}',
		},
	),
	at: [8, 5],
});
script('Act on confirmed', [9, 5], 'limit', 'actOnConfirmed');
add({
	name: 'Decision refused',
	type: 'stopAndError',
	version: 1,
	parameters: { errorMessage: '={{ $json.refusal }}' },
	at: [7, 5.75],
});
connect('Door', 'Rows of the code', { output: 1 });
chain('Rows of the code', 'Decision', 'Does it count?');
connect('Does it count?', 'Rows decided', { output: 0 });
connect('Does it count?', 'Decision refused', { output: 1 });
chain('Rows decided', 'Store decision', 'Act on confirmed');
connect('Act on confirmed', 'Act');
connect('Act on confirmed', 'Let the apps work');

/* The clock */

add({
	name: 'Open rows',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows(
		TABLE,
		[
			['outcome', 'eq', 'waitsForPerson'],
			['outcome', 'eq', 'intended'],
		],
		{ match: 'any' },
	),
	at: [4, 7.3],
	retry: TABLE_RETRY,
	once: true,
});
add({
	name: 'Window of the clock',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: window,
	at: [5, 7.3],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
script('Overdue', [6, 7.3], 'limit', 'listed', 'overdueRows', 'overdue');
changeRow('Store what is overdue', [7, 7.3], TABLE, 'outcome', 'error', 'attempts', 'execution');
const overdueAlarms = storeAlarms(workflow, [8, 7.75], 'Overdue', ' of overdue');
script('Act again', [9, 6.95], 'limit', 'actAgain');
connect('Door', 'Open rows', { output: 2 });
chain('Open rows', 'Window of the clock', 'Overdue', 'Store what is overdue', 'Act again');
connect('Store what is overdue', overdueAlarms.first);
connect('Act again', 'Act');
connect('Act again', 'Code of the request');
connect('Act again', 'Let the apps work');

/* One app */

add({
	name: 'WhenCalled',
	type: 'executeWorkflowTrigger',
	version: 1.1,
	parameters: calledWith('app', 'order', 'table'),
	at: [0, 11.75],
});
script('Account list', [1, 11.75], 'accountList');
add({
	name: 'App',
	type: 'switch',
	version: 3.2,
	parameters: switchOn('$json.app', APPS),
	at: [2, 11.75],
});
chain('WhenCalled', 'Account list', 'App');

interface Ask {
	credential: string;
	method?: string;
	url: string;
	query?: Record<string, string>;
	body?: Record<string, unknown>;
	/** Only where the answer 401 need not renew a token: n8n does that for errors alone. */
	statusIsNoError?: boolean;
}

const request = (name: string, at: Place, { credential, method = 'GET', url, query, body, statusIsNoError }: Ask) =>
	add({
		name,
		type: 'httpRequest',
		version: 4.5,
		parameters: {
			method,
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credential,
			...(query
				? {
						sendQuery: true,
						queryParameters: {
							parameters: Object.entries(query).map(([key, value]) => ({ name: key, value })),
						},
					}
				: {}),
			...(body ? { sendBody: true, specifyBody: 'json', jsonBody: JSON.stringify(body) } : {}),
			options: {
				timeout: 10_000,
				redirect: { redirect: { followRedirects: false } },
				response: {
					response: { fullResponse: true, ...(statusIsNoError ? { neverError: true } : {}) },
				},
			},
		},
		at,
		onError: 'continueRegularOutput',
	});

add({
	name: 'Store result',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(
		results,
		'Account list',
		[['entry', 'eq', '={{ $json.entry }}']],
		fromItem(['outcome', 'verified', 'ms', 'error', 'account', 'evidence', 'endedAt']),
	),
	at: [16.25, 11.75],
});
// Whoever was removed from Notion: offboarding-sweep looks whether they come back.
add({
	name: 'Changes table',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: createTable(scheduledChanges),
	at: [17.5, 11.75],
	retry: TABLE_RETRY,
	once: true,
});
script('Rows to watch', [18.5, 11.75], 'watchRows', 'rowsToWatch');
add({
	name: 'Store rows to watch',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: insertRow(scheduledChanges, 'Changes table', {
		...fromItem(['kind', 'state', 'dueAt', 'source', 'email', 'displayName', 'userId', 'about']),
		...fromItem(['attempts', 'note']),
	}),
	at: [19.5, 11.75],
});
chain('Store result', 'Changes table', 'Rows to watch', 'Store rows to watch');
const ends = (name: string, at: Place, ...files: string[]) => {
	const last = script(name, at, 'answers', ...files);
	connect(last, 'Store result');
	return last;
};

/* Notion */

add({
	name: 'Lock down in Notion',
	type: 'n8n-nodes-notion-scim.notionScim',
	version: 1,
	parameters: {
		resource: 'user',
		operation: 'lockDown',
		user: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
		reason: "={{ $json.reason || 'Emergency lockdown' }}",
		reference: '={{ $json.reference }}',
		requestedBy: '={{ $json.requestedBy }}',
		options: { removalLimit: '={{ $json.peopleCount }}' },
	},
	at: [4, 9.25],
	onError: 'continueErrorOutput',
});
// Read after the removal, so as not to delay it.
add({
	name: 'Earlier in Notion',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows('Account list', [
		['app', 'eq', 'Notion'],
		['verified', 'isTrue'],
	]),
	at: [5, 9.25],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
ends('Notion results', [15, 9.25], 'notionOutcome', 'notionResults');
connect('App', 'Lock down in Notion', { output: 0 });
connect('Lock down in Notion', 'Earlier in Notion', { output: 0 });
connect('Lock down in Notion', 'Earlier in Notion', { output: 1 });
connect('Earlier in Notion', 'Notion results');

/* Entra, Okta, Google: find, ask whether to act, act, read again */

const account = (node: string) => `{{ $('${node}').item.json.account }}`;

const ENTRA = 'microsoftEntraServicePrincipalApi';
const GRAPH = 'https://graph.microsoft.com/v1.0/users';
const SELECT = 'id,userPrincipalName,mail,accountEnabled,signInSessionsValidFromDateTime';
const entraAccount = `=${GRAPH}/${account('Entra accounts')}`;
request('Find in Entra', [4, 10.6], {
	credential: ENTRA,
	url: GRAPH,
	query: {
		$filter: `={{ ((name) => "userPrincipalName eq '" + name + "' or mail eq '" + name + "'")($json.email.replaceAll("'", "''")) }}`,
		$select: SELECT,
	},
});
script('Entra accounts', [5, 10.6], 'answers', 'entraAccounts');
asks('Found in Entra?', [6, 10.6], 'Boolean($json.account)');
request('Disable in Entra', [7, 10.15], {
	credential: ENTRA,
	method: 'PATCH',
	url: entraAccount,
	body: { accountEnabled: false },
});
request('End sessions in Entra', [8, 10.15], {
	credential: ENTRA,
	method: 'POST',
	url: `${entraAccount}/revokeSignInSessions`,
});
request('Read again in Entra', [9, 10.15], { credential: ENTRA, url: entraAccount, query: { $select: SELECT } });
ends('Entra results', [15, 10.15], 'entraResults');
ends('Not in Entra', [15, 11.10], 'otherResults');
connect('App', 'Find in Entra', { output: 1 });
chain('Find in Entra', 'Entra accounts', 'Found in Entra?');
chain('Found in Entra?', 'Disable in Entra', 'End sessions in Entra', 'Read again in Entra', 'Entra results');
connect('Found in Entra?', 'Not in Entra', { output: 1 });

const OKTA = 'oktaApi';
const oktaUsers = "={{ $('Account list').first().json.oktaUrl }}/api/v1/users";
const oktaAccount = `${oktaUsers}/${account('Okta accounts')}`;
request('Find in Okta', [4, 12.25], {
	credential: OKTA,
	url: oktaUsers,
	query: {
		filter: `={{ ((name) => 'profile.login eq "' + name + '" or profile.email eq "' + name + '"')($json.email.replace(/["\\\\]/g, '\\\\$&')) }}`,
	},
	statusIsNoError: true,
});
script('Okta accounts', [5, 12.25], 'answers', 'oktaAccounts');
asks('Found in Okta?', [6, 12.25], 'Boolean($json.account)');
request('Suspend in Okta', [7, 11.80], {
	credential: OKTA,
	method: 'POST',
	url: `${oktaAccount}/lifecycle/suspend`,
	statusIsNoError: true,
});
request('End sessions in Okta', [8, 11.80], {
	credential: OKTA,
	method: 'DELETE',
	url: `${oktaAccount}/sessions`,
	query: { oauthTokens: 'true' },
	statusIsNoError: true,
});
request('Read again in Okta', [9, 11.80], { credential: OKTA, url: oktaAccount, statusIsNoError: true });
ends('Okta results', [15, 11.80], 'oktaResults');
ends('Not in Okta', [15, 12.75], 'otherResults');
connect('App', 'Find in Okta', { output: 2 });
chain('Find in Okta', 'Okta accounts', 'Found in Okta?');
chain('Found in Okta?', 'Suspend in Okta', 'End sessions in Okta', 'Read again in Okta', 'Okta results');
connect('Found in Okta?', 'Not in Okta', { output: 1 });

const GOOGLE = 'googleApi';
const DIRECTORY = 'https://admin.googleapis.com/admin/directory/v1/users';
const googleAccount = `=${DIRECTORY}/${account('Google accounts')}`;
request('Find in Google', [4, 13.9], {
	credential: GOOGLE,
	url: `=${DIRECTORY}/{{ encodeURIComponent($json.email) }}`,
	statusIsNoError: true,
});
script('Google accounts', [5, 13.9], 'answers', 'googleAccounts');
asks('Found in Google?', [6, 13.9], 'Boolean($json.account)');
request('Suspend in Google', [7, 13.45], {
	credential: GOOGLE,
	method: 'PATCH',
	url: googleAccount,
	body: { suspended: true },
	statusIsNoError: true,
});
request('End sessions in Google', [8, 13.45], {
	credential: GOOGLE,
	method: 'POST',
	url: `${googleAccount}/signOut`,
	statusIsNoError: true,
});
request('List grants in Google', [9, 13.45], {
	credential: GOOGLE,
	url: `${googleAccount}/tokens`,
	statusIsNoError: true,
});
script('Google grants', [10, 13.45], 'answers', 'googleGrants');
request('Delete grants in Google', [11, 13.45], {
	credential: GOOGLE,
	method: "={{ $json.client ? 'DELETE' : 'GET' }}",
	url: `=${DIRECTORY}/{{ $json.account }}/tokens{{ $json.client ? '/' + encodeURIComponent($json.client) : '' }}`,
	statusIsNoError: true,
});
script('Google people', [12, 13.45], 'googlePeople');
request('Read again in Google', [13, 13.45], {
	credential: GOOGLE,
	url: `=${DIRECTORY}/{{ $json.account }}`,
	statusIsNoError: true,
});
ends('Google results', [15, 13.45], 'googleResults');
ends('Not in Google', [15, 14.40], 'otherResults');
connect('App', 'Find in Google', { output: 3 });
chain('Find in Google', 'Google accounts', 'Found in Google?');
chain('Found in Google?', 'Suspend in Google', 'End sessions in Google', 'List grants in Google', 'Google grants');
chain('Google grants', 'Delete grants in Google', 'Google people', 'Read again in Google', 'Google results');
connect('Found in Google?', 'Not in Google', { output: 1 });

/* What failed unexpectedly */

add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [0, 15.75] });
script('Failed execution', [1, 15.75], 'failedExecution');
const failures = storeAlarms(workflow, [2, 15.75], 'Failed execution', ' of failures');
chain('ErrorTrigger', 'Failed execution', failures.first);

/* Notes */

workflow.note(
	'Emergency lockdown',
	`## Emergency lockdown
A security tool calls; seconds later the people it names are locked out of **Notion**, **Microsoft Entra**, **Okta** and **Google Workspace**. No HRIS is asked. Each app works by itself: one that fails or hangs stops no other.

**Set up**
1. **HrisEvents** takes signed calls (Standard Webhooks). Without that package, use **HrisWebhook**, which wants a secret in a header. Delete the door that you do not use.
2. Pick credentials in every node whose name ends in Notion, Entra, Okta or Google. The Notion credential needs *Full* access.
3. An app that you do not have: take it out of \`apps\` in **Settings**, then select its nodes and press **D**. Its result is then \`notSetUp\`.
4. **Settings**: your responders, who are never locked out; the limit; the address of Okta.
5. Import and publish **error-notification**, which mails the alarms, and **offboarding-sweep**, which looks whether somebody comes back to Notion.
6. Publish, and try it with a test account.

**Results**: Data Table \`emergency_results\`, one row for each person and app.

| outcome | |
|---|---|
| lockedDown | locked out now, and seen to be |
| alreadyLocked | was locked out before |
| notFound | nobody of this address |
| failed, notVerified | **end it by hand** |
| notSetUp | not among the \`apps\` of Settings |
| protected | a responder: not touched |
| waitsForPerson | beyond the limit |
| declined, expired | nobody was locked out |
| copy | the same call again |

An execution is red if anything is not verified.`,
	[-3.4, -1],
	[3.1, 5.2],
	5,
);
workflow.note('Calls', '### Calls, decisions and the clock', [-0.2, -1], [3.95, 5.1]);
workflow.note(
	'A call',
	'### A call\nWhat is meant is stored first. Then the limit: who is beyond it waits for a person.',
	[3.8, -1],
	[5.8, 1.9],
);
workflow.note(
	'Side by side',
	'### Side by side\nEach app gets an execution of its own of this workflow, and nobody waits for another.',
	[9.75, -1.5],
	[3, 3.8],
	4,
);
workflow.note('Beyond the limit', '### Beyond the limit, or a copy', [9.75, 2.38], [6.2, 1.2], 3);
workflow.note('The end', '### Everything stored? Then tell, and end red if something is open', [9.75, 3.66], [10.2, 1.9], 3);
workflow.note(
	'A decision',
	'### A decision\nThe form only shows. What counts is who is signed in to n8n and submits it: neither who asked nor who it is about, and not after its time.',
	[3.8, 4.2],
	[6, 2.4],
);
workflow.note(
	'The clock',
	'### The clock\nA request that nobody decides about ends as a no. What was begun and died goes through the limit again and is done once more.',
	[3.8, 6.65],
	[7.2, 1.85],
);
workflow.note(
	'One app',
	'### One app\nFind the account, ask whether to act, lock, end its sessions, read it again. Only what is read again counts. An app whose nodes did not run is an alarm, unless Settings say that you do not have it. Whoever was removed from Notion gets rows in *scheduled_changes*: **offboarding-sweep** looks after 5 minutes, an hour and a day whether they are back.',
	[-0.2, 8.65],
	[20.6, 6.55],
	4,
);
workflow.note('Failures', '### What failed unexpectedly', [-0.2, 15.3], [5.2, 1.4], 3);

export default workflow;
