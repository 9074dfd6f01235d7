import {
	createTable,
	DATA_TABLE_VERSION,
	deleteRows,
	getRows,
	insertRow,
	type Table,
	TABLE_RETRY,
	updateRows,
} from '../../canvas/dataTable.mts';
import { ifTrue, settings, subWorkflow, switchOn } from '../../canvas/nodes.mts';
import { raiseAlerts } from '../../canvas/parts/raiseAlert.mts';
import {
	CHANGES_CODE,
	readChanges,
	storeResults,
	writeIntentions,
} from '../../canvas/parts/directoryChanges.mts';
import { directoryChanges, links } from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';
import { licenseRemovals, licenseReports } from './tables.mts';

type Place = [column: number, row: number];

const HERE = 'workflows/license-reconciliation/code';
/** Hours after which a page of a form that was left open ends. */
const PAGE_HOURS = 1;

const workflow = new Workflow('License reconciliation');

const script = (name: string, at: Place, ...files: string[]) =>
	workflow.add({
		name,
		type: 'code',
		version: 2,
		parameters: code(
			...ADDRESSES,
			...files.map((file) => (file.includes('/') ? file : `${HERE}/${file}.js`)),
		),
		at,
	});
const dataTable = (
	name: string,
	at: Place,
	parameters: Record<string, unknown>,
	more: { once?: boolean; always?: boolean; retry?: typeof TABLE_RETRY } = {},
) => workflow.add({ name, type: 'dataTable', version: DATA_TABLE_VERSION, parameters, at, ...more });
const makeTable = (name: string, at: Place, table: Table) =>
	dataTable(name, at, createTable(table), { retry: TABLE_RETRY, once: true });
const read = (name: string, at: Place, parameters: Record<string, unknown>) =>
	dataTable(name, at, parameters, { retry: TABLE_RETRY, once: true, always: true });
const fromItem = (...columns: string[]) =>
	Object.fromEntries(columns.map((column) => [column, `={{ $json.${column} }}`]));
const notion = (name: string, at: Place, parameters: Record<string, unknown>, goesOn = false) =>
	workflow.add({
		name,
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		parameters,
		at,
		...(goesOn ? { onError: 'continueErrorOutput' } : {}),
	});
const directory = (name: string, at: Place) =>
	workflow.add({
		name,
		type: 'executeWorkflow',
		version: 1.3,
		parameters: subWorkflow('Directory source: list', { ask: 'everybody' }),
		at,
		onError: 'continueRegularOutput',
		always: true,
		once: true,
	});
const mail = (name: string, at: Place, to: string, attachments = '') =>
	workflow.add({
		name,
		type: 'emailSend',
		version: 2.1,
		parameters: {
			fromEmail: "={{ $('Settings').first().json.mailFrom }}",
			toEmail: to,
			subject: '={{ $json.subject }}',
			emailFormat: 'text',
			text: '={{ $json.text }}',
			options: { appendAttribution: false, ...(attachments ? { attachments } : {}) },
		},
		at,
		retry: { tries: 3, wait: 5000 },
		onError: 'continueErrorOutput',
	});
const lastPage = (name: string, at: Place, title: string, message: string) =>
	workflow.add({
		name,
		type: 'form',
		version: 2.5,
		parameters: {
			operation: 'completion',
			respondWith: 'text',
			completionTitle: title,
			completionMessage: message,
			limitWaitTime: true,
			limitType: 'afterTimeInterval',
			resumeAmount: PAGE_HOURS,
			resumeUnit: 'hours',
			options: {},
		},
		at,
		once: true,
	});
const stop = (name: string, at: Place) =>
	workflow.add({
		name,
		type: 'stopAndError',
		version: 1,
		parameters: { errorMessage: '={{ $json.message }}' },
		at,
	});
const setting = (name: string) => `={{ $('Settings').first().json.${name} }}`;

/* Doors */

const YOUR_ADDRESS = { fieldLabel: 'Your email address', fieldType: 'email', requiredField: true };

workflow.add({
	name: 'Monthly',
	type: 'scheduleTrigger',
	version: 1.2,
	parameters: { rule: { interval: [{ field: 'months', triggerAtDayOfMonth: 1, triggerAtHour: 6 }] } },
	at: [0, 0],
});
workflow.add({ name: 'MakeReport', type: 'manualTrigger', version: 1, at: [0, 1] });
workflow.add({
	name: 'ReportPage',
	type: 'webhook',
	version: 2,
	parameters: {
		httpMethod: 'GET',
		path: 'notion-license-report',
		authentication: 'basicAuth',
		responseMode: 'responseNode',
		options: {},
	},
	at: [0, 5],
});
workflow.add({
	name: 'PickForm',
	type: 'formTrigger',
	version: 2.6,
	parameters: {
		authentication: 'basicAuth',
		formTitle: 'End seats in Notion',
		formDescription:
			'The next page lists the seats of the newest report that may be ended. Nothing is ended by picking them: somebody else has to approve it.',
		formFields: { values: [YOUR_ADDRESS] },
		options: {
			path: 'notion-license-pick',
			ignoreBots: true,
			appendAttribution: false,
			buttonLabel: 'Show the seats',
		},
	},
	at: [0, 2],
});
workflow.add({
	name: 'ApproveForm',
	type: 'formTrigger',
	version: 2.6,
	parameters: {
		authentication: 'basicAuth',
		formTitle: 'Approve the end of seats in Notion',
		formDescription:
			'The mail about the request names the people and has the code. Whoever has one of these seats loses access at once. Your answer is recorded with your address.',
		formFields: {
			values: [
				YOUR_ADDRESS,
				{ fieldLabel: 'Code of the request', fieldType: 'text', requiredField: true },
				{
					fieldLabel: 'Are these seats to end?',
					fieldType: 'dropdown',
					fieldOptions: { values: [{ option: 'No, none of them' }, { option: 'Yes, end these seats' }] },
					requiredField: true,
				},
			],
		},
		options: {
			path: 'notion-license-approve',
			ignoreBots: true,
			appendAttribution: false,
			buttonLabel: 'Decide',
		},
	},
	at: [0, 3],
});
const set = workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'title', type: 'string', value: 'Notion seats' },
		{ name: 'costPerSeat', type: 'number', value: 0 },
		{ name: 'currency', type: 'string', value: 'USD' },
		{ name: 'contractedSeats', type: 'number', value: 0 },
		{ name: 'renewalDate', type: 'string', value: '' },
		{ name: 'nonHuman', type: 'string', value: '' },
		{ name: 'reportTo', type: 'string', value: 'it@example.com' },
		{ name: 'mailFrom', type: 'string', value: 'n8n@example.com' },
		{
			name: 'n8nUrl',
			type: 'string',
			value: "={{ $execution.resumeUrl.split('/webhook-waiting')[0] }}",
		},
		{ name: 'approvers', type: 'array', value: [] },
		{ name: 'expireHours', type: 'number', value: 72 },
		{ name: 'maxAgeDays', type: 'number', value: 35 },
		{ name: 'maxSourceShrink', type: 'number', value: 5 },
		{ name: 'removalLimit', type: 'number', value: 0 },
		{ name: 'confirmAfterHours', type: 'number', value: 24 },
		{ name: 'keepDays', type: 'number', value: 400 },
	]),
	at: [1, 1.5],
	once: true,
});
for (const door of ['Monthly', 'MakeReport', 'PickForm', 'ApproveForm']) {
	workflow.connect(door, set);
}
const reports = makeTable('Reports table', [2, 1.5], licenseReports);
const lastReport = read('Last report', [3, 1.5], getRows(reports, [], { newest: 1 }));
const requests = makeTable('Requests table', [4, 1.5], licenseRemovals);
const door = workflow.add({
	name: 'Door',
	type: 'switch',
	version: 3.2,
	parameters: switchOn(
		"$('PickForm').isExecuted ? 'pick' : $('ApproveForm').isExecuted ? 'approve' : 'report'",
		['report', 'pick', 'approve'],
	),
	at: [5, 1.5],
});
workflow.chain(set, reports, lastReport, requests, door);

/* The report */

const readLinks = read('Read links', [7, 0], getRows(links));
const source = directory('Directory source', [8, 0]);
const people = script('People', [9, 0], 'people', 'peopleOfReport');
const reconcile = notion('Reconcile', [10, 0], {
	resource: 'license',
	operation: 'reconcile',
	costPerSeat: setting('costPerSeat'),
	currency: setting('currency'),
	contractedSeats: setting('contractedSeats'),
	renewalDate: setting('renewalDate'),
	options: {
		title: setting('title'),
		nonHuman: setting('nonHuman'),
		maxSourceShrink: setting('maxSourceShrink'),
		lastReport: "={{ $('Last report').first().json.memory || '{}' }}",
		links: "={{ $('Read links').all().map(({ json }) => json).filter(({ id }) => id !== undefined) }}",
	},
});
workflow.connect(door, readLinks, { output: 0 });
workflow.chain(readLinks, source, people, reconcile);

const toStore = script('Report to store', [11, -1], 'reportRow', 'reportToStore');
const store = dataTable(
	'Store report',
	[12, -1],
	insertRow(licenseReports, reports, fromItem(...Object.keys(licenseReports.columns))),
);
const forget = dataTable(
	'Forget older memories',
	[13, -1],
	updateRows(
		licenseReports,
		reports,
		[
			['id', 'lt', '={{ $json.id }}'],
			['memory', 'neq', ''],
		],
		{ memory: '', removableSeats: '', html: '' },
	),
	{ always: true },
);
const old = dataTable(
	'Delete old reports',
	[14, -1],
	deleteRows(reports, [
		['createdAt', 'lt', "={{ $now.minus({ days: $('Settings').first().json.keepDays }).toUTC().toISO() }}"],
		// The newest one is what the next one compares with.
		['id', 'lt', "={{ $('Store report').first().json.id }}"],
	]),
	{ once: true, always: true },
);
const reportMail = script('Mail of report', [11, 0], 'words', 'reportMail', 'mailOfReport');
const mailReport = mail('Mail report', [12, 0], setting('reportTo'), 'report,seats');
const wrong = script('Anything wrong?', [11, 1], 'reportTrouble', 'anythingWrong');
const wrongStored = raiseAlerts(workflow, [12, 1], wrong, ' of the report');
const redReport = stop('Report needs a person', [13, 1.9]);
const wrongAgain = workflow.add({
	name: 'What was wrong',
	type: 'code',
	version: 2,
	parameters: { jsCode: "return $('Anything wrong?').all();\n" },
	at: [12, 1.9],
});
for (const next of [toStore, reportMail, wrong]) workflow.connect(reconcile, next);
workflow.chain(toStore, store, forget, old);
workflow.chain(reportMail, mailReport);
workflow.connect(wrong, wrongStored.first);
workflow.connect(wrong, wrongAgain);
workflow.connect(wrongAgain, redReport);

/* The page, on a way of its own: n8n starts no form from which a Respond to Webhook can be reached */

const reportsOfPage = makeTable('Reports table of page', [1, 5], licenseReports);
const shownReport = read('Report to show', [2, 5], getRows(reportsOfPage, [], { newest: 1 }));
const page = script('Page', [3, 5], 'words', 'reportPage');
const answer = workflow.add({
	name: 'Show report',
	type: 'respondToWebhook',
	version: 1.4,
	parameters: {
		respondWith: 'text',
		responseBody: '={{ $json.html }}',
		options: {
			responseHeaders: {
				entries: [
					{ name: 'Content-Type', value: 'text/html; charset=utf-8' },
					{ name: 'Cache-Control', value: 'no-store' },
				],
			},
		},
	},
	at: [4, 5],
});
workflow.chain('ReportPage', reportsOfPage, shownReport, page, answer);

/* Picking */

const toPick = script('Seats to pick', [6, 4], 'words', 'pick', 'seatsToPick');
const anything = workflow.add({
	name: 'Anything to pick?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue('$json.shown.length > 0'),
	at: [7, 4],
});
const pick = workflow.add({
	name: 'Pick seats',
	type: 'form',
	version: 2.5,
	parameters: {
		defineForm: 'json',
		jsonOutput: '={{ $json.page }}',
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: PAGE_HOURS,
		resumeUnit: 'hours',
		options: { formTitle: 'Seats that may be ended', buttonLabel: 'Ask for approval' },
	},
	at: [8, 4],
});
const request = script('Request', [9, 4], 'words', 'pick', 'request', 'makeRequest');
const storeRequest = dataTable(
	'Store request',
	[10, 4],
	insertRow(licenseRemovals, requests, {
		...fromItem(...Object.keys(licenseRemovals.columns)),
		code: "={{ JSON.stringify([$json.seats, $json.askedBy, $json.askedAt, $execution.id]).hash('sha256').slice(0, 10).toUpperCase() }}",
	}),
);
const requestMail = script('Mail of request', [11, 4], 'words', 'request', 'mailOfRequest');
const tellApprovers = mail('Tell approvers', [12, 4], '={{ $json.to }}');
const picked = lastPage(
	'Picked',
	[13, 4],
	'Somebody else decides now',
	'The list and a code were mailed to those who may approve.',
);
const untold = lastPage(
	'Picked, not mailed',
	[13, 4.75],
	'The mail could not be sent',
	'Those who may approve know nothing of it, so nobody will. Have the mail server looked at, and pick again.',
);
const nothing = lastPage('Nothing to pick', [8, 4.75], 'Nothing can be picked', '={{ $json.refusal }}');
workflow.connect(door, toPick, { output: 1 });
workflow.chain(toPick, anything, pick, request, storeRequest, requestMail, tellApprovers, picked);
workflow.connect(anything, nothing, { output: 1 });
workflow.connect(tellApprovers, untold, { output: 1 });

/* Deciding */

const DECIDE = 6;
const REMOVE = 8.5;
const ofCode = read(
	'Request of the code',
	[6, DECIDE],
	getRows(requests, [['code', 'eq', "={{ String($('ApproveForm').first().json['Code of the request'] ?? '').trim().toUpperCase() || 'none' }}"]]),
);
const decide = script('Decide', [7, DECIDE], 'words', 'approval', 'decide');
const approved = workflow.add({
	name: 'Decision',
	type: 'switch',
	version: 3.2,
	parameters: switchOn('$json.decision', ['approved', 'declined', 'expired']),
	at: [8, DECIDE - 0.35],
});
const decisionColumns = {
	state: '={{ $json.decision }}',
	...fromItem('decidedAt', 'assurance'),
	decidedBy: '={{ $json.decider }}',
	execution: '={{ $execution.id }}',
};
const waiting = (name: string, at: Place, more: { always?: boolean } = {}) =>
	dataTable(
		name,
		at,
		updateRows(
			licenseRemovals,
			requests,
			[
				['id', 'eq', '={{ $json.id }}'],
				['state', 'eq', 'waiting'],
			],
			decisionColumns,
		),
		more,
	);
const take = waiting('Take request', [9, DECIDE], { always: true });
// A form that was sent twice arrives twice: the row changes for one of them only.
const isMine = workflow.add({
	name: 'Taken by this?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue('String($json.execution) === String($execution.id)'),
	at: [0, REMOVE],
});
const close = waiting('Close request', [9, DECIDE + 1], { always: true });
const refused = lastPage(
	'Nothing was done',
	[10, DECIDE + 1],
	'Nothing was done',
	"={{ $('Decide').first().json.sentence }}",
);
const decided = lastPage(
	'Decided already',
	[1, REMOVE + 1],
	'Nothing was done',
	'This has just been decided, by somebody else or by you: once is enough.',
);
workflow.connect(door, ofCode, { output: 2 });
workflow.chain(ofCode, decide, approved, take, isMine);
workflow.connect(isMine, decided, { output: 1 });
workflow.connect(approved, close, { output: 1 });
workflow.connect(approved, close, { output: 2 });
workflow.connect(approved, refused, { output: 3 });
workflow.chain(close, refused);

/* Ending seats: the directory is read again, and what it says now counts */

const readLinksOfRemoval = read('Read links of removal', [2, REMOVE], getRows(links));
const changes = readChanges(workflow, [3, REMOVE]);
const context = script('Context', [7, REMOVE], CHANGES_CODE, 'words', 'context');
const sourceAgain = directory('Directory source again', [8, REMOVE]);
const peopleAgain = script('People again', [9, REMOVE], 'people', 'peopleOfReport');
const own = (name: string) => `={{ $('Context').first().json.${name} }}`;
const plan = notion(
	'Plan',
	[10, REMOVE],
	{
		resource: 'directory',
		operation: 'plan',
		policy: {
			createMissing: false,
			updateDrift: false,
			onInactive: 'remove',
			onUnlisted: 'remove',
			// The plan is about everybody; what is picked counts when it is carried out.
			removalLimit: 1_000_000,
			confirmAfter: setting('confirmAfterHours'),
			maxSourceShrink: setting('maxSourceShrink'),
			alreadyUsed: own('alreadyUsed'),
			links: own('links'),
			memory: own('memory'),
		},
	},
	true,
);
const verdict = script('Picked lines', [11, REMOVE], 'pickedLines', 'verdict');
workflow.connect(isMine, readLinksOfRemoval);
workflow.chain(readLinksOfRemoval, changes.first);
workflow.chain(changes.last, context, sourceAgain, peopleAgain, plan);
workflow.connect(plan, verdict, { output: 1 });
workflow.connect(plan, verdict, { output: 2 });

const intentions = script('Intentions', [12, REMOVE], CHANGES_CODE, 'intentions');
const written = writeIntentions(workflow, [13, REMOVE]);
const toApply = script('To apply', [14, REMOVE], 'toApply');
const apply = notion(
	'Apply',
	[15, REMOVE],
	{
		resource: 'directory',
		operation: 'apply',
		approvedPlan: "={{ $('Picked lines').first().json.planDigest }}",
		options: { removalLimit: setting('removalLimit'), alreadyUsed: own('alreadyUsed') },
	},
	true,
);
workflow.chain(verdict, intentions, written, toApply, apply);
const results = script('Results', [12, REMOVE + 1], CHANGES_CODE, 'results');
const stored = storeResults(workflow, [13, REMOVE + 1]);
workflow.chain(verdict, results, stored);
const outcome = script('Outcome', [12, REMOVE + 2], 'words', 'outcome', 'whatCameOfIt');
const finish = dataTable(
	'Finish request',
	[13, REMOVE + 2],
	updateRows(licenseRemovals, requests, [['id', 'eq', '={{ $json.id }}']], fromItem('state', 'note')),
);
const cameOfIt = workflow.add({
	name: 'What came of it',
	type: 'code',
	version: 2,
	parameters: { jsCode: "return $('Outcome').all();\n" },
	at: [14, REMOVE + 2],
});
const mailOutcome = mail('Mail outcome', [15, REMOVE + 2], '={{ $json.to }}');
const alarmsOfOutcome = raiseAlerts(workflow, [13, REMOVE + 3], outcome, ' of removals');
const ended = lastPage('Ended', [13, REMOVE + 4], 'Done', "={{ $('Outcome').first().json.html }}");
const notAll = script('Anything left?', [13, REMOVE + 5], 'redEnd');
const red = stop('Not everything ended', [14, REMOVE + 5]);
workflow.chain(verdict, outcome, finish, cameOfIt, mailOutcome);
workflow.connect(outcome, alarmsOfOutcome.first);
workflow.connect(outcome, ended);
workflow.connect(outcome, notAll);
workflow.connect(notAll, red);

/* Failures that nobody foresaw */

workflow.add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [0, 11.5] });
const failed = script('Failed execution', [1, 11.5], 'failed');
const failedAlarm = raiseAlerts(workflow, [2, 11.5], failed, ' of failures');
const requestsOfFailures = makeTable('Requests table of failures', [2, 12.5], licenseRemovals);
const failedRequest = dataTable(
	'Request failed',
	[3, 12.5],
	updateRows(
		licenseRemovals,
		requestsOfFailures,
		[
			['execution', 'eq', "={{ $('Failed execution').first().json.execution }}"],
			['state', 'eq', 'approved'],
		],
		{ state: 'failed', note: 'The execution failed. Look at directory_changes what was done.' },
	),
	{ retry: TABLE_RETRY, always: true },
);
workflow.chain('ErrorTrigger', failed, failedAlarm.first);
workflow.chain(failed, requestsOfFailures, failedRequest);

/* What ends without anybody */

const DAILY = 14.2;
workflow.add({
	name: 'Daily',
	type: 'scheduleTrigger',
	version: 1.2,
	parameters: { rule: { interval: [{ field: 'days', triggerAtHour: 5 }] } },
	at: [0, DAILY],
});
const requestsOfDay = makeTable('Requests table of the day', [1, DAILY], licenseRemovals);
const openRequests = read(
	'Open requests',
	[2, DAILY],
	getRows(
		requestsOfDay,
		[
			['state', 'eq', 'waiting'],
			['state', 'eq', 'approved'],
		],
		{ match: 'any' },
	),
);
const toEnd = script('Requests to end', [3, DAILY], 'words', 'openRequests', 'requestsToEnd');
const endRequests = dataTable(
	'End requests',
	[4, DAILY],
	updateRows(
		licenseRemovals,
		requestsOfDay,
		[
			['id', 'eq', '={{ $json.id }}'],
			['state', 'eq', '={{ $json.from }}'],
		],
		fromItem('state', 'note'),
	),
	{ retry: TABLE_RETRY, always: true },
);
const changesOfDay = makeTable('Changes table of the day', [3, DAILY + 2], directoryChanges);
const lost = dataTable(
	'Lost intentions',
	[4, DAILY + 2],
	updateRows(
		directoryChanges,
		changesOfDay,
		[
			['workflow', 'eq', '={{ $workflow.name }}'],
			['outcome', 'eq', 'intended'],
			['createdAt', 'lt', '={{ $now.minus({ hours: 2 }).toUTC().toISO() }}'],
		],
		{ outcome: 'lost', note: 'Its execution died before it could store what came of this.' },
	),
	{ retry: TABLE_RETRY, once: true, always: true },
);
const endedAlarms = raiseAlerts(workflow, [4, DAILY + 1], toEnd, ' of dead requests');
workflow.chain('Daily', requestsOfDay, openRequests, toEnd, endRequests);
workflow.connect(toEnd, endedAlarms.first);
workflow.connect(openRequests, changesOfDay);
workflow.connect(changesOfDay, lost);

/* Notes */

workflow.note(
	'What it does',
	`
## Every seat, what it costs, and who may end it
On the first of each month every member is compared with the directory. The report is stored, mailed, and shown on a page behind a password. Seats are ended only where one person picked them and **another** approved it.

### Set up
1. Import a **Directory source**, publish it, and pick it in **Directory source** and **Directory source again**.
2. **Settings**: cost, contract, renewal, who gets the report, who approves.
3. **Reconcile**: *Notion SCIM API*, read only is enough. **Plan** and **Apply**: one with access *Full*.
4. **ReportPage**, **PickForm**, **ApproveForm**: *Basic Auth*, another one for those who approve.
5. **Mail …** and **Tell approvers**: *SMTP*. **Raise alert …**: *error-notification*. Publish.
`,
	[-0.3, -1.95],
	[5.6, 1.5],
	5,
);
workflow.note(
	'The report',
	`
## Report
A directory that was not read as a whole, shrank or lost an attribute calls nobody orphaned: the report says so, and no seat can be picked. \`license_reports\` keeps the page, the list and what the next report compares with.
`,
	[5.8, -1.05],
	[4.7, 0.65],
	4,
);
workflow.note(
	'Picking',
	`
## Picking
Only what may be ended is listed. Sending the page ends nothing: it stores a request and mails its code to the approvers. **No link in any mail does anything when it is opened.**
`,
	[8.8, 2.95],
	[4.9, 0.65],
	6,
);
workflow.note(
	'Deciding',
	`
## Deciding, and ending
Neither who asked nor who is on the list can approve; after \`expireHours\` it is a no. Then the directory is read **again**: who is back stays. The plan covers everybody, and only lines of picked people are carried out, within the limit of a day. Intentions are in \`directory_changes\` before, results after.
`,
	[1.8, 9.7],
	[7, 0.85],
	6,
);
workflow.note(
	'What nobody expected',
	`
## When an execution fails as a whole
An alarm is stored, and a request in work is marked as failed.
`,
	[-0.3, 10.75],
	[3.6, 0.5],
	3,
);

workflow.note(
	'What ends without anybody',
	`
## Once a day
A request that nobody answered is a no. One that was approved and whose execution died (n8n was killed) is an alarm.
`,
	[-0.3, DAILY - 0.75],
	[4, 0.5],
	3,
);

export default workflow;
