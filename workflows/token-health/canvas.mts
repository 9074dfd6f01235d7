import {
	TABLE_RETRY,
	createTable,
	DATA_TABLE_VERSION,
	deleteRows,
	getRows,
	insertRow,
	type Table,
} from '../../canvas/dataTable.mts';
import { settings } from '../../canvas/nodes.mts';
import { storeAlarms } from '../../canvas/parts/alarm.mts';
import { code, Workflow } from '../../canvas/workflow.mts';

const workflow = new Workflow('Token health: does Notion still take the SCIM token?');
const CODE = 'workflows/token-health/code';

/** Days that a check is kept. */
const KEPT = 30;

const checks: Table = {
	name: 'notion_token_checks',
	columns: {
		checkedAt: 'string',
		/** `ok`, or what is wrong. */
		verdict: 'string',
		message: 'string',
		/** Whether it was told. */
		alarmed: 'boolean',
	},
};

workflow.add({
	name: 'EveryHour',
	type: 'scheduleTrigger',
	version: 1.2,
	parameters: { rule: { interval: [{ field: 'hours', hoursInterval: 1 }] } },
	at: [0, 0],
});
workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'tokenCreator', type: 'string', value: '' },
		{ name: 'alarmHours', type: 'number', value: 24 },
	]),
	at: [1, 0],
});
workflow.add({
	name: 'Read one user',
	type: 'n8n-nodes-notion-scim.notionScim',
	version: 1,
	parameters: {
		resource: 'user',
		operation: 'getAll',
		limit: 1,
		filters: { email: "={{ $('Settings').first().json.tokenCreator }}" },
		options: {},
	},
	at: [2, 0],
	onError: 'continueRegularOutput',
	always: true,
});
workflow.add({
	name: 'Checks table',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: createTable(checks),
	at: [3, 0],
	retry: TABLE_RETRY,
	once: true,
});
workflow.add({
	name: 'Recent checks',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: getRows('Checks table'),
	at: [4, 0],
	retry: TABLE_RETRY,
	once: true,
	always: true,
});
workflow.add({
	name: 'Verdict',
	type: 'code',
	version: 2,
	parameters: code(`${CODE}/health.js`, `${CODE}/verdict.js`),
	at: [5, 0],
});
const alarm = storeAlarms(workflow, [6, -0.5], 'Verdict');
workflow.add({
	name: 'Store check',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: insertRow(checks, 'Checks table', {
		checkedAt: "={{ $('Verdict').first().json.row.checkedAt }}",
		verdict: "={{ $('Verdict').first().json.row.verdict }}",
		message: "={{ $('Verdict').first().json.row.message }}",
		alarmed: "={{ $('Verdict').first().json.row.alarmed }}",
	}),
	at: [6, 0.5],
	retry: TABLE_RETRY,
	once: true,
});
workflow.add({
	name: 'Forget old checks',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: deleteRows('Checks table', [
		['checkedAt', 'lt', `={{ $now.minus({ days: ${KEPT} }).toUTC().toISO() }}`],
	]),
	at: [7, 0.5],
	once: true,
});
workflow.chain('EveryHour', 'Settings', 'Read one user', 'Checks table', 'Recent checks', 'Verdict', alarm.first);
workflow.connect('Verdict', 'Store check');
workflow.connect('Store check', 'Forget old checks');

workflow.add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [0, 1.75] });
workflow.add({
	name: 'Failure',
	type: 'code',
	version: 2,
	parameters: code(`${CODE}/failure.js`),
	at: [1, 1.75],
});
const failure = storeAlarms(workflow, [2, 1.75], 'Failure', ' of a failure');
workflow.chain('ErrorTrigger', 'Failure', failure.first);

workflow.note(
	'what it does',
	`
## Does Notion still take the SCIM token?

A token dies without a word when the owner who created it leaves the workspace or changes role. This reads one user every hour. **401, 403 or silence is an alarm** with the steps to take; when it works again, it says so once.

**Set up:** Read one user → Notion SCIM API credential. **Settings** → the owner who created the token. Import and publish **error-notification**, too: it mails the alarms. Publish, and run once by hand.
`,
	[-0.25, -1.65],
	[4.75, 1.1],
	5,
);
workflow.note(
	'replacing a token',
	`
## Replacing a token

1. A second owner creates a new token in Notion; better, one is kept as a standby.
2. Put it and that owner's address into the credential.
3. Test the credential, and run this by hand.
4. Only then revoke the old token.
`,
	[4.75, -1.65],
	[4.1, 0.9],
);
workflow.note(
	'failure',
	`
## If this workflow itself fails

An alarm says so. Without a credential, or with the node switched off, nothing is taken for health.
`,
	[5.25, 1.6],
	[3.6, 0.95],
);

export default workflow;
