import {
	type Condition,
	TABLE_RETRY,
	createTable,
	DATA_TABLE_VERSION,
	deleteRows,
	getRows,
	type Table,
	updateRows,
} from '../../canvas/dataTable.mts';
import { settings, subWorkflow, switchOn } from '../../canvas/nodes.mts';
import { storeAlarms } from '../../canvas/parts/alarm.mts';
import { claim, endClaims } from '../../canvas/parts/claim.mts';
import {
	alarms,
	claims,
	leaverAudit,
	peopleLinks,
	scheduledChanges,
} from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';

type Place = [column: number, row: number];

const HERE = 'workflows/offboarding-sweep/code';
const MAIL = { fromEmail: "={{ $('Settings').first().json.mailFrom }}", emailFormat: 'text' };

const workflow = new Workflow('Offboarding sweep');

const script = (name: string, at: Place, ...files: string[]) =>
	workflow.add({
		name,
		type: 'code',
		version: 2,
		parameters: code(
			'canvas/code/dates.js',
			...ADDRESSES,
			...['people', 'readings', ...files].map((file) =>
				file.includes('/') ? file : `${HERE}/${file}.js`,
			),
		),
		at,
	});

const makeTable = (name: string, at: Place, table: Table) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: createTable(table),
		at,
		retry: TABLE_RETRY,
		once: true,
	});

/** Reads once; what others write at the same moment can make a reading fail, so it is tried again. */
const read = (
	name: string,
	at: Place,
	table: string,
	conditions: Condition[] = [],
	match: 'all' | 'any' = 'all',
) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: getRows(table, conditions, { match }),
		at,
		retry: TABLE_RETRY,
		once: true,
		always: true,
	});

const changeRows = (
	name: string,
	at: Place,
	table: Table,
	createdBy: string,
	conditions: Condition[],
	values: Record<string, string | number | boolean>,
) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: updateRows(table, createdBy, conditions, values),
		at,
		retry: TABLE_RETRY,
		always: true,
	});

const stop = (name: string, at: Place) =>
	workflow.add({
		name,
		type: 'stopAndError',
		version: 1,
		parameters: { errorMessage: '={{ $json.message }}' },
		at,
	});

/** Calls the workflow once for each item, so that one that fails does not stop another. */
const callForEach = (name: string, at: Place, meant: string, inputs: Record<string, string>) =>
	workflow.add({
		name,
		type: 'executeWorkflow',
		version: 1.3,
		parameters: { ...subWorkflow(meant, inputs), mode: 'each' },
		at,
		onError: 'continueErrorOutput',
	});

const member = (name: string, at: Place, mode: 'id' | 'email', column: string) =>
	workflow.add({
		name,
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		parameters: {
			resource: 'user',
			operation: 'get',
			user: { __rl: true, mode, value: `={{ $json.${column} }}` },
		},
		at,
		onError: 'continueErrorOutput',
	});

/* Triggers */

workflow.add({
	name: 'EveryFiveMinutes',
	type: 'scheduleTrigger',
	version: 1.2,
	parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 5 }] } },
	at: [0, 0],
});
workflow.add({
	name: 'Nightly',
	type: 'scheduleTrigger',
	version: 1.2,
	parameters: { rule: { interval: [{ triggerAtHour: 2, triggerAtMinute: 30 }] } },
	at: [0, 5],
});
workflow.add({ name: 'MakeReport', type: 'manualTrigger', version: 1, at: [0, 6] });
workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'timeZone', type: 'string', value: '' },
		{ name: 'daysBack', type: 'number', value: 30 },
		{ name: 'promisedMinutes', type: 'number', value: 15 },
		{ name: 'silentAfterDays', type: 'number', value: 14 },
		{ name: 'reportDay', type: 'number', value: 1 },
		{ name: 'reportTo', type: 'string', value: 'it-security@example.com' },
		{ name: 'mailFrom', type: 'string', value: 'n8n@example.com' },
		{ name: 'rowsAtOnce', type: 'number', value: 50 },
	]),
	at: [1, 2.5],
	once: true,
});
workflow.add({
	name: 'Door',
	type: 'switch',
	version: 3.2,
	parameters: switchOn("$('EveryFiveMinutes').isExecuted ? 'due rows' : 'comparison'", [
		'due rows',
		'comparison',
	]),
	at: [2, 2.5],
});
for (const trigger of ['EveryFiveMinutes', 'Nightly', 'MakeReport'])
	workflow.connect(trigger, 'Settings');
workflow.connect('Settings', 'Door');

/* Every five minutes: rows that are due */

const changes = makeTable('Changes table', [3, 0], scheduledChanges);
const open = read(
	'Read open rows',
	[4, 0],
	changes,
	[
		['state', 'eq', 'waiting'],
		['state', 'eq', 'working'],
	],
	'any',
);
const stuck = script('Stuck rows', [5, -1], 'rows', 'stuck');
const putBack = changeRows(
	'Put back',
	[6, -1],
	scheduledChanges,
	changes,
	[
		['id', 'eq', '={{ $json.id }}'],
		['state', 'eq', 'working'],
		// Another sweep can have put it back, and it can be in work again.
		['updatedAt', 'lt', '={{ $now.minus({ minutes: 15 }).toUTC().toISO() }}'],
	],
	Object.fromEntries(
		['state', 'dueAt', 'attempts', 'note'].map((column) => [column, `={{ $json.${column} }}`]),
	),
);
const stuckAlarms = storeAlarms(workflow, [7, -1], stuck, ' of stuck rows');
const events = script('Events', [5, 0], 'rows', 'events');
const claimed = claim(workflow, [6, 0]);
const take = changeRows(
	'Take rows',
	[12, 0],
	scheduledChanges,
	changes,
	[
		['id', 'eq', '={{ $json.id }}'],
		['state', 'eq', 'waiting'],
	],
	{ state: 'working' },
);
workflow.chain('Door', changes, open, stuck, putBack, stuckAlarms.first);
workflow.connect(open, events);
workflow.chain(events, claimed.first);
workflow.chain(claimed.last, take);

const kind = workflow.add({
	name: 'Kind',
	type: 'switch',
	version: 3.2,
	parameters: switchOn("$json.kind ?? ''", ['hire', 'leave', 'watch', 'remind']),
	at: [13, -1],
});
const rowInputs = (kindOfEvent: string) => ({
	kind: kindOfEvent,
	...Object.fromEntries(
		['source', 'employeeId', 'companyId', 'email', 'timeZone'].map((column) => [
			column,
			`={{ $json.${column} ?? '' }}`,
		]),
	),
	eventId: '=scheduled:{{ $json.id }}',
	rowId: '={{ String($json.id) }}',
});
callForEach('Call onboarding', [14, -2.5], 'Notion onboarding', rowInputs('hired'));
callForEach('Call offboarding', [14, -1.75], 'Offboarding: lockdown', {
	...rowInputs('leave'),
	requestedBy: '',
	reference: '',
});
member('Member by ID', [14, -1], 'id', 'userId');
member('Member by address', [14, -0.25], 'email', 'email');
const ROWS_TO_REMIND = "$('Take rows').all().filter(({ json }) => json.kind === 'remind')";
// Whoever was hired again or restored loses no pages. Each step gives out one item for each row.
for (const [name, column, mode, value] of [
	['Back by ID', 14, 'id', '={{ $json.userId }}'],
	['Back by address', 15, 'email', `={{ ${ROWS_TO_REMIND}[$itemIndex].json.email }}`],
] as const) {
	workflow.add({
		name,
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		parameters: { resource: 'user', operation: 'get', user: { __rl: true, mode, value } },
		at: [column, 0.5],
		onError: 'continueRegularOutput',
	});
}
script('Reminder', [16, 0.5], 'back', 'reminder');
workflow.add({
	name: 'Remind manager',
	type: 'emailSend',
	version: 2.1,
	parameters: {
		...MAIL,
		toEmail: '={{ $json.to }}',
		subject: '={{ $json.subject }}',
		text: '={{ $json.text }}',
		options: { appendAttribution: false },
	},
	at: [17, 0.5],
	onError: 'continueErrorOutput',
});
workflow.chain(take, kind);
workflow.connect(kind, 'Call onboarding', { output: 0 });
workflow.connect(kind, 'Call offboarding', { output: 1 });
workflow.connect(kind, 'Member by ID', { output: 2 });
workflow.connect(kind, 'Member by address', { output: 2 });
workflow.connect(kind, 'Back by ID', { output: 3 });
workflow.chain('Back by ID', 'Back by address', 'Reminder', 'Remind manager');

const cameOf = script('What came of it', [13, 1.5], 'rows', 'back', 'whatCameOfIt');
const finish = changeRows(
	'Finish rows',
	[14, 1.5],
	scheduledChanges,
	changes,
	[
		['id', 'eq', '={{ $json.id }}'],
		['state', 'eq', 'working'],
	],
	Object.fromEntries(
		['state', 'dueAt', 'attempts', 'note'].map((column) => [
			column,
			`={{ $json.values.${column} }}`,
		]),
	),
);
const done = endClaims(workflow, 'End claims', [15, 1.5], 'done');
const sweepAlarms = script('Alarms of rows', [16, 1.5], 'sweepAlarms');
const stored = storeAlarms(workflow, [17, 1.5], sweepAlarms, ' of rows');
const sweepFailures = script('Anything failed?', [16, 2.5], 'rows', 'sweepFailures');
const red = stop('Rows failed', [17, 2.5]);
workflow.chain(take, cameOf, finish, done, sweepAlarms, stored.first);
workflow.chain(done, sweepFailures, red);

/* Nightly, and for a report: what the HRIS and Notion say */

const asked = script('Leavers asked', [3, 5], 'leaversAsked');
const hris = workflow.add({
	name: 'HRIS leavers',
	type: 'executeWorkflow',
	version: 1.3,
	parameters: subWorkflow('HRIS source: BambooHR', {
		ask: '={{ $json.ask }}',
		employeeId: '',
		companyId: '',
		email: '',
		since: '={{ $json.since }}',
	}),
	at: [4, 5],
	onError: 'continueRegularOutput',
	always: true,
});
const members = workflow.add({
	name: 'Members',
	type: 'n8n-nodes-notion-scim.notionScim',
	version: 1,
	parameters: { resource: 'user', operation: 'getAll', returnAll: true },
	at: [5, 5],
	once: true,
	always: true,
	onError: 'continueRegularOutput',
});
const links = makeTable('Links table', [6, 5], peopleLinks);
const readLinks = read('Read links', [7, 5], links);
const audit = makeTable('Audit table', [8, 5], leaverAudit);
const readAudit = read('Read audit', [9, 5], audit);
const nightChanges = makeTable('Changes table of nights', [10, 5], scheduledChanges);
const readRows = read('Read rows', [11, 5], nightChanges);
const comparison = script('Comparison', [12, 5], 'night', 'comparison');
const missed = script('Missed', [13, 4], 'missed');
const callMissed = callForEach('Lock out missed', [14, 4], 'Offboarding: lockdown', {
	...Object.fromEntries(
		[
			'kind',
			'source',
			'employeeId',
			'companyId',
			'email',
			'eventId',
			'timeZone',
			'rowId',
			'requestedBy',
			'reference',
		].map((input) => [input, `={{ $json.${input} }}`]),
	),
});
workflow.connect('Door', asked, { output: 1 });
workflow.chain(
	asked,
	hris,
	members,
	links,
	readLinks,
	audit,
	readAudit,
	nightChanges,
	readRows,
	comparison,
);
workflow.chain(comparison, missed, callMissed);

const readAgain = read('Read audit again', [13, 5], audit);
const rowsAgain = read('Read rows again', [14, 5], nightChanges);
const nightClaims = makeTable('Claims table of nights', [15, 5], claims);
const readClaims = read('Read claims of nights', [16, 5], nightClaims);
const earlierAlarms = makeTable('Alarms table of nights', [17, 5], alarms);
const readUnmatched = read('Read unmatched', [18, 5], earlierAlarms, [
	['key', 'eq', 'sweep: unmatched'],
]);
const nightAlarms = script(
	'Night alarms',
	[19, 4],
	'rows',
	'canvas/code/claims.js',
	'night',
	'missedFailures',
	'nightAlarms',
);
const nightStored = storeAlarms(workflow, [20, 4], nightAlarms, ' of the night');
const dead = script('Dead claims', [19, 5], 'canvas/code/claims.js', 'night', 'deadClaims');
const release = changeRows(
	'Release dead claims',
	[20, 5],
	claims,
	nightClaims,
	[
		['id', 'eq', '={{ $json.id }}'],
		['state', 'eq', 'working'],
	],
	{ state: 'released' },
);
const forget = workflow.add({
	name: 'Delete old claims',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: deleteRows(nightClaims, [
		['state', 'neq', 'working'],
		['createdAt', 'lt', '={{ $now.minus({ days: 60 }).toUTC().toISO() }}'],
	]),
	at: [19, 6],
	once: true,
	always: true,
});
const forgetAlarms = workflow.add({
	name: 'Delete old alarms',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: deleteRows(earlierAlarms, [
		['state', 'neq', 'open'],
		['updatedAt', 'lt', '={{ $now.minus({ days: 60 }).toUTC().toISO() }}'],
	]),
	at: [20, 6],
	once: true,
});
const orphans = script('Orphans to end', [19, 8], 'orphansToEnd');
const endOrphans = changeRows(
	'End orphans',
	[20, 8],
	leaverAudit,
	audit,
	[
		['id', 'eq', '={{ $json.id }}'],
		['outcome', 'eq', 'intended'],
	],
	{
		outcome: 'alreadyGone',
		error: 'Nothing was heard of this removal. The nightly comparison found no such member.',
	},
);
const report = script('Leaver report', [19, 7], 'leaverReport', 'makeReport');
workflow.add({
	name: 'Mail report',
	type: 'emailSend',
	version: 2.1,
	parameters: {
		...MAIL,
		toEmail: "={{ $('Settings').first().json.reportTo }}",
		subject: '={{ $json.subject }}',
		text: '={{ $json.text }}',
		options: { appendAttribution: false, attachments: 'html,csv' },
	},
	at: [20, 7],
	retry: { tries: 3, wait: 5000 },
	onError: 'continueErrorOutput',
});
const unsent = workflow.add({
	name: 'Report not mailed',
	type: 'code',
	version: 2,
	parameters: code(`${HERE}/reportNotMailed.js`),
	at: [21, 7],
});
const unsentStored = storeAlarms(workflow, [22, 7], unsent, ' of the report');
// The lowest of the branches runs last: it ends the execution.
const nightFailures = script('Anything wrong?', [19, 9], 'missedFailures', 'nightFailures');
const nightRed = stop('Night failed', [20, 9]);
workflow.chain(
	comparison,
	readAgain,
	rowsAgain,
	nightClaims,
	readClaims,
	earlierAlarms,
	readUnmatched,
	nightAlarms,
	nightStored.first,
);
workflow.chain(readUnmatched, dead, release);
workflow.chain(readUnmatched, forget, forgetAlarms);
workflow.chain(readUnmatched, orphans, endOrphans);
workflow.chain(readUnmatched, report, 'Mail report');
workflow.connect('Mail report', unsent, { output: 1 });
workflow.connect(unsent, unsentStored.first);
workflow.chain(readUnmatched, nightFailures, nightRed);

/* Failures that nobody foresaw */

workflow.add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [0, 10] });
const failed = script('Failed execution', [1, 10], 'failed');
const failedAlarm = storeAlarms(workflow, [2, 10], failed, ' of failures');
const claimsAgain = makeTable('Claims table of failures', [2, 11], claims);
const claimsOfFailed = read('Claims of failed', [3, 11], claimsAgain, [
	['execution', 'eq', "={{ $('Failed execution').first().json.execution }}"],
	['state', 'eq', 'working'],
]);
const changesOfFailures = makeTable('Changes table of failures', [4, 11], scheduledChanges);
const workingRows = read('Rows in work', [5, 11], changesOfFailures, [['state', 'eq', 'working']]);
const rowsOfFailed = script('Rows of failed', [6, 11], 'rows', 'rowsOfFailed');
const rowsBack = changeRows(
	'Rows wait again',
	[7, 11],
	scheduledChanges,
	changesOfFailures,
	[
		['id', 'eq', '={{ $json.id }}'],
		['state', 'eq', 'working'],
	],
	Object.fromEntries(
		['state', 'dueAt', 'attempts', 'note'].map((column) => [column, `={{ $json.${column} }}`]),
	),
);
const rowAlarms = storeAlarms(workflow, [8, 11], rowsOfFailed, ' of failed rows');
const released = endClaims(workflow, 'Release claims', [6, 12], 'released', {
	execution: "={{ $('Failed execution').first().json.execution }}",
	table: claimsAgain,
});
workflow.chain('ErrorTrigger', failed, failedAlarm.first);
workflow.chain(
	failed,
	claimsAgain,
	claimsOfFailed,
	changesOfFailures,
	workingRows,
	rowsOfFailed,
	rowsBack,
	rowAlarms.first,
);
workflow.connect(workingRows, released);

/* Notes */

workflow.note(
	'Offboarding sweep',
	`## Offboarding sweep

**Every five minutes** it acts on what is due in the Data Table **scheduled_changes**: hires whose day has come, leavers whose last day is over, looks whether somebody has come back, reminders to managers.

**Nightly** it compares the leavers of the HRIS with the members of Notion and locks out whoever was missed: an event that never came, or that died with n8n. Leavers only: a hire that was missed is not found here.

**Once a month** it mails the **leaver report**: who left, when that was known, when access ended, and whether in the promised time. Click *Execute workflow* at MakeReport to get one now.

### Import and publish first
1. **A source** (workflows/sources): reads your HRIS.
2. **offboarding-lockdown** and **onboarding**: everything that is done is done there, after reading the HRIS again.
3. **error-notification**: mails the alarms that are stored here. Without it nobody hears of them.

### Then, here
1. **Call onboarding**, **Call offboarding**, **Lock out missed**, **HRIS leavers**: pick your workflow.
2. **Member by ID**, **Member by address**, **Back by ID**, **Back by address**, **Members**: pick the Notion SCIM API credential. Reading is enough.
3. **Remind manager**, **Mail report**: pick the mail credential.
4. **Settings**: see the note below.
5. Publish.`,
	[-3.75, -2.5],
	[3.25, 3.9],
	4,
);
workflow.note(
	'Settings',
	`## Settings
| | |
| --- | --- |
| timeZone | required, as in offboarding-lockdown: for leavers whose record has none, and for the times of the report |
| daysBack | how far the comparison and the report look back |
| promisedMinutes | from the end of the last day, or from when the HRIS told, to *seen to be gone* |
| silentAfterDays | so many days without any event of the HRIS are an alarm |
| reportDay | day of the month on which the report is mailed, in the night |
| reportTo, mailFrom | addresses |
| rowsAtOnce | most rows that one sweep takes; the rest follow in five minutes |`,
	[-3.75, 1.6],
	[3.25, 2.9],
	5,
);
workflow.note(
	'Every five minutes',
	`## Every five minutes
All rows that wait or are worked on are read. Those that are due go on, the oldest first. A row that has been *working* for 15 minutes belongs to an execution that died: it waits again, and after five times it needs a person.`,
	[3, -2.5],
	[3.5, 1.2],
);
workflow.note(
	'Once',
	`## Acting once
1. The **claim**: of two sweeps at the same time one gets the row, as long as the database commits within half a second. The version of the row is in its key.
2. **Take rows** takes only what is still *waiting*.
3. The workflow that is called has a claim of its own, reads the HRIS again, and a lockdown of somebody who is gone changes nothing.`,
	[6.75, -2.5],
	[4.5, 1.2],
);
workflow.note(
	'Kinds',
	`## Four kinds of rows
- **hire**, **leave**: the workflow is called once for each row, so that one that fails does not stop another. It sets the row's state itself.
- **watch**: is somebody who was removed a member again? That is an alarm, with what may have brought them back.
- **remind**: the manager hears that private pages can still be transferred, unless the person is a member again.

**A failure**: the row waits 5, 10, 20, 40 minutes, then it is *needsPerson* and an alarm. The execution ends red after everything is stored.`,
	[16.25, -2.5],
	[4.5, 1.7],
);
workflow.note(
	'Nightly',
	`## Reading, completely or not at all
The HRIS gives everybody who left since *daysBack* days, and says at the end whether the list is whole. Notion's members are read completely; a list with gaps is an error. If one of the two is not whole, **nobody is touched** and an alarm says so.`,
	[3, 6.1],
	[3.75, 1.2],
);
workflow.note(
	'Comparison',
	`## Comparison
Whose last day is over and who is still a member, by link or by primary address, is **missed**: offboarding-lockdown is called and checks everything again. So it is for a removal of which nothing was heard. Whom the limit holds, a person releases. Who cannot be matched is told of once. Unclear records are an alarm.`,
	[7, 6.1],
	[3.75, 1.2],
);
workflow.note(
	'What else the night tells',
	`## What else the night looks at
Removals that were begun and of which nothing was heard; claims of executions that died (they are released); rows and leavers that wait for a person; rows that nobody works on; no event of the HRIS for *silentAfterDays*. Claims and alarms that are over are deleted after 60 days.

The **report** goes out on *reportDay*, also when something could not be read: then it says that it is not known to be whole.`,
	[13, 6.1],
	[4.75, 1.6],
);
workflow.note(
	'Failures',
	`## When this workflow itself fails
Its claims are released, its rows wait again (five times at most), and an alarm is stored. A mail that was sent before the failure can then be sent twice.`,
	[6, 9.6],
	[4.25, 0.9],
	3,
);

export default workflow;
