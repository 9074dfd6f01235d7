import {
	createTable,
	DATA_TABLE_VERSION,
	getRows,
	TABLE_RETRY,
	updateRows,
} from '../../canvas/dataTable.mts';
import { calledWith, FORM_CSS, ifTrue, settings } from '../../canvas/nodes.mts';
import { raiseAlerts } from '../../canvas/parts/raiseAlert.mts';
import { cycleSettings } from '../../canvas/parts/cycleSettings.mts';
import {
	applyNode,
	CONTEXT_CODE,
	directorySource,
	planContext,
	planNode,
	writeLinks,
} from '../../canvas/parts/directoryCycle.mts';
import {
	CHANGES_CODE,
	storeResults,
	writeIntentions,
} from '../../canvas/parts/directoryChanges.mts';
import { directoryChanges, directoryCycles } from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';

type Place = [column: number, row: number];

const HERE = 'workflows/provision-now/code';
const CYCLE = 'canvas/code/cycle';
const PAGE_HOURS = 1;

const workflow = new Workflow('Provision now');

const script = (name: string, at: Place, ...files: string[]) =>
	workflow.add({
		name,
		type: 'code',
		version: 2,
		parameters: code(...ADDRESSES, CHANGES_CODE, `${CYCLE}/standing.js`, ...files),
		at,
	});
const own = (file: string) => `${HERE}/${file}.js`;
const shared = (file: string) => `${CYCLE}/${file}.js`;

/* Doors */

workflow.add({
	name: 'ProvisionForm',
	type: 'formTrigger',
	version: 2.3,
	parameters: {
		authentication: 'basicAuth',
		formTitle: 'Provision one person in Notion now',
		formDescription:
			'The next page shows what the directory says and what would be done. Nothing is done before you say so there.',
		formFields: {
			values: [
				{ fieldLabel: 'Your email address', fieldType: 'email', requiredField: true },
				{
					fieldLabel: 'Address or ID of the person',
					placeholder: 'e.g. nathan@example.com',
					requiredField: true,
				},
			],
		},
		options: {
			path: 'notion-provision-now',
			ignoreBots: true,
			appendAttribution: false,
			buttonLabel: 'Look',
		},
	},
	at: [0, 0],
});
workflow.add({
	name: 'WhenCalled',
	type: 'executeWorkflowTrigger',
	version: 1.1,
	parameters: calledWith('person', 'dryRun', 'requestedBy'),
	at: [0, 1],
});
workflow.add({ name: 'RunNow', type: 'manualTrigger', version: 1, at: [0, 2] });
const set = workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings(
		cycleSettings(
			{},
			{
				more: [
					{ name: 'person', type: 'string', value: '' },
					{ name: 'dryRun', type: 'boolean', value: true },
				],
				without: [
					'mode',
					'pilotGroup',
					'approval',
					'approvers',
					'quarantineAfter',
					'everyMinutes',
					'n8nUrl',
				],
			},
		),
	),
	at: [1, 1],
	once: true,
});
for (const door of ['ProvisionForm', 'WhenCalled', 'RunNow']) workflow.connect(door, set);
const request = script('Request', [2, 1], own('request'));
const cyclesTable = workflow.add({
	name: 'Cycles table',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: createTable(directoryCycles),
	at: [3, 1],
	retry: TABLE_RETRY,
	once: true,
});
const readCycles = workflow.add({
	name: 'Read cycles',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows(cyclesTable, [['memory', 'neq', '']], { newest: 5 }),
	at: [4, 1],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
const context = planContext(
	workflow,
	[5, 1],
	code(CHANGES_CODE, shared('standing'), ...CONTEXT_CODE, own('contextNode')),
);
workflow.chain(set, request, cyclesTable, readCycles, context.first);

/* Looking */

const LOOK = 3.5;
const source = directorySource(workflow, [0, LOOK]);
const people = script(
	'People',
	[1, LOOK],
	'canvas/code/groupRules.js',
	shared('people'),
	shared('peopleNode'),
);
const plan = planNode(workflow, [2, LOOK], 'Plan', true);
const planned = script('Planned', [3, LOOK], own('steps'), own('planned'));
const isForm = workflow.add({
	name: 'Is there somebody to ask?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$('Request').first().json.door === 'form'"),
	at: [4, LOOK],
});
const ask = workflow.add({
	name: 'Ask',
	type: 'form',
	version: 2.5,
	parameters: {
		defineForm: 'json',
		jsonOutput: '={{ $json.page }}',
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: PAGE_HOURS,
		resumeUnit: 'hours',
		options: { formTitle: "={{ $('Request').first().json.only }}", buttonLabel: 'Decide', customCss: FORM_CSS },
	},
	at: [5, LOOK - 0.5],
});
const verdict = script('Verdict', [6, LOOK], own('steps'), own('verdict'));
workflow.chain(context.last, source, people, plan);
workflow.connect(plan, planned, { output: 1 });
workflow.connect(plan, planned, { output: 2 });
workflow.chain(planned, isForm, ask, verdict);
workflow.connect(isForm, verdict, { output: 1 });

/* Acting: everything of a line is over before the next line begins */

const ACT = 6;
const acting = [shared('verdict'), shared('planItems')];
const intentions = script('Intentions', [1, ACT], ...acting, shared('intentions'));
const written = writeIntentions(workflow, [2, ACT]);
const toApply = script('To apply', [3, ACT], ...acting, shared('toApply'));
const apply = applyNode(workflow, [4, ACT]);
const results = script('Results', [1, ACT + 1], ...acting, shared('results'));
const stored = storeResults(workflow, [2, ACT + 1]);
const personLinks = script(
	'Person links',
	[1, ACT + 2],
	...acting,
	shared('links'),
	shared('personLinks'),
);
const groupLinks = script(
	'Group links',
	[1, ACT + 3],
	...acting,
	shared('links'),
	shared('groupLinks'),
);
const peopleAgain = script('People again', [1, ACT + 4], own('peopleAgain'));
const planAgain = planNode(workflow, [2, ACT + 4], 'Plan again', true);
const outcome = script('Outcome', [1, ACT + 5], own('steps'), own('outcomeNode'));
workflow.chain(verdict, intentions, written, toApply, apply);
workflow.chain(verdict, results, stored);
workflow.connect(verdict, personLinks);
workflow.connect(verdict, groupLinks);
writeLinks(workflow, [2, ACT + 2], { people: personLinks, groups: groupLinks });
workflow.chain(verdict, peopleAgain, planAgain);
workflow.connect(verdict, outcome);

/* Telling */

const TELL = 6;
const orphans = script('Orphans', [6, TELL], own('orphans'));
const close = workflow.add({
	name: 'Close orphans',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(
		directoryChanges,
		'Changes table',
		[
			['id', 'eq', '={{ $json.id }}'],
			['outcome', 'eq', 'intended'],
		],
		{ outcome: 'lost', note: 'Its execution died before it could store what came of this.' },
	),
	at: [7, TELL],
	retry: TABLE_RETRY,
	always: true,
});
const changed = workflow.add({
	name: 'Was anything changed?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue('$json.changed'),
	at: [6, TELL + 1],
});
const send = workflow.add({
	name: 'Send mail',
	type: 'emailSend',
	version: 2.1,
	parameters: {
		fromEmail: "={{ $('Settings').first().json.mailFrom }}",
		toEmail: "={{ $('Settings').first().json.notifyTo }}",
		subject: '={{ $json.title }}: {{ $json.person }}',
		emailFormat: 'text',
		text: '={{ $json.text }}',
		options: { appendAttribution: false },
	},
	at: [7, TELL + 1],
	onError: 'continueErrorOutput',
});
const unsent = script('Not mailed', [8, TELL + 1], own('notMailed'));
const mailAlarm = raiseAlerts(workflow, [9, TELL + 1], unsent, ' of the mail');
const alarm = raiseAlerts(workflow, [6, TELL + 2], outcome);
const byForm = workflow.add({
	name: 'Is somebody looking?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$json.door === 'form'"),
	at: [6, TELL + 3.5],
});
const show = workflow.add({
	name: 'Show answer',
	type: 'form',
	version: 2.5,
	parameters: {
		operation: 'completion',
		respondWith: 'text',
		completionTitle: '={{ $json.title }}',
		completionMessage: '={{ $json.html }}',
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: PAGE_HOURS,
		resumeUnit: 'hours',
		options: { customCss: FORM_CSS },
	},
	at: [7, TELL + 3],
	once: true,
});
const wrong = workflow.add({
	name: 'Anything wrong?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$json.message !== ''"),
	at: [7, TELL + 4],
});
const red = workflow.add({
	name: 'It went wrong',
	type: 'stopAndError',
	version: 1,
	parameters: { errorMessage: '={{ $json.message }}' },
	at: [8, TELL + 3.5],
});
const answer = script('Answer', [8, TELL + 4.5], own('answer'));
workflow.chain(outcome, orphans, close);
workflow.chain(outcome, changed, send);
workflow.connect(send, unsent, { output: 1 });
workflow.connect(unsent, mailAlarm.first);
workflow.connect(outcome, alarm.first);
workflow.chain(outcome, byForm, show);
workflow.connect(byForm, wrong, { output: 1 });
workflow.connect(wrong, red);
workflow.connect(wrong, answer, { output: 1 });

/* What nobody expected */

const FAILED = TELL + 6;
workflow.add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [6, FAILED] });
const failed = script('Failed execution', [7, FAILED], own('failed'));
const alarmOfFailure = raiseAlerts(workflow, [8, FAILED], failed, ' of failures');
workflow.chain('ErrorTrigger', failed, alarmOfFailure.first);

/* Notes */

workflow.note(
	'What it does',
	`## One person, every step shown
Somebody asks why Ada is not in Notion, or needs her there now. This shows what the directory says, who that is in Notion, what is planned and what the guards say; and, after a yes, what was done and that nothing is left to do.

### Set up
1. **Settings**: the same rules as in *directory-sync*.
2. **Directory source**: pick the imported source. **Raise alert …**: *error-notification*.
3. **Plan**, **Apply**, **Plan again**: the same *Notion SCIM API* credential.
4. **Send mail**: *SMTP*. **ProvisionForm**: *Basic Auth*.
5. Publish. The form is \`/form/notion-provision-now\`.`,
	[-0.2, -2.2],
	[5, 1.95],
	5,
);
workflow.note(
	'Looking',
	`## Looking changes nothing
The whole directory is read, because only a whole reading may take something away; the plan is about this one person. The form shows it on its second page, and sending that decides. Whom it is about cannot say yes. By hand (\`person\` in Settings) it is a dry run unless \`dryRun\` is false.`,
	[7.1, 3.1],
	[5, 0.85],
	6,
);
workflow.note(
	'Acting',
	`## Intention, act, result, and a second look
Each line is a row of \`directory_changes\` before it is done, and gets its result after. *Apply* looks at everybody, every guard and the limits of the day again. Then the plan is made once more: it must find nothing left.`,
	[0.8, 12],
	[4.6, 0.8],
	4,
);
workflow.note(
	'Telling',
	`## Who hears of it
Whoever sent the form sees it; whoever called gets it; what was changed is mailed. What went wrong is an alarm, and ends red where nobody is looking at the page.`,
	[9.2, 9],
	[4, 0.75],
	5,
);

export default workflow;
