import {
	TABLE_RETRY,
	type Condition,
	createTable,
	deleteRows,
	DATA_TABLE_VERSION,
	getRows,
	insertRow,
	type Table,
	updateRows,
	type Where,
} from '../../canvas/dataTable.mts';
import { ifTrue, settings, subWorkflow, switchOn } from '../../canvas/nodes.mts';
import { CHANGES_CODE } from '../../canvas/parts/directoryChanges.mts';
import { raiseAlerts } from '../../canvas/parts/raiseAlert.mts';
import { directoryChanges, journal, links } from '../../canvas/tables.mts';
import { ADDRESSES, code, Workflow } from '../../canvas/workflow.mts';
import { chain, letters, reviewRows, reviews } from './tables.mts';

const HERE = 'workflows/access-review/code';
const workflow = new Workflow('Access review');
type Place = [column: number, row: number];

const VALUES = 'canvas/code/sources/values.js';
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
const makes = (name: string, at: Place, table: Table) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: createTable(table),
		at,
		retry: TABLE_RETRY,
		once: true,
	});
const reads = (
	name: string,
	at: Place,
	table: Where,
	conditions: Condition[],
	options: { newest?: number } = {},
) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: getRows(table, conditions, options),
		at,
		retry: TABLE_RETRY,
		once: true,
		always: true,
	});
const writes = (name: string, at: Place, parameters: Record<string, unknown>, { always = false } = {}) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters,
		at,
		...(always ? { always } : {}),
	});
const hash = (name: string, at: Place, value: string, dataPropertyName: string) =>
	workflow.add({
		name,
		type: 'crypto',
		version: 1,
		parameters: { action: 'hash', type: 'SHA256', value, dataPropertyName, encoding: 'hex' },
		at,
	});
const mail = (name: string, at: Place, to: string, attachments?: string) =>
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
		onError: 'continueRegularOutput',
	});
const notion = (name: string, at: Place, parameters: Record<string, unknown>) =>
	workflow.add({
		name,
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		parameters,
		at,
		onError: 'continueErrorOutput',
	});
const responds = (name: string, at: Place) =>
	workflow.add({
		name,
		type: 'respondToWebhook',
		version: 1.1,
		parameters: {
			respondWith: 'text',
			responseBody: '={{ $json.html }}',
			options: {
				responseCode: '={{ $json.status }}',
				responseHeaders: {
					entries: [
						{ name: 'Content-Type', value: 'text/html; charset=utf-8' },
						{ name: 'Cache-Control', value: 'no-store' },
						{ name: 'Referrer-Policy', value: 'no-referrer' },
						{ name: 'X-Content-Type-Options', value: 'nosniff' },
						{ name: 'X-Frame-Options', value: 'DENY' },
					],
				},
			},
		},
		at,
	});
const fields = (table: Table, ...names: string[]) =>
	Object.fromEntries(
		names.map((name) => {
			if (!(name in table.columns)) throw new Error(`${table.name} has no column "${name}"`);
			return [name, `={{ $json.${name} }}`];
		}),
	);
/** Inserts the items as they are. An expression for each column would take minutes for 10,000 rows. */
const insertItems = (table: Table, createdBy: string) => {
	const parameters = insertRow(table, createdBy, {});
	return { ...parameters, columns: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [] } };
};
/** Values for columns that begin empty: a column without a value would not be found by "is not". */
const empty = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '']));

// Doors

const doors = [
	workflow.add({
		name: 'EveryQuarter',
		type: 'scheduleTrigger',
		version: 1.2,
		parameters: { rule: { interval: [{ field: 'cronExpression', expression: '0 7 1 1,4,7,10 *' }] } },
		at: [0, 0],
	}),
	workflow.add({ name: 'StartReview', type: 'manualTrigger', version: 1, at: [0, 0.8] }),
	workflow.add({
		name: 'EveryDay',
		type: 'scheduleTrigger',
		version: 1.2,
		parameters: { rule: { interval: [{ field: 'cronExpression', expression: '0 8 * * *' }] } },
		at: [0, 1.6],
	}),
	workflow.add({
		name: 'ReviewPage',
		type: 'webhook',
		version: 2,
		parameters: {
			httpMethod: 'GET',
			path: 'notion-access-review',
			responseMode: 'responseNode',
			options: {},
		},
		at: [0, 2.4],
	}),
	workflow.add({
		name: 'ReviewAnswer',
		type: 'webhook',
		version: 2,
		parameters: {
			httpMethod: 'POST',
			path: 'notion-access-review',
			responseMode: 'responseNode',
			options: {},
		},
		at: [0, 3.2],
	}),
];
const set = workflow.add({
	name: 'Settings',
	type: 'set',
	version: 3.4,
	parameters: settings([
		{ name: 'fallbackReviewer', type: 'string', value: '' },
		{ name: 'securityReviewer', type: 'string', value: '' },
		{ name: 'auditorEmail', type: 'string', value: '' },
		{ name: 'mailFrom', type: 'string', value: '' },
		{ name: 'dueInDays', type: 'number', value: 21 },
		{ name: 'remindAfterDays', type: 'number', value: 4 },
		{ name: 'escalateAfterDays', type: 'number', value: 9 },
		{ name: 'finishWithinDays', type: 'number', value: 7 },
		{ name: 'removalLimit', type: 'number', value: 0 },
		{ name: 'groupMeanings', type: 'array', value: [] },
		{
			name: 'assurance',
			type: 'string',
			value: 'had the link that was mailed to this address; not signed in',
		},
		{
			name: 'n8nUrl',
			type: 'string',
			value: "={{ $execution.resumeUrl.split('/webhook-waiting')[0] }}",
		},
	]),
	at: [1, 1.6],
	once: true,
});
const job = script('Job', [2, 1.6], 'job');
const reviewsTable = makes('Reviews table', [3, 1.6], reviews);
const rowsTable = makes('Rows table', [4, 1.6], reviewRows);
const lettersTable = makes('Letters table', [5, 1.6], letters);
const which = workflow.add({
	name: 'Which job?',
	type: 'switch',
	version: 3.2,
	parameters: switchOn("$('Job').first().json.job", ['start', 'day']),
	at: [6, 1.6],
});
for (const door of doors) workflow.connect(door, set);
workflow.chain(set, job, reviewsTable, rowsTable, lettersTable, which);

// Start

const START = 0;
const open = reads('Open review', [7, START], reviewsTable, [['state', 'eq', 'open']]);
const mayStart = script('May it start?', [8, START], 'mayStart');
// What is older than a day is of closed reviews, whose evidence has left, or of starts that died.
const forget = (name: string, at: Place, table: string) =>
	workflow.add({
		name,
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: deleteRows(table, [
			['createdAt', 'lt', '={{ $now.minus({ days: 1 }).toUTC().toISO() }}'],
		]),
		at,
		once: true,
		always: true,
	});
const forgetRows = forget('Forget old rows', [9, START], rowsTable);
const forgetLetters = forget('Forget old letters', [10, START], lettersTable);
const readLinks = reads('Read links', [12, START], links, []);
const source = workflow.add({
	name: 'Directory source',
	type: 'executeWorkflow',
	version: 1.3,
	parameters: subWorkflow('Directory source: list', { ask: 'everybody' }),
	at: [13, START],
	once: true,
	onError: 'continueErrorOutput',
});
const snapshotParameters = {
	resource: 'accessReview',
	operation: 'snapshot',
	groupMeanings: "={{ JSON.stringify($('Settings').first().json.groupMeanings) }}",
};
const snapshot = notion('Snapshot', [14, START], {
	...snapshotParameters,
	options: {
		links: "={{ JSON.stringify($('Read links').all().map(({ json }) => json).filter(({ id }) => id !== undefined)) }}",
	},
});
const whom = script('Who reviews whom', [15, START], VALUES, 'reviewers', 'whoReviewsWhom');
const storeRows = writes('Store rows', [16, START], insertItems(reviewRows, rowsTable));
const newReview = script('Review', [17, START], 'review');
const storeReview = writes(
	'Store review',
	[18, START],
	insertRow(reviews, reviewsTable, {
		...fields(reviews, 'reviewId', 'state', 'startedAt', 'dueAt', 'snapshotId', 'population'),
		...empty('closedAt', 'evidence', 'evidenceDigest', 'chainHead'),
	}),
);
workflow.connect(which, open, { output: 0 });
workflow.chain(open, mayStart, forgetRows, forgetLetters, readLinks, source);
workflow.chain(source, snapshot, whom, storeRows, newReview, storeReview);
const notStarted = script('Not started', [15, -1], 'notStarted');
workflow.connect(source, notStarted, { output: 1 });
workflow.connect(snapshot, notStarted, { output: 1 });
const notStartedStored = raiseAlerts(workflow, [16, -1], notStarted, ' of the start');
const stopped = workflow.add({
	name: 'Review did not start',
	type: 'stopAndError',
	version: 1,
	parameters: { errorMessage: "={{ $('Not started').first().json.message }}" },
	at: [19, -1],
});
workflow.connect(notStarted, notStartedStored.first);
workflow.connect(notStartedStored.last, stopped);

// Day

const DAY = 1.6;
// Two starts at the same moment make two reviews: the first of them is the review.
const FIRST_OPEN = "$('Open reviews').all().map(({ json }) => json).sort((one, other) => one.id - other.id)[0]";
const OF_OPEN = `={{ ${FIRST_OPEN}.reviewId || 'none' }}`;
const openReviews = reads('Open reviews', [7, DAY], reviewsTable, [['state', 'eq', 'open']]);
const onlyOne = workflow.add({
	name: 'Only one',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(
		reviews,
		reviewsTable,
		[
			['state', 'eq', 'open'],
			['id', 'gt', `={{ ${FIRST_OPEN}.id ?? 2147483647 }}`],
		],
		{ state: 'superseded' },
	),
	at: [8, DAY],
	once: true,
	always: true,
});
const rowsOfReview = reads('Rows of review', [9, DAY], rowsTable, [['reviewId', 'eq', OF_OPEN]]);
const lettersOfReview = reads('Letters of review', [10, DAY], lettersTable, [['reviewId', 'eq', OF_OPEN]]);
const oneOpen = script('Is one open?', [11, DAY], 'isOneOpen');
const sourceToday = workflow.add({
	name: 'Directory today',
	type: 'executeWorkflow',
	version: 1.3,
	parameters: subWorkflow('Directory source: list', { ask: 'everybody' }),
	at: [12, DAY],
	once: true,
	always: true,
	onError: 'continueRegularOutput',
});
const due = script('Due', [13, DAY], VALUES, 'reviewers', 'due', 'dueNow');
workflow.connect(which, openReviews, { output: 1 });
workflow.connect(storeReview, openReviews);
workflow.chain(openReviews, onlyOne, rowsOfReview, lettersOfReview, oneOpen, sourceToday, due);

const rowsToChange = script('Rows to change', [14, DAY], 'rowsToChange');
const changeRows = writes(
	'Change rows',
	[15, DAY],
	updateRows(
		reviewRows,
		rowsTable,
		[
			['reviewId', 'eq', '={{ $json.reviewId }}'],
			['userId', 'like', '={{ $json.userIds }}'],
			['reviewers', 'eq', '={{ $json.reviewersWere }}'],
			['step', 'eq', '={{ $json.stepWas }}'],
			['askedAt', 'eq', '={{ $json.askedAtWas }}'],
			['passedOver', 'eq', '={{ $json.passedOverWas }}'],
			// Whoever has decided in the meantime has decided.
			['decision', 'eq', ''],
		],
		fields(
			reviewRows,
			...['reviewer', 'reviewerAs', 'step', 'passedOver', 'askedAt', 'decision', 'decidedAt'],
		),
	),
);
workflow.chain(due, rowsToChange, changeRows);

const MAIL = 2.5;
const toWrite = script('Letters to write', [14, MAIL], 'lettersToWrite');
const key = workflow.add({
	name: 'Key',
	type: 'crypto',
	version: 1,
	parameters: { action: 'generate', encodingType: 'hex', stringLength: 64, dataPropertyName: 'key' },
	at: [15, MAIL],
});
const keyDigest = hash('Key digest', [16, MAIL], '={{ $json.key }}', 'keyDigest');
const storeLetter = writes(
	'Store letter',
	[17, MAIL],
	insertRow(letters, lettersTable, {
		...fields(letters, 'reviewId', 'reviewer', 'kind', 'keyDigest'),
		rows: '={{ $json.rowCount }}',
		writtenAt: '={{ $now.toUTC().toISO() }}',
		sentAt: '',
	}),
);
const letterTexts = script('Letters', [18, MAIL], 'lettersText');
const sendLetter = mail('Send letter', [19, MAIL], '={{ $json.to }}');
const lettersSent = script('Letters sent', [20, MAIL], 'lettersSent');
workflow.chain(due, toWrite, key, keyDigest, storeLetter, letterTexts, sendLetter, lettersSent);
const lettersToMark = script('Letters to mark', [21, MAIL - 0.4], 'lettersToMark');
const markLetters = writes(
	'Mark letters',
	[22, MAIL - 0.4],
	updateRows(letters, lettersTable, [['id', 'eq', '={{ $json.id }}']], fields(letters, 'sentAt')),
);
const rowsAsked = script('Rows asked', [21, MAIL + 0.4], 'rowsAsked');
const markRows = writes(
	'Mark rows',
	[22, MAIL + 0.4],
	updateRows(
		reviewRows,
		rowsTable,
		[
			['reviewId', 'eq', '={{ $json.reviewId }}'],
			['reviewer', 'eq', '={{ $json.reviewer }}'],
			['decision', 'eq', ''],
			['askedAt', 'eq', ''],
		],
		fields(reviewRows, 'askedAt'),
	),
);
workflow.chain(lettersSent, lettersToMark, markLetters);
workflow.chain(lettersSent, rowsAsked, markRows);

// A link

const LINK = 4.1;
const linkKey = hash('Key of the link', [7, LINK], "={{ $('Job').first().json.key }}", 'keyDigest');
const letterOfLink = reads('Letter of the link', [8, LINK], lettersTable, [
	['keyDigest', 'eq', '={{ $json.keyDigest }}'],
]);
const OF_LINK = "={{ $('Letter of the link').first().json.reviewId || 'none' }}";
const TO_READER = "={{ $('Letter of the link').first().json.reviewer || 'nobody' }}";
const reviewOfLink = reads('Review of the link', [9, LINK], reviewsTable, [['reviewId', 'eq', OF_LINK]]);
const rowsOfLink = reads('Rows of the link', [10, LINK], rowsTable, [
	['reviewId', 'eq', OF_LINK],
	['reviewer', 'eq', TO_READER],
]);
const decide = script('Page or decision', [11, LINK], VALUES, 'reviewers', 'page', 'decide', 'pageOrDecision');
const isAnswer = workflow.add({
	name: 'Is it an answer?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$json.job === 'decide'"),
	at: [12, LINK],
});
const showPage = responds('Show page', [13, LINK + 0.8]);
workflow.connect(which, linkKey, { output: 2 });
workflow.chain(linkKey, letterOfLink, reviewOfLink, rowsOfLink, decide, isAnswer);
workflow.connect(isAnswer, showPage, { output: 1 });

const toStore = script('Decisions to store', [13, LINK - 0.4], 'decisionsToStore');
const storeDecisions = writes(
	'Store decisions',
	[14, LINK - 0.4],
	updateRows(
		reviewRows,
		rowsTable,
		[
			['id', 'eq', '={{ $json.id }}'],
			['decision', 'eq', ''],
			['reviewer', 'eq', '={{ $json.decidedBy }}'],
		],
		{
			...fields(reviewRows, 'decision', 'comment', 'decidedBy', 'assurance', 'decidedAt', 'decidedIn'),
			shownDigest: '={{ $json.rowDigest }}',
		},
	),
);
workflow.chain(isAnswer, toStore, storeDecisions);
const rowsNow = reads('Rows on record', [14, LINK + 0.4], rowsTable, [
	['reviewId', 'eq', OF_LINK],
	['reviewer', 'eq', TO_READER],
]);
const receipt = script('Receipt', [15, LINK + 0.4], 'page', 'receipt');
const showReceipt = responds('Show receipt', [16, LINK + 0.4]);
workflow.connect(isAnswer, rowsNow);
workflow.chain(rowsNow, receipt, showReceipt);


// Revocation

const REVOKE = 5.9;
const OF_EITHER = "={{ $('Job').first().json.job === 'answer' ? $('Page or decision').first().json.review.reviewId : $('Due').first().json.review.reviewId }}";
const changesTable = makes('Changes table', [7, REVOKE], directoryChanges);
const orphans = workflow.add({
	name: 'End orphans',
	type: 'dataTable',
	version: DATA_TABLE_VERSION,
	parameters: updateRows(
		directoryChanges,
		changesTable,
		[
			['workflow', 'eq', '={{ $workflow.name }}'],
			['outcome', 'eq', 'intended'],
			['execution', 'neq', '={{ $execution.id }}'],
			['createdAt', 'lt', '={{ $now.minus({ minutes: 16 }).toUTC().toISO() }}'],
		],
		{ outcome: 'lost', note: 'The execution died before it could say what came of it. It is done again.' },
	),
	at: [9, REVOKE],
	once: true,
	always: true,
});
const toRevoke = reads('Rows to revoke', [10, REVOKE], rowsTable, [
	['reviewId', 'eq', OF_EITHER],
	['decision', 'like', 'revoke%'],
]);
const deeds = script('Deeds', [11, REVOKE], 'over', 'revoke', 'deeds');
const intention = writes(
	'Write intention',
	[12, REVOKE],
	insertRow(directoryChanges, changesTable, {
		execution: '={{ $execution.id }}',
		workflow: '={{ $workflow.name }}',
		planDigest: '={{ $json.reviewId }}',
		action: '={{ $json.action }}',
		reason: 'accessReview',
		explanation: '={{ `Decided by ${$json.decidedBy} in ${$json.reviewId}.` }}',
		...fields(directoryChanges, 'userId', 'email', 'groupId', 'groupName'),
		source: '',
		sourceId: '',
		approvedBy: '={{ `${$json.decidedBy} (${$json.assurance})` }}',
		impact: 1,
		seats: 0,
		outcome: 'intended',
		note: '',
		at: '={{ $now.toUTC().toISO() }}',
	}),
);
const rowsBegun = script('Rows begun', [13, REVOKE], 'rowsBegun');
const markBegun = writes(
	'Mark begun',
	[14, REVOKE],
	updateRows(reviewRows, rowsTable, [['id', 'eq', '={{ $json.id }}']], {
		outcome: 'intended',
		intendedAt: '={{ $json.intendedAt }}',
	}),
);
const YESTERDAY = '={{ $now.minus({ hours: 24 }).toUTC().toISO() }}';
const usedByChanges = reads('Used by changes', [15, REVOKE], changesTable, [
	['impact', 'gt', 0],
	['createdAt', 'gt', YESTERDAY],
	['id', 'lt', "={{ Math.min(...$('Write intention').all().map(({ json }) => json.id)) }}"],
]);
const usedByLockdowns = reads('Used by lockdowns', [16, REVOKE], journal, [
	['kind', 'eq', 'leave'],
	['impact', 'gt', 0],
	['updatedAt', 'gt', YESTERDAY],
]);
const deedsToDo = script('Deeds to do', [17, REVOKE], CHANGES_CODE, 'deedsToDo');
const isRemoval = workflow.add({
	name: 'Remove from Notion?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue("$json.action === 'user.remove'"),
	at: [18, REVOKE],
});
const limits = {
	alreadyUsed: '={{ $json.alreadyUsed }}',
	removalLimit: '={{ $json.removalLimit }}',
};
const lockOut = notion('Lock out', [19, REVOKE - 0.45], {
	resource: 'user',
	operation: 'lockDown',
	user: { __rl: true, mode: 'id', value: '={{ $json.userId }}' },
	reason: 'Access review: access is no longer needed',
	reference: '={{ $json.reviewId }}',
	requestedBy: '={{ $json.decidedBy }}',
	options: { ...limits, ifNobody: 'report' },
});
const takeOut = notion('Take out of group', [19, REVOKE + 0.45], {
	resource: 'group',
	operation: 'removeMembers',
	group: { __rl: true, mode: 'id', value: '={{ $json.groupId }}' },
	members: '={{ $json.userId }}',
	options: limits,
});
const cameOfRemovals = script('What came of removals', [20, REVOKE - 0.45], 'revoke', 'removals', 'whatCameOfIt');
const cameOfGroups = script('What came of groups', [20, REVOKE + 0.45], 'revoke', 'groupExits', 'whatCameOfIt');
const storeResult = writes(
	'Store result',
	[21, REVOKE - 0.45],
	updateRows(
		directoryChanges,
		changesTable,
		[['id', 'eq', '={{ $json.id }}']],
		fields(directoryChanges, 'outcome', 'impact', 'note', 'at'),
	),
);
const rowsSettled = script('Rows settled', [21, REVOKE + 0.45], 'rowsSettled');
const settleRows = writes(
	'Settle rows',
	[22, REVOKE + 0.45],
	updateRows(
		reviewRows,
		rowsTable,
		[['id', 'eq', '={{ $json.id }}']],
		fields(reviewRows, 'outcome', 'verified', 'note', 'record', 'endedAt'),
	),
);
workflow.connect(due, changesTable);
workflow.connect(isAnswer, changesTable);
workflow.chain(changesTable, orphans, toRevoke, deeds, intention, rowsBegun, markBegun);
workflow.chain(markBegun, usedByChanges, usedByLockdowns, deedsToDo, isRemoval, lockOut);
workflow.connect(isRemoval, takeOut, { output: 1 });
for (const [deed, came] of [
	[lockOut, cameOfRemovals],
	[takeOut, cameOfGroups],
] as const) {
	workflow.connect(deed, came);
	workflow.connect(deed, came, { output: 1 });
	workflow.connect(came, storeResult);
	workflow.connect(came, rowsSettled);
}
workflow.connect(rowsSettled, settleRows);
// Below the revocations, so that it comes after them: a mail server that hangs must not delay them.
const mailOfReceipt = script('Mail of receipt', [7, REVOKE + 0.85], 'receiptMail');
const sendReceipt = mail('Send receipt', [8, REVOKE + 0.85], '={{ $json.to }}');
workflow.connect(isAnswer, mailOfReceipt);
workflow.connect(mailOfReceipt, sendReceipt);

// Chain and end

const END = 7.7;
const OF_DUE = "={{ $('Due').first().json.review.reviewId }}";
const chainTable = makes('Chain table', [7, END], chain);
const lettersAtLast = reads('Letters at last', [8, END], lettersTable, [['reviewId', 'eq', OF_DUE]]);
const rowsAtLast = reads('Rows at last', [9, END], rowsTable, [['reviewId', 'eq', OF_DUE]]);
const ready = script('Is the review over?', [10, END], 'over', 'readyToClose');
const isOver = workflow.add({
	name: 'Over?',
	type: 'if',
	version: 2.2,
	parameters: ifTrue('$json.isOver'),
	at: [11, END],
});
const second = notion('Second snapshot', [12, END - 0.75], { ...snapshotParameters, options: {} });
const statement = script('Statement', [13, END], 'over', 'evidence', 'statement');
const digestNode = hash('Digest', [14, END], '={{ $json.text }}', 'digest');
const soFar = reads('Chain so far', [15, END], chainTable, [['seq', 'gt', 0]], { newest: 1 });
const link = script('Link', [16, END], 'link');
const head = hash('Head', [17, END], '={{ $json.linkText }}', 'head');
const storeLink = writes(
	'Store link',
	[18, END],
	insertRow(chain, chainTable, fields(chain, 'seq', 'at', 'reviewId', 'what', 'digest', 'previous', 'head')),
);
const report = script('Report', [19, END], 'page', 'evidence', 'report');
const pack = workflow.add({
	name: 'Pack',
	type: 'compression',
	version: 1.1,
	parameters: {
		operation: 'compress',
		binaryPropertyName: '={{ $json.files }}',
		outputFormat: 'zip',
		fileName: '={{ $json.fileName }}',
		binaryPropertyOutput: 'pack',
	},
	at: [20, END],
});
const packText = workflow.add({
	name: 'Pack as text',
	type: 'extractFromFile',
	version: 1,
	parameters: {
		operation: 'binaryToPropery',
		binaryPropertyName: 'pack',
		destinationKey: 'pack',
		options: { keepSource: 'both' },
	},
	at: [21, END],
});
const sendReport = mail(
	'Send report',
	[22, END],
	"={{ $('Settings').first().json.auditorEmail }}",
	'pack',
);
const toClose = script('To close', [23, END], 'toClose');
const closeReview = writes(
	'Close review',
	[24, END - 0.4],
	updateRows(
		reviews,
		reviewsTable,
		[['id', 'eq', '={{ $json.id }}']],
		fields(reviews, 'state', 'closedAt', 'evidence', 'evidenceDigest', 'chainHead'),
	),
);
const givenUp = script('Rows given up', [24, END + 0.4], 'rowsGivenUp');
const markGivenUp = writes(
	'Mark given up',
	[25, END + 0.4],
	updateRows(reviewRows, rowsTable, [['id', 'eq', '={{ $json.id }}']], { outcome: 'notCarriedOut' }),
);
workflow.connect(due, chainTable);
workflow.chain(chainTable, lettersAtLast, rowsAtLast, ready, isOver, second, statement);
workflow.connect(second, statement, { output: 1 });
workflow.connect(isOver, statement, { output: 1 });
workflow.chain(statement, digestNode, soFar, link, head, storeLink, report);
workflow.chain(report, pack, packText, sendReport, toClose, closeReview);
workflow.chain(toClose, givenUp, markGivenUp);

// What a person has to know, at the very end

const WRONG = 9.3;
const changesAgain = makes('Changes table again', [7, WRONG], directoryChanges);
const whatWasDone = reads('What was done', [8, WRONG], changesAgain, [
	['execution', 'eq', '={{ $execution.id }}'],
	['workflow', 'eq', '={{ $workflow.name }}'],
]);
const trouble = script('Trouble', [9, WRONG], 'trouble');
const stored = raiseAlerts(workflow, [10, WRONG], trouble);
const wrong = script('Anything wrong?', [10, WRONG + 0.8], 'anythingWrong');
const red = workflow.add({
	name: 'Not everything was done',
	type: 'stopAndError',
	version: 1,
	parameters: { errorMessage: '={{ $json.message }}' },
	at: [11, WRONG + 0.8],
});
workflow.connect(due, changesAgain);
workflow.connect(isAnswer, changesAgain);
workflow.chain(changesAgain, whatWasDone, trouble, stored.first);
workflow.chain(trouble, wrong, red);

// What nobody expected

const onError = workflow.add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [0, WRONG] });
const failed = script('Failed execution', [1, WRONG], 'failed');
const failedStored = raiseAlerts(workflow, [2, WRONG], failed, ' of failure');
workflow.chain(onError, failed, failedStored.first);

// Notes

workflow.note(
	'What it does',
	`## Every quarter: who keeps access to Notion?
Each manager gets a mail with a link to a page that shows their people, and says for each: keep, take out of the group, remove from Notion. What is revoked is carried out, verified, and proven by a second snapshot. The auditor gets the evidence.

### Set up
1. **Directory source**, **Directory today**: pick the imported source, published before this one. **Raise alert …**: *error-notification*.
2. **Snapshot**, **Second snapshot**, **Lock out**, **Take out of group**: *Notion SCIM API*, with access *Full* for the last two.
3. **Send letter**, **Send receipt**, **Send report**: *SMTP*.
4. **Settings**: fallback and security reviewer, auditor, sender.
5. Publish. **StartReview** starts one by hand.`,
	[-0.2, -2.35],
	[5.4, 1.75],
	5,
);
workflow.note(
	'Who reviews whom',
	`## Nobody reviews themselves
The manager, then the manager's manager, then the fallback. Owners and protected people: the security reviewer. A manager who has left, is away or not in the directory is passed over, and the record says so.

A directory or a list of Notion with gaps starts nothing: an alarm, and nobody is asked.`,
	[6.8, -1.45],
	[5.4, 0.95],
	6,
);
workflow.note(
	'Reminders',
	`## No answer takes nothing away
Reminder, then the next reviewer is asked, then *not answered*: an alarm and the evidence say so. Who has left meanwhile, says the directory of today, is passed over at once. EveryDay does all of it.`,
	[16.1, 1.05],
	[5.4, 0.75],
	6,
);
workflow.note(
	'The page',
	`## Opening a link changes nothing
A GET shows the page, also to mail scanners. Only the form on it decides, by POST, with the key of this one mail; stored is only its SHA-256. Each decision is judged by itself: asked now, not decided before, in time, not about oneself, and exactly what was shown. A mail tells the reviewer what was put on record in their name.`,
	[17.4, 3.95],
	[5.6, 0.95],
	4,
);
workflow.note(
	'Revocation',
	`## Intended, done, on record
The intention is a row of \`directory_changes\` before the act, and the result in the same row after it. The limit counts what all workflows took away in 24 hours: what is beyond it is *held*, and done by EveryDay. Owners and protected people are *refused*. What an execution left undone that died is found and finished.`,
	[0, 5.6],
	[6.2, 0.95],
	4,
);
workflow.note(
	'Evidence',
	`## A chain whose head leaves n8n
Every day everything on record is hashed together with the link before, and the head is mailed to the auditor, with what was hashed. When the review is over, a second snapshot is taken and the evidence mailed: population, decisions, who and how sure, revocations, not answered, before and after. Only then the review closes.`,
	[0, 7.45],
	[6.2, 0.95],
	5,
);
workflow.note(
	'What nobody expected',
	`## When an execution fails as a whole
An alarm is stored. Works once the workflow is published.`,
	[0, 10.1],
	[4.4, 0.5],
	3,
);

export default workflow;
