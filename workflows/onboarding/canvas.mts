import { TABLE_RETRY, createTable, DATA_TABLE_VERSION, getRows, insertRow, type Table, updateRows, upsertRow } from '../../canvas/dataTable.mts';
import { calledWith, ifTrue, settings, subWorkflow, switchOn } from '../../canvas/nodes.mts';
import { storeAlarms } from '../../canvas/parts/alarm.mts';
import { claim, endClaims } from '../../canvas/parts/claim.mts';
import { claims, leaverAudit, peopleLinks, scheduledChanges } from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';

const FOLDER = 'workflows/onboarding/code';
const VERDICT = [...ADDRESSES, 'canvas/code/dates.js', `${FOLDER}/verdict.js`];

/** What onboarding did: one row for each event of each employee. */
const audit: Table = {
	name: 'notion_onboarding_audit',
	columns: {
		execution: 'string',
		employeeId: 'string',
		email: 'string',
		displayName: 'string',
		department: 'string',
		action: 'string',
		startAt: 'string',
		groupsWanted: 'string',
		outcome: 'string',
		userId: 'string',
		groupsJoined: 'string',
		groupsMissing: 'string',
		needsPerson: 'boolean',
		error: 'string',
	},
};

const SCIM = 'n8n-nodes-notion-scim.notionScim';

const workflow = new Workflow('Notion onboarding');

// Doors

const signed = workflow.add({
	name: 'HrisEvents',
	type: 'n8n-nodes-hris-trigger.hrisTrigger',
	version: 1,
	parameters: {
		timeZone: '',
		kinds: ['changed', 'hireCancelled', 'hired', 'rehired'],
		// What may mean that a person leaves is told by the offboarding. A word that is not known comes all the same.
		alarms: false,
	},
	at: [0, -1.6],
});
const plain = workflow.add({
	name: 'HrisWebhook',
	type: 'webhook',
	version: 2,
	parameters: {
		httpMethod: 'POST',
		path: 'notion-onboarding',
		authentication: 'headerAuth',
		options: {},
	},
	at: [0, -0.8],
});
const called = workflow.add({
	name: 'WhenCalled',
	type: 'executeWorkflowTrigger',
	version: 1.1,
	parameters: calledWith('kind', 'source', 'employeeId', 'companyId', 'email', 'eventId', 'timeZone', 'rowId'),
	at: [0, 0],
});
const set = workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'timeZone', type: 'string', value: '' },
		{ name: 'source', type: 'string', value: 'bamboohr' },
		{ name: 'leadHours', type: 'number', value: 0 },
		{
			name: 'departmentGroups',
			type: 'object',
			value: {
				Engineering: ['All Staff', 'Engineering'],
				Sales: ['All Staff', 'Sales'],
				Finance: ['All Staff', 'Finance'],
			},
		},
		{ name: 'defaultRole', type: 'string', value: 'member' },
		{ name: 'createMissingGroups', type: 'boolean', value: false },
	]),
	at: [1, 0],
	once: true,
});
for (const door of [signed, plain, called]) workflow.connect(door, set);
const events = workflow.add({
	name: 'Events',
	type: 'code',
	version: 2,
	parameters: code(...ADDRESSES, 'canvas/code/readEvents.js'),
	at: [2, 0],
});

// Whose event it is

const claimed = claim(workflow, [3, 0]);

// What the HRIS says

const makeTable = (name: string, table: Table, at: [number, number]) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: createTable(table),
		at,
		retry: TABLE_RETRY,
		once: true,
	});
const schedule = makeTable('Schedule table', scheduledChanges, [9, 0]);
const linkTable = makeTable('Links table', peopleLinks, [10, 0]);
const auditTable = makeTable('Audit table', audit, [11, 0]);
const leaverTable = makeTable('Leavers table', leaverAudit, [12, 0]);

const anybodyToAsk = workflow.add({
	name: 'Anybody to ask about?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue(
		"$('Mine to do').all().some(({ json }) => ['hired', 'rehired', 'hireCancelled', 'changed'].includes(json.kind) && (json.employeeId || json.email))",
	),
	at: [13, 0],
	once: true,
});
const questions = workflow.add({
	name: 'Questions',
	type: 'code',
	version: 2,
	parameters: code(`${FOLDER}/toAsk.js`, `${FOLDER}/questions.js`),
	at: [14, -0.5],
});
const ask = workflow.add({
	name: 'Ask the HRIS',
	type: 'executeWorkflow',
	version: 1.3,
	parameters: {
		...subWorkflow('HRIS source: BambooHR', {
			ask: 'person',
			employeeId: '={{ $json.employeeId }}',
			companyId: '={{ $json.companyId }}',
			email: '={{ $json.email }}',
			since: '',
		}),
		// One that the HRIS cannot answer must not stop the others.
		mode: 'each',
	},
	at: [15, -0.5],
	onError: 'continueRegularOutput',
});
const people = workflow.add({
	name: 'People',
	type: 'code',
	version: 2,
	parameters: code(...ADDRESSES, `${FOLDER}/people.js`),
	at: [16, 0],
});
const readScheduled = workflow.add({
	name: 'Read scheduled',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows(
		schedule,
		[
			['employeeId', 'eq', '={{ $json.employeeId }}'],
			['email', 'eq', '={{ $json.email }}'],
			['id', 'eq', '={{ $json.rowId }}'],
		],
		{ match: 'any' },
	),
	at: [17, 0],
	retry: TABLE_RETRY,
	always: true,
});
const peopleAgain = workflow.add({
	name: 'People to link',
	type: 'code',
	version: 2,
	parameters: code(`${FOLDER}/peopleAgain.js`),
	at: [18, 0],
});
const readLinks = workflow.add({
	name: 'Read links',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows(
		linkTable,
		[
			['employeeId', 'eq', '={{ $json.employeeId }}'],
			['email', 'ilike', '={{ $json.email }}'],
		],
		{ match: 'any' },
	),
	at: [19, 0],
	retry: TABLE_RETRY,
	always: true,
});

const peopleOnceMore = workflow.add({
	name: 'People who may have left',
	type: 'code',
	version: 2,
	parameters: code(`${FOLDER}/peopleAgain.js`),
	at: [20, 0],
});
const readLeavers = workflow.add({
	name: 'Read leavers',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows(leaverTable, [['email', 'ilike', '={{ $json.email }}']]),
	at: [21, 0],
	retry: TABLE_RETRY,
	always: true,
});

// Verdict

const verdict = workflow.add({
	name: 'Verdict',
	type: 'code',
	version: 2,
	parameters: code(...VERDICT, `${FOLDER}/verdicts.js`),
	at: [22, 0],
});
const anybodyToFind = workflow.add({
	name: 'Anybody to look up?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$('Verdict').all().some(({ json }) => json.look && (json.link?.userId || json.record?.email || json.event.email))"),
	at: [0, 4],
	once: true,
});
const toLookUp = workflow.add({
	name: 'To look up',
	type: 'code',
	version: 2,
	parameters: code(`${FOLDER}/toLookUp.js`),
	at: [1, 3.5],
});
const look = workflow.add({
	name: 'Look in Notion',
	type: SCIM,
	version: 1,
	parameters: {
		resource: 'user',
		operation: 'get',
		// As an expression, an address and an id are told apart by their form.
		user: '={{ $json.user }}',
	},
	at: [2, 3.5],
	onError: 'continueRegularOutput',
});
const decision = workflow.add({
	name: 'Decision',
	type: 'code',
	version: 2,
	parameters: code(...VERDICT, `${FOLDER}/decisions.js`),
	at: [3, 4],
});

// Recorded first

const intention = workflow.add({
	name: 'Store intention',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: insertRow(audit, auditTable, {
		execution: '={{ $execution.id }}',
		employeeId: '={{ $json.employeeId }}',
		email: '={{ $json.email }}',
		displayName: "={{ $json.person.displayName ?? '' }}",
		department: "={{ $json.person.department ?? '' }}",
		action: '={{ $json.event.kind }}',
		startAt: "={{ $json.record?.startDate ?? '' }}",
		groupsWanted: "={{ $json.groups.join(', ') }}",
		outcome: '={{ $json.outcome }}',
		userId: "={{ $json.userId ?? '' }}",
		needsPerson: "={{ $json.outcome === 'refused' }}",
		error: '={{ $json.note }}',
	}),
	at: [4, 4],
});
const onRecord = workflow.add({
	name: 'On record',
	type: 'set',
	version: 3.4,
	parameters: {
		mode: 'raw',
		jsonOutput:
			"={{ { record: { id: $json.id }, decision: $('Decision').all()[$itemIndex].json, act: $('Decision').all()[$itemIndex].json.act, groups: $('Decision').all()[$itemIndex].json.groups } }}",
		options: {},
	},
	at: [5, 4],
});
const whatToWrite = workflow.add({
	name: 'What to write?',
	type: 'switch',
	version: 3.2,
	parameters: switchOn('$json.act', ['create', 'update']),
	at: [6, 4],
});

// Written to Notion

const person = (attribute: string) => `={{ $json.decision.person.${attribute} ?? '' }}`;
const attributes = Object.fromEntries(
	[
		'department',
		'displayName',
		'division',
		'costCenter',
		'employeeNumber',
		'familyName',
		'givenName',
		'managerEmail',
		'title',
	].map((attribute) => [attribute, person(attribute)]),
);
const upsert = workflow.add({
	name: 'Create or update user',
	type: SCIM,
	version: 1,
	parameters: {
		resource: 'user',
		operation: 'upsert',
		email: '={{ $json.decision.email }}',
		additionalFields: { ...attributes, role: "={{ $('Settings').first().json.defaultRole }}" },
		options: { onNotTaken: 'report' },
	},
	at: [7, 3.25],
	onError: 'continueErrorOutput',
});
const update = workflow.add({
	name: 'Update member',
	type: SCIM,
	version: 1,
	parameters: {
		resource: 'user',
		operation: 'update',
		user: { __rl: true, mode: 'id', value: '={{ $json.decision.userId }}' },
		updateFields: attributes,
		options: {},
	},
	at: [7, 5],
	onError: 'continueErrorOutput',
});
const joins = workflow.add({
	name: 'Group joins',
	type: 'code',
	version: 2,
	parameters: code(`${FOLDER}/groupJoins.js`),
	at: [8, 3],
});
const createGroups = workflow.add({
	name: 'Create groups?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$('Settings').first().json.createMissingGroups"),
	at: [9, 3],
});
const createGroup = workflow.add({
	name: 'Create group',
	type: SCIM,
	version: 1,
	parameters: { resource: 'group', operation: 'upsert', displayName: '={{ $json.group }}' },
	at: [10, 2.5],
	onError: 'continueErrorOutput',
});
const join = workflow.add({
	name: 'Join group',
	type: SCIM,
	version: 1,
	parameters: {
		resource: 'group',
		operation: 'addMembers',
		group: { __rl: true, mode: 'name', value: "={{ $('Group joins').item.json.group }}" },
		members: "={{ $('Group joins').item.json.userId }}",
	},
	at: [11, 3],
	onError: 'continueErrorOutput',
});
const results = workflow.add({
	name: 'All results',
	type: 'merge',
	version: 3,
	parameters: { mode: 'append', numberInputs: 8 },
	at: [12.25, 3.75],
});
const outcome = workflow.add({
	name: 'Outcome',
	type: 'code',
	version: 2,
	parameters: code(...VERDICT, `${FOLDER}/outcome.js`),
	at: [13.25, 4],
});

workflow.chain(set, events, claimed.first);
workflow.chain(claimed.last, schedule, linkTable, auditTable, leaverTable, anybodyToAsk, questions, ask, people);
workflow.connect(anybodyToAsk, people, { output: 1 });
workflow.chain(people, readScheduled, peopleAgain, readLinks, peopleOnceMore, readLeavers, verdict, anybodyToFind, toLookUp, look, decision);
workflow.connect(anybodyToFind, decision, { output: 1 });
workflow.chain(decision, intention, onRecord, whatToWrite, upsert, joins, createGroups, createGroup, join);
workflow.connect(whatToWrite, update, { output: 1 });
workflow.connect(createGroups, join, { output: 1 });
[
	{ from: createGroup, output: 1 },
	{ from: join, output: 0 },
	{ from: join, output: 1 },
	{ from: upsert, output: 0 },
	{ from: upsert, output: 1 },
	{ from: whatToWrite, output: 2 },
	{ from: update, output: 0 },
	{ from: update, output: 1 },
].forEach(({ from, output }, input) => workflow.connect(from, results, { output, input }));
workflow.connect(results, outcome);

// Recorded: n8n takes these branches from top to bottom, each to its end.

const storeOutcome = workflow.add({
	name: 'Store outcome',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(audit, auditTable, [['id', 'eq', '={{ $json.record }}']], {
		outcome: '={{ $json.outcome }}',
		userId: '={{ $json.userId }}',
		needsPerson: '={{ $json.needsPerson }}',
		error: '={{ $json.error }}',
		groupsJoined: "={{ $json.groupsJoined.join(', ') }}",
		groupsMissing: "={{ $json.groupsMissing.join(', ') }}",
	}),
	at: [14.5, 2],
});
const rowsToWrite = workflow.add({
	name: 'Rows to write',
	type: 'code',
	version: 2,
	parameters: code(`${FOLDER}/rowsToWrite.js`),
	at: [14.5, 2.9],
});
const writeRow = workflow.add({
	name: 'Write scheduled',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: upsertRow(
		scheduledChanges,
		schedule,
		[['id', 'eq', '={{ $json.id }}']],
		Object.fromEntries(Object.keys(scheduledChanges.columns).map((name) => [name, `={{ $json.${name} }}`])),
	),
	at: [15.5, 2.9],
});
const linksToWrite = workflow.add({
	name: 'Links to write',
	type: 'code',
	version: 2,
	parameters: code(`${FOLDER}/linksToWrite.js`),
	at: [14.5, 3.8],
});
const writeLink = workflow.add({
	name: 'Write link',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: upsertRow(
		peopleLinks,
		linkTable,
		[
			['source', 'eq', '={{ $json.source }}'],
			['employeeId', 'eq', '={{ $json.employeeId }}'],
			['companyId', 'eq', '={{ $json.companyId }}'],
		],
		Object.fromEntries(Object.keys(peopleLinks.columns).map((name) => [name, `={{ $json.${name} }}`])),
	),
	at: [15.5, 3.8],
});
const alarm = storeAlarms(workflow, [14.5, 4.7], 'Outcome');
const end = endClaims(workflow, 'End claims', [14.5, 5.8], '={{ $json.claimState }}', {
	key: '={{ $json.claimKey }}',
});
const forPerson = workflow.add({
	name: 'Must a person look?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$('Outcome').all().some(({ json }) => json.alarm && json.door !== 'WhenCalled')"),
	at: [15.5, 5.8],
	once: true,
});
const red = workflow.add({
	name: 'Say so',
	type: 'stopAndError',
	version: 1,
	parameters: {
		errorMessage:
			"={{ $('Outcome').all().filter(({ json }) => json.alarm).map(({ json }) => json.alarm.text).join(' ') }}",
	},
	at: [16.5, 5.6],
});
const answer = workflow.add({
	name: 'Results',
	type: 'code',
	version: 2,
	parameters: { jsCode: "// What the sweep gets that has called this.\nreturn $('Outcome').all().map(({ json }, index) => ({ json, pairedItem: index }));\n" },
	at: [16.5, 6.25],
	once: true,
});
for (const first of [storeOutcome, rowsToWrite, linksToWrite, alarm.first, end]) {
	workflow.connect(outcome, first);
}
workflow.chain(rowsToWrite, writeRow);
workflow.chain(linksToWrite, writeLink);
workflow.chain(end, forPerson, red);
workflow.connect(forPerson, answer, { output: 1 });

// What nobody expected

const errorTrigger = workflow.add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [0, 8.1] });
const failure = workflow.add({
	name: 'Failure',
	type: 'code',
	version: 2,
	parameters: code(`${FOLDER}/failure.js`),
	at: [1, 8.1],
});
const claimsAgain = makeTable('Claims table again', claims, [2, 8.1]);
const release = endClaims(workflow, 'Release claims', [3, 8.1], 'released', {
	execution: "={{ $('ErrorTrigger').first().json.execution.id }}",
	table: 'Claims table again',
});
const auditAgain = makeTable('Audit table again', audit, [4, 8.1]);
const storeFailure = workflow.add({
	name: 'Store failure',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: insertRow(audit, auditAgain, {
		execution: "={{ $('ErrorTrigger').first().json.execution.id }}",
		outcome: 'failed',
		needsPerson: true,
		error: "={{ $('Failure').first().json.error }}",
	}),
	at: [5, 8.1],
	once: true,
});
const alarmAgain = storeAlarms(workflow, [6, 8.1], 'Failure', ' again');
workflow.chain(errorTrigger, failure, claimsAgain, release, auditAgain, storeFailure, alarmAgain.first);

// Notes

workflow.note(
	'Onboarding',
	`## A hire in the HRIS becomes a member in Notion
On the first day of somebody in the HRIS that person is a member of the workspace, in the groups of their department. What is reported is a hint: **the HRIS is asked again before anything is done**, and what it says counts. Reported twice, nothing happens twice.

**Set up**
1. Import and publish the source of your HRIS first, such as **HRIS source: BambooHR**, and pick it in **Ask the HRIS**.
2. **HrisEvents**: enter your time zone, pick the *HRIS Webhook API* credential. You cannot install that package? Use **HrisWebhook**, with a *Header Auth* credential. Delete the door that you do not use.
3. **Settings**: the same time zone; which department joins which groups; how many hours before the first day access begins.
4. Pick your *Notion SCIM API* credential in the five Notion nodes. *No Removals* is enough access.
5. Import **offboarding-sweep**, too: it calls this workflow for hires whose day has come. And **error-notification**: it mails the alarms.
6. Publish, and give the HRIS the production URL.`,
	[-0.2, -5.1],
	[8, 2.75],
	4,
);
workflow.note(
	'Outcomes',
	`## What the table notion_onboarding_audit says
| outcome | what it means | what to do |
| --- | --- | --- |
| created, updated, unchanged | a member, in the groups of \`groupsJoined\` | nothing, unless \`groupsMissing\` names one: see \`error\` |
| scheduled | a row \`hire\` of scheduled_changes waits for the first day, or moved with it | nothing |
| withdrawn | the hire that waited does not come | nothing |
| notTaken | a member, but Notion keeps another name: the domain is not verified | nothing, or verify the domain |
| refused | not done; an alarm says why | correct it where the alarm says. A change in the HRIS brings it back by itself |
| failed | the HRIS, Notion or the network failed | nothing: it is tried again in 5 minutes, and an alarm comes with the third try |
| ignored | nothing was to be done | nothing |
| started | the execution died before its result | see *Executions* |

An execution with an alarm ends red, after everything else was done and stored.`,
	[7.9, -5.1],
	[12.1, 2.75],
);
workflow.note(
	'Doors',
	'### Three doors\nSigned events, a webhook with a secret, and the sweep. The HRIS is answered at once.',
	[-0.2, -2.2],
	[2.95, 3.2],
);
workflow.note(
	'Once',
	'### Once\nOf all executions that got the same event, one goes on.',
	[2.85, -2.2],
	[5.95, 3.2],
);
workflow.note(
	'Asked',
	'### The HRIS is asked\nOne employee that cannot be read does not stop the others. With what waits in **scheduled_changes**, with the account that belongs to this employee in **people_links**, and with who had the address before in **notion_leaver_audit**, there is a verdict.',
	[8.9, -2.2],
	[14.1, 3.2],
);
workflow.note(
	'Looked up',
	'### Looked up, and put on record\nA change needs an existing member; it never makes one. What is to be done is stored before it is done.',
	[-0.2, 1.15],
	[6.95, 5.75],
);
workflow.note(
	'Written',
	'### Written to Notion\nThe role counts at creation only. Owners and membership admins are never written to.',
	[6.85, 1.15],
	[5.2, 5.75],
	5,
);
workflow.note(
	'Recorded',
	'### Recorded\nFrom top to bottom: the outcome, the rows that wait, the link, the alarms, and last the claim, so that nothing is called done before it is.',
	[12.15, 1.15],
	[7.85, 5.75],
);
workflow.note(
	'Unexpected',
	'### What nobody expected\nA full table, a defect: the claims are released, and an alarm names the node and the execution.',
	[-0.2, 7.05],
	[9.2, 2],
	3,
);

export default workflow;
