import {
	TABLE_RETRY,
	createTable,
	DATA_TABLE_VERSION,
	getRows,
	insertRow,
	type Table,
	updateRows,
} from '../../canvas/dataTable.mts';
import { calledWith, ifTrue, settings, subWorkflow } from '../../canvas/nodes.mts';
import { storeAlarms } from '../../canvas/parts/alarm.mts';
import { claim, endClaims } from '../../canvas/parts/claim.mts';
import { claims, leaverAudit, peopleLinks, scheduledChanges } from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';

const FOLDER = 'workflows/offboarding-lockdown/code';
const own = (...files: string[]) => code(...ADDRESSES, ...files.map((file) => `${FOLDER}/${file}.js`));
const workflow = new Workflow('Offboarding: lockdown');

const codeNode = (name: string, at: [number, number], parameters: Record<string, unknown>) =>
	workflow.add({ name, type: 'code', version: 2, parameters, at });
const tableNode = (name: string, at: [number, number], table: Table) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: createTable(table),
		at,
		retry: TABLE_RETRY,
		once: true,
	});
const dataNode = (
	name: string,
	at: [number, number],
	parameters: Record<string, unknown>,
	more: { once?: boolean; always?: boolean } = {},
) =>
	workflow.add({ name, type: 'dataTable', version: DATA_TABLE_VERSION, parameters, at, ...more });
/** n8n fails to read a table that grows while it reads, so a reading is tried again. */
const readNode = (
	name: string,
	at: [number, number],
	parameters: Record<string, unknown>,
	{ once = false } = {},
) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters,
		at,
		once,
		always: true,
		retry: TABLE_RETRY,
	});

/** The columns of a table, each from the field of the same name. */
const fields = (table: Table, ...names: string[]) =>
	Object.fromEntries(
		names.map((name) => {
			if (!(name in table.columns)) throw new Error(`${table.name} has no column "${name}"`);
			return [name, `={{ $json.${name} }}`];
		}),
	);

// Doors

const KINDS = [
	'accessRevoked',
	'changed',
	'leaverCancelled',
	'leaverScheduled',
	'left',
	'onLeave',
	'rehired',
	'returned',
];
const doors = [
	workflow.add({
		name: 'HrisEvents',
		type: 'n8n-nodes-hris-trigger.hrisTrigger',
		version: 1,
		parameters: { timeZone: '', kinds: KINDS },
		at: [0, 0],
	}),
	workflow.add({
		name: 'HrisWebhook',
		type: 'webhook',
		version: 2,
		parameters: {
			httpMethod: 'POST',
			path: 'notion-offboarding',
			authentication: 'headerAuth',
			responseMode: 'onReceived',
			options: {},
		},
		at: [0, 1],
	}),
	workflow.add({
		name: 'WhenCalled',
		type: 'executeWorkflowTrigger',
		version: 1.1,
		parameters: calledWith(
			'kind',
			'source',
			'employeeId',
			'companyId',
			'email',
			'eventId',
			'timeZone',
			'requestedBy',
			'reference',
		),
		at: [0, 2],
	}),
];
const set = workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'source', type: 'string', value: 'bamboohr' },
		{ name: 'timeZone', type: 'string', value: '' },
		{ name: 'onLeave', type: 'string', value: 'keep' },
		{ name: 'removalLimit', type: 'number', value: 0 },
		{ name: 'verifyWithinMinutes', type: 'number', value: 15 },
		{ name: 'reminderDays', type: 'array', value: [14, 25] },
		{ name: 'fallbackManagerEmail', type: 'string', value: 'it@example.com' },
		{ name: 'mailFrom', type: 'string', value: 'offboarding@example.com' },
	]),
	at: [1, 1],
	once: true,
});
const events = codeNode('Events', [2, 1], code(...ADDRESSES, 'canvas/code/readEvents.js'));
const claimed = claim(workflow, [3, 1]);
for (const door of doors) workflow.connect(door, set);
workflow.chain(set, events, claimed.first);

// Reading

const READ = 3.5;
const linksTable = tableNode('Links table', [0, READ], peopleLinks);
const changesTable = tableNode('Changes table', [1, READ], scheduledChanges);
const auditTable = tableNode('Audit table', [2, READ], leaverAudit);
const people = codeNode('People', [3, READ], own('links', 'people'));
const readLinks = readNode(
	'Read links',
	[4, READ],
	getRows(
		linksTable,
		[
			['employeeId', 'eq', "={{ $json.employeeId || 'none' }}"],
			['email', 'eq', "={{ $json.email || 'none' }}"],
		],
		{ match: 'any' },
	),
);
const accounts = codeNode('Accounts', [5, READ], own('links', 'accounts'));
const readAccountLinks = readNode(
	'Read account links',
	[6, READ],
	getRows(linksTable, [['userId', 'eq', '={{ $json.userId }}']]),
);
/** Of one event its employee's rows; of many everything that is not over. */
const EMPLOYEE_OR_ALL =
	"={{ $('People').all().length === 1 && $('People').first().json.employeeId || '%' }}";
const readLeaves = readNode(
	'Read leaves',
	[7, READ],
	getRows(changesTable, [
		['kind', 'eq', 'leave'],
		['employeeId', 'like', EMPLOYEE_OR_ALL],
		['state', 'neq', 'done'],
		['state', 'neq', 'withdrawn'],
	]),
	{ once: true },
);
const questions = codeNode('Questions', [8, READ], own('links', 'questions'));
const hris = workflow.add({
	name: 'HRIS source',
	type: 'executeWorkflow',
	version: 1.2,
	parameters: subWorkflow('HRIS source: BambooHR', {
		ask: '={{ $json.ask }}',
		employeeId: '={{ $json.employeeId }}',
		companyId: '={{ $json.companyId }}',
		email: '={{ $json.email }}',
		since: '={{ $json.since }}',
	}),
	at: [9, READ],
	onError: 'continueErrorOutput',
	always: true,
});
const verdicts = codeNode(
	'Verdicts',
	[0, 9],
	code(
		...ADDRESSES,
		'canvas/code/dates.js',
		`${FOLDER}/links.js`,
		`${FOLDER}/verdict.js`,
		`${FOLDER}/verdicts.js`,
	),
);
workflow.chain(
	claimed.last,
	linksTable,
	changesTable,
	auditTable,
	people,
	readLinks,
	accounts,
	readAccountLinks,
	readLeaves,
	questions,
	hris,
	verdicts,
);
workflow.connect(hris, verdicts, { output: 1 });

// Lockdown

const LOCK = 6.5;
const toRemove = codeNode('To remove', [1, LOCK], own('toRemove'));
const intention = dataNode(
	'Write intention',
	[2, LOCK],
	insertRow(leaverAudit, auditTable, {
		...fields(
			leaverAudit,
			'source',
			'employeeId',
			'companyId',
			'email',
			'displayName',
			'managerEmail',
			'userId',
			'reason',
			'reference',
			'requestedBy',
			'effectiveAt',
			'knownAt',
		),
		execution: '={{ $execution.id }}',
		outcome: 'intended',
		verified: false,
		impact: 1,
		needsPerson: false,
	}),
);
const settle = workflow.add({
	name: 'Let intentions settle',
	type: 'wait',
	version: 1.1,
	parameters: { amount: 0.5 },
	at: [3, LOCK],
});
const history = readNode(
	'Read history',
	[4, LOCK],
	getRows(auditTable, [
		[
			"={{ $json.employeeId ? 'employeeId' : 'email' }}",
			'eq',
			"={{ $json.employeeId || $json.email || 'none' }}",
		],
		['id', 'lt', '={{ $json.id }}'],
	]),
);
const usage = readNode(
	'Read usage',
	[5, LOCK],
	getRows(auditTable, [
		['impact', 'gt', 0],
		['id', 'lt', "={{ Math.max(...$('Write intention').all().map(({ json }) => json.id)) }}"],
		['createdAt', 'gt', '={{ $now.minus({ hours: 24 }).toUTC().toISO() }}'],
	]),
	{ once: true },
);
const toLockOut = codeNode('To lock out', [6, LOCK], own('links', 'history', 'toLockOut'));
const lockOut = workflow.add({
	name: 'Lock out',
	type: 'n8n-nodes-notion-scim.notionScim',
	version: 1,
	parameters: {
		resource: 'user',
		operation: 'lockDown',
		user: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
		linkedUserId: '={{ $json.userId }}',
		reason: '={{ $json.reason }}',
		reference: '={{ $json.reference }}',
		requestedBy: '={{ $json.requestedBy }}',
		options: {
			alreadyUsed: '={{ $json.alreadyUsed }}',
			ifNobody: '={{ $json.ifNobody }}',
			removalLimit: '={{ $json.removalLimit }}',
		},
	},
	at: [7, LOCK],
	onError: 'continueErrorOutput',
});
const outcome = codeNode('What came of it', [8, LOCK], own('links', 'outcome', 'whatCameOfIt'));
workflow.chain(verdicts, toRemove, intention, settle, history, usage, toLockOut, lockOut, outcome);
workflow.connect(lockOut, outcome, { output: 1 });

// What follows: everything above is over before the next line begins, and so on downwards.

const changeFields = fields(scheduledChanges, ...Object.keys(scheduledChanges.columns));
const rowsToAdd = codeNode('Rows to add', [1, 7.75], own('rows', 'rowsToAdd'));
const addRows = dataNode(
	'Add rows',
	[2, 7.75],
	insertRow(scheduledChanges, changesTable, changeFields),
);
// Whoever dies before this has stored no result, so the next try does again what follows from one.
const results = codeNode('Results', [1, 8.5], own('results'));
const result = dataNode(
	'Store result',
	[2, 8.5],
	updateRows(leaverAudit, auditTable, [['id', 'eq', '={{ $json.id }}']], {
		...Object.fromEntries(
			[
				'outcome',
				'email',
				'displayName',
				'userId',
				'removedAt',
				'verified',
				'impact',
				'needsPerson',
				'error',
				'record',
			].map((name) => [name, `={{ $json.audit.${name} }}`]),
		),
	}),
);
const rowsToChange = codeNode('Rows to change', [1, 9.25], own('rows', 'rowsToChange'));
const changeRows = dataNode(
	'Change rows',
	[2, 9.25],
	updateRows(scheduledChanges, changesTable, [['id', 'eq', '={{ $json.id }}']], changeFields),
);
const decisions = codeNode('Decisions', [1, 10], own('decisions'));
const storeDecision = dataNode(
	'Store decision',
	[2, 10],
	insertRow(leaverAudit, auditTable, {
		...fields(
			leaverAudit,
			'source',
			'employeeId',
			'companyId',
			'email',
			'displayName',
			'managerEmail',
			'userId',
			'reason',
			'reference',
			'requestedBy',
			'effectiveAt',
			'knownAt',
			'outcome',
			'needsPerson',
		),
		execution: '={{ $execution.id }}',
		verified: false,
		impact: 0,
	}),
);
const heldNoMore = codeNode('Held no more', [1, 10.75], own('outcome', 'heldNoMore'));
const takeFromList = dataNode(
	'Take from list',
	[2, 10.75],
	updateRows(
		leaverAudit,
		auditTable,
		[
			['source', 'eq', '={{ $json.source }}'],
			['={{ $json.column }}', 'eq', '={{ $json.value }}'],
			['outcome', 'eq', 'held'],
			['needsPerson', 'isTrue'],
		],
		{ needsPerson: false },
	),
);
const mails = codeNode('Mails', [1, 11.5], own('mails'));
const tell = workflow.add({
	name: 'Tell manager',
	type: 'emailSend',
	version: 2.1,
	parameters: {
		fromEmail: "={{ $('Settings').first().json.mailFrom }}",
		toEmail: '={{ $json.toEmail }}',
		subject: '={{ $json.subject }}',
		emailFormat: 'text',
		text: '={{ $json.text }}',
		options: { appendAttribution: false },
	},
	at: [2, 11.5],
	onError: 'continueRegularOutput',
});
const wrapUp = codeNode('Wrap up', [1, 12.25], own('wrapUp'));
const alarmNodes = storeAlarms(workflow, [2, 12.25], wrapUp);
const claimsToEnd = codeNode('Claims to end', [2, 13], own('claimsToEnd'));
const ended = endClaims(workflow, 'End claims', [3, 13], '={{ $json.state }}', {
	key: '={{ $json.claimKey }}',
});
const unfinished = codeNode('Unfinished', [2, 14], own('unfinished'));
const red = workflow.add({
	name: 'Not everything was done',
	type: 'stopAndError',
	version: 1,
	parameters: { errorMessage: '={{ $json.message }}' },
	at: [3, 14],
});
for (const [first, ...rest] of [
	[rowsToAdd, addRows],
	[results, result],
	[rowsToChange, changeRows],
	[decisions, storeDecision],
	[heldNoMore, takeFromList],
	[mails, tell],
	[wrapUp, alarmNodes.first],
]) {
	if (first !== undefined) workflow.chain(verdicts, first, ...rest);
}
workflow.chain(wrapUp, claimsToEnd, ended);
workflow.chain(wrapUp, unfinished, red);

// Release

const FORM = 12.4;
const form = workflow.add({
	name: 'ReleaseForm',
	type: 'formTrigger',
	version: 2.3,
	parameters: {
		authentication: 'basicAuth',
		formTitle: 'Held leavers',
		formDescription:
			'More people left at once than the limit of a day allows, so these stay members until somebody has looked at the list. Leave the code empty to see the list first.',
		formFields: {
			values: [
				{ fieldLabel: 'Your email address', fieldType: 'email', requiredField: true },
				{ fieldLabel: 'Code of the list', placeholder: 'Empty: only show the list' },
				{
					fieldLabel: 'Is every name on the list right?',
					fieldType: 'dropdown',
					fieldOptions: {
						values: [{ option: 'No, release nobody' }, { option: 'Yes, lock all of them out' }],
					},
					requiredField: true,
				},
			],
		},
		options: { path: 'notion-offboarding-release', ignoreBots: true, appendAttribution: false },
	},
	at: [6, FORM],
});
const heldTable = tableNode('Held table', [7, FORM], leaverAudit);
const readHeld = readNode(
	'Read held',
	[8, FORM],
	getRows(heldTable, [
		['outcome', 'eq', 'held'],
		['needsPerson', 'isTrue'],
	]),
	{ once: true },
);
const decide = codeNode('Decide', [9, FORM], own('links', 'release', 'decide'));
const approved = workflow.add({
	name: 'Approved?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$json.decision === 'approved'"),
	at: [10, FORM],
});
const toRecord = codeNode('To record', [11, FORM - 0.5], own('toRecord'));
const record = dataNode(
	'Record approval',
	[12, FORM - 0.5],
	updateRows(leaverAudit, heldTable, [['id', 'eq', '={{ $json.id }}']], {
		requestedBy: '={{ $json.approvedBy }}',
		reference: '={{ $json.reference }}',
	}),
);
const toRelease = codeNode('To release', [13, FORM - 0.5], own('toRelease'));
const release = workflow.add({
	name: 'Lock released out',
	type: 'executeWorkflow',
	version: 1.2,
	parameters: {
		...subWorkflow('this workflow', {
			kind: '={{ $json.kind }}',
			source: '={{ $json.source }}',
			employeeId: '={{ $json.employeeId }}',
			companyId: '={{ $json.companyId }}',
			email: '={{ $json.email }}',
			eventId: '={{ $json.eventId }}',
			timeZone: '={{ $json.timeZone }}',
			requestedBy: '={{ $json.requestedBy }}',
			reference: '={{ $json.reference }}',
		}),
		workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
	},
	at: [14, FORM - 0.5],
	onError: 'continueRegularOutput',
	always: true,
});
const toDecline = codeNode('To decline', [11, FORM + 0.5], own('toDecline'));
const decline = dataNode(
	'Decline',
	[12, FORM + 0.5],
	updateRows(leaverAudit, heldTable, [['id', 'eq', '={{ $json.id }}']], {
		outcome: 'declined',
		needsPerson: false,
		requestedBy: '={{ $json.approvedBy }}',
		reference: '={{ $json.reference }}',
	}),
	{ always: true },
);
const readReleased = readNode(
	'Read released',
	[15, FORM - 0.5],
	getRows(heldTable, [['reference', 'eq', "={{ $('Decide').first().json.reference }}"]]),
	{ once: true },
);
const formAnswer = codeNode('Form answer', [16, FORM], own('links', 'release', 'formAnswer'));
const showAnswer = workflow.add({
	name: 'Show answer',
	type: 'form',
	version: 2.3,
	parameters: {
		operation: 'completion',
		respondWith: 'showText',
		responseText: '={{ $json.html }}',
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: 1,
		resumeUnit: 'hours',
	},
	at: [17, FORM],
});
workflow.chain(
	form,
	heldTable,
	readHeld,
	decide,
	approved,
	toRecord,
	record,
	toRelease,
	release,
	readReleased,
	formAnswer,
	showAnswer,
);
workflow.connect(approved, toDecline, { output: 1 });
workflow.chain(toDecline, decline, formAnswer);

// What nobody expected

const ERROR = 14;
const onError = workflow.add({
	name: 'ErrorTrigger',
	type: 'errorTrigger',
	version: 1,
	at: [6, ERROR],
});
const failed = codeNode('Failed execution', [7, ERROR], own('failed'));
const claimsAgain = tableNode('Claims table again', [8, ERROR], claims);
const released = endClaims(workflow, 'Release claims', [9, ERROR], 'released', {
	execution: "={{ $('Failed execution').first().json.execution }}",
	table: claimsAgain,
});
const alarmOfFailure = storeAlarms(workflow, [10, ERROR], failed, ' of failure');
workflow.chain(onError, failed, claimsAgain, released, alarmOfFailure.first);

// What it was about to do is done again, a removal that nobody has seen above all.
const UNFINISHED = ERROR + 0.75;
const changesAgain = tableNode('Changes table again', [8, UNFINISHED], scheduledChanges);
const auditAgain = tableNode('Audit table again', [9, UNFINISHED], leaverAudit);
const closeIntentions = dataNode(
	'Close intentions',
	[10, UNFINISHED],
	updateRows(
		leaverAudit,
		auditAgain,
		[
			['execution', 'eq', "={{ $('Failed execution').first().json.execution || 'none' }}"],
			['outcome', 'eq', 'intended'],
		],
		{ outcome: 'failed', error: 'The execution failed. It is looked at again in 5 minutes.' },
	),
);
const closed = codeNode('Closed', [11, UNFINISHED], own('links', 'closed'));
const lookAgain = dataNode(
	'Look again',
	[12, UNFINISHED],
	insertRow(scheduledChanges, changesAgain, changeFields),
);
workflow.chain(failed, changesAgain, auditAgain, closeIntentions, closed, lookAgain);

// Notes

workflow.note(
	'What it does',
	`## Who leaves is locked out of Notion, and nobody by mistake
The HRIS says that something happened to somebody. It is read again, and what it says **now** counts. Somebody whose last day is over is removed, verified and put on record; the manager is told.

### Import and publish with it
**HRIS source** for your HRIS (before this one), **offboarding-sweep** (after it; without it a last day to come is never acted on), **error-notification**.

### Set up
1. **HrisEvents**: pick *HRIS Webhook API*, enter the time zone. Or **HrisWebhook** with *Header Auth*. Delete the door that you do not use.
2. **Settings**: the same zone, limit, who is told.
3. **HRIS source**: pick the imported source.
4. **Lock out**: *Notion SCIM API* with access *Full*. **Tell manager**: *SMTP*.
5. **ReleaseForm**: *Basic Auth*, for those who may decide.
6. Publish, and give the HRIS the production URL.`,
	[-0.2, -2.6],
	[4.6, 2.4],
	5,
);
workflow.note(
	'Acting once',
	`## An event has one effect
HRIS send an event again, or twenty times at once. Each execution stores a claim; the lowest one works on the event, the others end here.

A claim is *done* in the end, or *released* where the event may come again. An execution that died holds it for a quarter of an hour.`,
	[4.6, -1.2],
	[4.6, 1],
	6,
);
workflow.note(
	'The HRIS read again',
	`## What the HRIS says now
The employee is read, and everybody who is linked to the same Notion account. **Active anywhere wins.** *Verdicts* decides:
- last day over: **removed now**
- last day to come: a row in \`scheduled_changes\`
- works here: **stays**; a scheduled row is withdrawn
- the event says more than the HRIS: read again by the next sweep
- nobody found, status unknown, no date: **a person is asked**
- not readable: tried again every 5 minutes`,
	[10.8, 2.3],
	[5.6, 1.9],
	6,
);
workflow.note(
	'Lockdown',
	`## Intended, done, verified, on record
The row in \`notion_leaver_audit\` is written before the act, and its result after it. The limit counts everybody of the last 24 hours. What is beyond it is **held** for a person; owners and protected people are **refused**.

*Gone* means: not found, with a good answer of the same server in the same moment.`,
	[10.8, 5.7],
	[5.6, 1.4],
	4,
);
workflow.note(
	'What follows',
	`## In this order, each to its end
1. Rows that follow: *watch* (come back?), *remind* (days 14 and 25), what is tried again; then the results
2. Rows of this employee that are over or moved
3. Decisions: who stays, who needs a person, who is held no more
4. The mail to the manager. If it fails, that is an alarm; the lockdown stands
5. Alarms, claims, and last of all the red end where somebody has to look

| outcome | what to do |
| --- | --- |
| removed, alreadyGone, stays | nothing |
| held | look at the list in **ReleaseForm** |
| refused, failed with needsPerson | read \`error\` and \`reason\`, decide |
| failed, notVerified | tried again in 5 minutes |`,
	[5.5, 7.4],
	[5, 2.8],
	5,
);
workflow.note(
	'Release',
	`## Somebody looks at who is held
Opening the form does nothing. Without a code it shows the list, and a code under it; with this code, within the hour and while the list is the same, all of them are locked out after the HRIS was read again. *No* empties the list; the night fills it again with whoever has still left. Who is on the list cannot release it. The answer is put on record first: who, how sure that is, when.`,
	[5.8, 10.6],
	[6, 0.85],
	6,
);
workflow.note(
	'What nobody expected',
	`## When an execution fails as a whole
Its claims are released, an alarm is stored, and removals that it had begun are looked at again in 5 minutes. Needs no settings, but works only once the workflow is published.`,
	[13.2, 13.8],
	[4, 0.7],
	3,
);

export default workflow;
