import {
	TABLE_RETRY,
	createTable,
	DATA_TABLE_VERSION,
	getRows,
	insertRow,
	updateRows,
} from '../../canvas/dataTable.mts';
import { calledWith, ifTrue, settings } from '../../canvas/nodes.mts';
import { claim, endClaims } from '../../canvas/parts/claim.mts';
import { alarms, claims } from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';

const workflow = new Workflow('Error notification: mail alarms until somebody takes care');
const CODE = 'workflows/error-notification/code';
const pure = (file: string) => code(...ADDRESSES, `${CODE}/alarms.js`, `${CODE}/${file}`);

/** Hours after which a page of the form that was left open ends. */
const PAGE_HOURS = 1;

// Telling

workflow.add({
	name: 'EveryMinute',
	type: 'scheduleTrigger',
	version: 1.2,
	parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 1 }] } },
	at: [0, 0],
});
workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'notifyTo', type: 'string', value: '' },
		{ name: 'mailFrom', type: 'string', value: '' },
		{ name: 'repeatHours', type: 'number', value: 4 },
		{
			name: 'n8nUrl',
			type: 'string',
			value: "={{ $execution.resumeUrl.split('/webhook-waiting')[0] }}",
		},
	]),
	at: [1, 0],
});
workflow.add({
	name: 'Alarms table',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: createTable(alarms),
	at: [2, 0],
	retry: TABLE_RETRY,
	once: true,
});
workflow.add({
	name: 'Open or untold',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows('Alarms table', [['state', 'eq', 'open'], ['told', 'eq', 0]], { match: 'any' }),
	at: [3, 0],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
workflow.add({ name: 'Events', type: 'code', version: 2, parameters: pure('events.js'), at: [4, 0] });
const mine = claim(workflow, [5, 0]);
workflow.add({ name: 'Digest', type: 'code', version: 2, parameters: pure('digest.js'), at: [4, 1.25] });
workflow.add({
	name: 'Send mail',
	type: 'emailSend',
	version: 2.1,
	parameters: {
		fromEmail: "={{ $('Settings').first().json.mailFrom }}",
		toEmail: "={{ $('Settings').first().json.notifyTo }}",
		subject: '={{ $json.subject }}',
		emailFormat: 'text',
		text: '={{ $json.text }}',
		options: { appendAttribution: false },
	},
	at: [5, 1.25],
	onError: 'continueErrorOutput',
});
workflow.add({ name: 'Told', type: 'code', version: 2, parameters: code(`${CODE}/told.js`), at: [6, 1.25] });
workflow.add({
	name: 'Mark as told',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(
		alarms,
		'Alarms table',
		[
			['key', 'eq', '={{ $json.key }}'],
			['state', 'eq', '={{ $json.state }}'],
			['id', 'lte', '={{ $json.newestId }}'],
		],
		{ toldAt: '={{ $now.toUTC().toISO() }}', told: '={{ $json.told + 1 }}' },
	),
	at: [7, 1.25],
	retry: TABLE_RETRY,
	always: true,
});
workflow.add({
	name: 'Once',
	type: 'limit',
	version: 1,
	parameters: {},
	at: [8, 1.25],
});
endClaims(workflow, 'Claims done', [9, 1.25], 'done');
workflow.add({
	name: 'All addresses taken?',
	type: 'code',
	version: 2,
	parameters: code(`${CODE}/refused.js`),
	at: [10, 1.25],
});
endClaims(workflow, 'Claims released', [6, 2.25], 'released');
workflow.add({
	name: 'Mail failed',
	type: 'stopAndError',
	version: 1,
	parameters: { errorMessage: "={{ 'The mail could not be sent: ' + $('Send mail').first(1).json.error }}" },
	at: [7, 2.25],
});
workflow.chain('EveryMinute', 'Settings', 'Alarms table', 'Open or untold', 'Events', mine.first);
workflow.chain(mine.last, 'Digest', 'Send mail', 'Told', 'Mark as told', 'Once', 'Claims done', 'All addresses taken?');
workflow.connect('Send mail', 'Claims released', { output: 1 });
workflow.connect('Claims released', 'Mail failed');

// Acknowledging

workflow.add({
	name: 'AcknowledgeForm',
	type: 'formTrigger',
	version: 2.6,
	parameters: {
		authentication: 'basicAuth',
		formTitle: 'Alarms of the Notion workflows',
		formDescription: 'The next page shows what is open. Nothing is acknowledged before you say so there.',
		formFields: { values: [{ fieldLabel: 'Your name', fieldType: 'text', requiredField: true }] },
		options: { path: 'notion-alarms', appendAttribution: false, buttonLabel: 'Show open alarms' },
	},
	at: [0, 3.5],
});
workflow.add({
	name: 'Alarms table for the form',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: createTable(alarms),
	at: [1, 3.5],
	retry: TABLE_RETRY,
	once: true,
});
workflow.add({
	name: 'Open alarms',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows('Alarms table for the form', [['state', 'eq', 'open']]),
	at: [2, 3.5],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
workflow.add({ name: 'Page', type: 'code', version: 2, parameters: pure('page.js'), at: [3, 3.5] });
workflow.add({
	name: 'Is anything open?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue('$json.shown.length > 0'),
	at: [4, 3.5],
});
workflow.add({
	name: 'Choose alarms',
	type: 'form',
	version: 2.5,
	parameters: {
		defineForm: 'json',
		jsonOutput: '={{ $json.page }}',
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: PAGE_HOURS,
		resumeUnit: 'hours',
		options: { formTitle: 'Open alarms', buttonLabel: 'I take care of these' },
	},
	at: [5, 3.5],
});
workflow.add({ name: 'Chosen', type: 'code', version: 2, parameters: pure('chosen.js'), at: [6, 3.5] });
workflow.add({
	name: 'Acknowledge',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(
		alarms,
		'Alarms table for the form',
		[
			['key', 'eq', '={{ $json.key }}'],
			['state', 'eq', 'open'],
			['id', 'lte', '={{ $json.newestId }}'],
			['text', 'eq', '={{ $json.text }}'],
		],
		{
			state: 'acknowledged',
			acknowledgedAt: '={{ $now.toUTC().toISO() }}',
			acknowledgedBy: '={{ $json.by }}',
		},
	),
	at: [7, 3.5],
	retry: TABLE_RETRY,
	always: true,
});
workflow.add({
	name: 'Thanks',
	type: 'form',
	version: 2.5,
	parameters: {
		operation: 'completion',
		respondWith: 'text',
		completionTitle: 'Acknowledged',
		completionMessage: "={{ [...new Set($('Chosen').all().map(({ json }) => json.key))].join(', ') }}",
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: PAGE_HOURS,
		resumeUnit: 'hours',
		options: {},
	},
	at: [8, 3.5],
	once: true,
});
workflow.add({
	name: 'Nothing open',
	type: 'form',
	version: 2.5,
	parameters: {
		operation: 'completion',
		respondWith: 'text',
		completionTitle: 'Nothing is open',
		completionMessage: 'Every alarm has been acknowledged.',
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: PAGE_HOURS,
		resumeUnit: 'hours',
		options: {},
	},
	at: [5, 4.5],
});
workflow.chain(
	'AcknowledgeForm',
	'Alarms table for the form',
	'Open alarms',
	'Page',
	'Is anything open?',
	'Choose alarms',
	'Chosen',
	'Acknowledge',
	'Thanks',
);
workflow.connect('Is anything open?', 'Nothing open', { output: 1 });

// New alarms

workflow.add({
	name: 'WhenCalled',
	type: 'executeWorkflowTrigger',
	version: 1.1,
	parameters: calledWith('key', 'text', 'workflow'),
	at: [0, 5.75],
});
workflow.add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [0, 6.75] });
workflow.add({ name: 'New alarms', type: 'code', version: 2, parameters: pure('newAlarms.js'), at: [1, 5.75] });
workflow.add({
	name: 'Alarms table for new ones',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: createTable(alarms),
	at: [2, 5.75],
	retry: TABLE_RETRY,
	once: true,
});
workflow.add({
	name: 'What is open',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows('Alarms table for new ones', [['state', 'eq', 'open']]),
	at: [3, 5.75],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
workflow.add({ name: 'Not open yet', type: 'code', version: 2, parameters: pure('toStore.js'), at: [4, 5.75] });
workflow.add({
	name: 'Store alarm',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: insertRow(alarms, 'Alarms table for new ones', {
		key: '={{ $json.key }}',
		workflow: '={{ $json.workflow }}',
		workflowId: '={{ $json.workflowId }}',
		execution: '={{ $json.execution }}',
		text: '={{ $json.text }}',
		state: 'open',
		told: 0,
	}),
	at: [5, 5.75],
	retry: TABLE_RETRY,
});
workflow.add({
	name: 'Claims table after a failure',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: createTable(claims),
	at: [1, 6.75],
	retry: TABLE_RETRY,
	once: true,
});
endClaims(workflow, 'Release claims', [2, 6.75], 'released', {
	table: 'Claims table after a failure',
	execution: "={{ $('ErrorTrigger').first().json.execution?.id ?? '' }}",
});
workflow.chain('WhenCalled', 'New alarms', 'Alarms table for new ones', 'What is open', 'Not open yet', 'Store alarm');
workflow.connect('ErrorTrigger', 'New alarms');
workflow.connect('ErrorTrigger', 'Claims table after a failure');
workflow.connect('Claims table after a failure', 'Release claims');

// Notes

workflow.note(
	'what it does',
	`
## Alarms are mailed until somebody takes care

The other workflows write what a person must know into the table \`notion_alarms\`. Every minute this one mails what is new, and every few hours again what nobody has acknowledged.

**Set up:** Send mail → SMTP credential. AcknowledgeForm → Basic Auth credential. **Settings** → who is mailed, and from which address. Publish.

It needs no other workflow, and all others need it.
`,
	[-0.25, -1.6],
	[4.5, 1.3],
	5,
);
workflow.note(
	'once',
	`
## One run mails, also where two run at once

Alarms of one key are one line of the mail, with every text. Each line is claimed by a row in \`hris_event_claims\` before it is mailed. A claim of a run that died ends after a quarter of an hour, and then the alarms are mailed.

If a run dies between the mail and its mark, that mail comes twice. None is lost.
`,
	[4.75, -1.6],
	[5.9, 1.3],
);
workflow.note(
	'mail',
	`
## One mail for everything

Only when the mail server has taken it are the alarms marked as told. If it refuses, the claims are released, the execution is red, and the next minute tries again.
`,
	[-0.25, 1.1],
	[3.75, 1],
);
workflow.note(
	'form',
	`
## Acknowledging

The mail links to \`/form/notion-alarms\`. Opening it does nothing. The second page shows what is open; sending it acknowledges what was shown and ticked, and records who and when.
`,
	[9.1, 3.35],
	[2.8, 1.1],
);
workflow.note(
	'new alarms',
	`
## Alarms of your own workflows

Choose this workflow as the **Error Workflow** in the settings of others, or call it with \`key\`, \`text\` and \`workflow\`. What is open in the same words is not stored twice. A failure of this workflow itself is an alarm, too.
`,
	[6.25, 6.5],
	[5.65, 1.1],
);

export default workflow;
