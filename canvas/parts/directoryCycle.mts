import {
	type Condition,
	TABLE_RETRY,
	createTable,
	DATA_TABLE_VERSION,
	deleteRows,
	getRows,
	insertRow,
	type Table,
	updateRows,
	upsertRow,
	type Where,
} from '../dataTable.mts';
import { calledWith, FORM_CSS, ifTrue, settings, type Setting, subWorkflow, switchOn } from '../nodes.mts';
import {
	claims,
	directoryChanges,
	directoryCycles,
	groupLinks,
	journal,
	links,
	waitingPlans,
} from '../tables.mts';
import { ADDRESSES, code, type Workflow } from '../workflow.mts';
import { claim, endClaims } from './claim.mts';
import { CHANGES_CODE, readChanges, storeResults, writeIntentions } from './directoryChanges.mts';
import { raiseAlerts } from './raiseAlert.mts';

type Place = [column: number, row: number];

/** What makes one workflow that runs cycles another than the next. */
export interface CycleDrawing {
	/** Last part of the addresses of the form and of the status page. */
	paths: { form: string; status: string };
	settings: Setting[];
	/** Names of triggers of its own, which are hints that something has changed. */
	hints?: string[];
	/** What it does, and how it is set up, as Markdown. */
	about: string;
}

const CODE = 'canvas/code/cycle';
/** What nearly every Code node of a cycle knows. */
const COMMON = [CHANGES_CODE, `${CODE}/standing.js`];
/** Hours after which a page of the form that was left open ends. */
const PAGE_HOURS = 1;

/** What every `Context` is made with. */
export const CONTEXT_CODE = [
	...ADDRESSES,
	...['people', 'policy', 'keepOut'].map((file) => `${CODE}/${file}.js`),
];

export const APPLY = 'Apply';

/**
 * The parameters of directory.plan, from the item of the node `Context`.
 *
 * @param isAboutOne an empty *Only This Person* is an error, so a plan about everybody does not have it
 */
function planParameters(isAboutOne: boolean): Record<string, unknown> {
	const own = (name: string) => `={{ $('Context').first().json.policy.${name} }}`;
	const names = [
		'syncAttributes',
		'syncRole',
		'createMissing',
		'updateDrift',
		'onInactive',
		'onUnlisted',
		'onOutOfScope',
		'managedGroups',
		'adoptGroups',
		'createEmptyGroups',
		'deleteUnlistedGroups',
		'removeWithoutManagedGroup',
		'roleMap',
		'removalLimit',
		'createLimit',
		'alreadyUsed',
		'confirmAfter',
		'maxSourceShrink',
		'allowPrivileged',
		'allowExternalMember',
		'links',
		'groupLinks',
		'keepOut',
		'memory',
		'recentChanges',
		...(isAboutOne ? ['only'] : []),
		'includeUnchanged',
	];
	return {
		resource: 'directory',
		operation: 'plan',
		policy: Object.fromEntries(names.map((name) => [name, own(name)])),
	};
}

/** A plan of the directory whose persons come in, by what the node `Context` says. */
export function planNode(workflow: Workflow, at: Place, name = 'Plan', isAboutOne = false): string {
	return workflow.add({
		name,
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		parameters: planParameters(isAboutOne),
		at,
		onError: 'continueErrorOutput',
	});
}

/** Carries the lines out that come in, with what the nodes `Verdict` and `Context` say. */
export function applyNode(workflow: Workflow, at: Place): string {
	const context = (name: string) => `={{ $('Context').first().json.policy.${name} }}`;
	const limit = (name: string) => `={{ $('Verdict').first().json.limits.${name} }}`;
	return workflow.add({
		name: APPLY,
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		parameters: {
			resource: 'directory',
			operation: 'apply',
			approvedPlan: "={{ $('Verdict').first().json.approvedPlan }}",
			options: {
				removalLimit: limit('removalLimit'),
				createLimit: limit('createLimit'),
				alreadyUsed: context('alreadyUsed'),
				allowPrivileged: context('allowPrivileged'),
				allowExternalMember: context('allowExternalMember'),
			},
		},
		at,
		onError: 'continueErrorOutput',
	});
}

/** Asks a directory source for everybody; a failure of it comes out as an item with `error`. */
export function directorySource(workflow: Workflow, at: Place): string {
	return workflow.add({
		name: 'Directory source',
		type: 'executeWorkflow',
		version: 1.3,
		parameters: subWorkflow('Directory source: list', { ask: 'everybody' }),
		at,
		onError: 'continueRegularOutput',
		always: true,
		once: true,
	});
}

/**
 * Links of people and groups, what was changed since yesterday, who was locked out, and `Context`, one
 * item for the plan.
 */
export function planContext(
	workflow: Workflow,
	at: Place,
	contextCode: Record<string, unknown>,
): { first: string; last: string } {
	const [column, row] = at;
	const table = (name: string, index: number, made: Table) =>
		workflow.add({
			name,
			type: 'dataTable',
			version: DATA_TABLE_VERSION,
			parameters: createTable(made),
			at: [column + index, row],
			retry: TABLE_RETRY,
			once: true,
		});
	const read = (name: string, index: number, from: Where, conditions: Condition[] = []) =>
		workflow.add({
			name,
			type: 'dataTable',
			version: DATA_TABLE_VERSION,
			parameters: getRows(from, conditions),
			at: [column + index, row],
			retry: TABLE_RETRY,
			once: true,
			always: true,
		});
	const readPeople = read('Read links', 1, links);
	const groups = table('Group links table', 2, groupLinks);
	const readGroups = read('Read group links', 3, groups);
	const changes = readChanges(workflow, [column + 4, row]);
	const readLockdowns = read('Read lockdowns', 8, journal, [
		['kind', 'eq', 'emergency'],
		['key', 'like', '%|notion'],
		[
			'createdAt',
			'gt',
			"={{ $now.minus({ days: $('Settings').first().json.keepOutDays ?? 30 }).toUTC().toISO() }}",
		],
	]);
	const context = workflow.add({
		name: 'Context',
		type: 'code',
		version: 2,
		parameters: contextCode,
		at: [column + 9, row],
	});
	workflow.chain(readPeople, groups, readGroups, changes.first);
	workflow.chain(changes.last, readLockdowns, context);
	return { first: readPeople, last: context };
}

/** Writes who and which group is which account and group in Notion, from items with the columns. */
export function writeLinks(
	workflow: Workflow,
	at: Place,
	from: { people: string; groups: string },
): void {
	const [column, row] = at;
	const all = (table: Table) =>
		Object.fromEntries(Object.keys(table.columns).map((name) => [name, `={{ $json.${name} }}`]));
	const people = workflow.add({
		name: 'Write links',
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: upsertRow(
			links,
			links,
			[
				['source', 'eq', '={{ $json.source }}'],
				['employeeId', 'eq', '={{ $json.employeeId }}'],
			],
			all(links),
		),
		at: [column, row],
	});
	const groups = workflow.add({
		name: 'Write group links',
		type: 'dataTable',
		version: DATA_TABLE_VERSION,
		parameters: upsertRow(
			groupLinks,
			'Group links table',
			[['groupId', 'eq', '={{ $json.groupId }}']],
			all(groupLinks),
		),
		at: [column, row + 1],
	});
	workflow.connect(from.people, people);
	workflow.connect(from.groups, groups);
}

/**
 * The cycle that an identity provider runs, with its form and its status page: one drawing for every
 * workflow that keeps Notion as a directory says.
 */
export function drawCycle(workflow: Workflow, drawing: CycleDrawing): void {
	const paths = `const PATHS = ${JSON.stringify(drawing.paths)};\n\n`;
	const script = (name: string, at: Place, ...files: string[]) => {
		const { jsCode } = code(
			...ADDRESSES,
			...COMMON,
			...files.map((file) => (file.includes('/') ? file : `${CODE}/${file}.js`)),
		);
		return workflow.add({
			name,
			type: 'code',
			version: 2,
			parameters: { jsCode: `${paths}${String(jsCode)}` },
			at,
		});
	};
	const dataTable = (
		name: string,
		at: Place,
		parameters: Record<string, unknown>,
		more: { once?: boolean; always?: boolean; retry?: boolean } = {},
	) =>
		workflow.add({
			name,
			type: 'dataTable',
			version: DATA_TABLE_VERSION,
			parameters,
			at,
			...(more.once ? { once: true } : {}),
			...(more.always ? { always: true } : {}),
			...(more.retry ? { retry: TABLE_RETRY } : {}),
		});
	const makeTable = (name: string, at: Place, table: Table) =>
		dataTable(name, at, createTable(table), { once: true, retry: true });
	const read = (name: string, at: Place, table: string, conditions: Condition[], newest?: number) =>
		dataTable(name, at, getRows(table, conditions, newest === undefined ? {} : { newest }), {
			once: true,
			always: true,
			retry: true,
		});
	const ofThis: Condition = ['workflow', 'eq', '={{ $workflow.name }}'];
	const readCycles = (name: string, at: Place, table: string) =>
		read(name, at, table, [ofThis], 60);
	const readPlans = (name: string, at: Place, table: string) =>
		read(name, at, table, [
			ofThis,
			['state', 'neq', 'applied'],
			['state', 'neq', 'replaced'],
			['createdAt', 'gt', '={{ $now.minus({ days: 30 }).toUTC().toISO() }}'],
		]);

	/* Doors */

	workflow.add({
		name: 'EveryFortyMinutes',
		type: 'scheduleTrigger',
		version: 1.2,
		parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 40 }] } },
		at: [0, 0],
	});
	workflow.add({ name: 'RunNow', type: 'manualTrigger', version: 1, at: [0, 1] });
	workflow.add({
		name: 'WhenCalled',
		type: 'executeWorkflowTrigger',
		version: 1.1,
		parameters: calledWith('ask', 'planId', 'requestedBy'),
		at: [0, 2],
	});
	workflow.add({
		name: 'DecideForm',
		type: 'formTrigger',
		version: 2.3,
		parameters: {
			authentication: 'basicAuth',
			formTitle: workflow.name,
			formDescription:
				'The next page shows what there is to decide. Nothing is done before you say so there.',
			formFields: {
				values: [
					{ fieldLabel: 'Your email address', fieldType: 'email', requiredField: true },
					{
						fieldLabel: 'What do you want to do?',
						fieldType: 'dropdown',
						fieldOptions: {
							values: [
								{ option: 'See what waits, and decide' },
								{ option: 'Run a cycle now' },
								{ option: 'End the quarantine' },
							],
						},
						requiredField: true,
					},
				],
			},
			options: {
				path: drawing.paths.form,
				ignoreBots: true,
				appendAttribution: false,
				buttonLabel: 'Show',
			},
		},
		at: [0, 3],
	});
	workflow.add({
		name: 'StatusPage',
		type: 'webhook',
		version: 2,
		parameters: {
			httpMethod: 'GET',
			path: drawing.paths.status,
			authentication: 'basicAuth',
			// A node that answers a webhook may not stand behind a form.
			responseMode: 'lastNode',
			responseData: 'firstEntryJson',
			options: {
				responsePropertyName: 'html',
				responseContentType: 'text/html; charset=utf-8',
				responseHeaders: { entries: [{ name: 'Cache-Control', value: 'no-store' }] },
			},
		},
		at: [0, 4],
	});
	const set = workflow.add({
		name: 'Settings',
		type: 'set',
		version: 3.4,
		parameters: settings(drawing.settings),
		at: [1, 2],
		once: true,
	});
	for (const door of [
		...(drawing.hints ?? []),
		'EveryFortyMinutes',
		'RunNow',
		'WhenCalled',
		'DecideForm',
		'StatusPage',
	]) {
		workflow.connect(door, set);
	}
	const cyclesTable = makeTable('Cycles table', [2, 2], directoryCycles);
	const readAll = readCycles('Read cycles', [3, 2], cyclesTable);
	const plansTable = makeTable('Plans table', [4, 2], waitingPlans);
	const readWaiting = readPlans('Read plans', [5, 2], plansTable);
	const door = workflow.add({
		name: 'Door',
		type: 'switch',
		version: 3.2,
		parameters: switchOn(
			"$('DecideForm').isExecuted ? 'form' : $('StatusPage').isExecuted ? 'status page' : 'cycle'",
			['cycle', 'form', 'status page'],
		),
		at: [6, 2],
	});
	workflow.chain(set, cyclesTable, readAll, plansTable, readWaiting);

	/* One at a time */

	workflow.chain(readWaiting, door);
	const events = script('Events', [7, 1], 'events');
	const claimed = claim(workflow, [8, 1]);
	const start = dataTable(
		'Start cycle',
		[14, 1],
		insertRow(directoryCycles, cyclesTable, {
			execution: '={{ $execution.id }}',
			workflow: '={{ $workflow.name }}',
			startedAt: '={{ $json.startedAt }}',
			state: 'running',
			mode: '={{ $json.mode }}',
			persons: 0,
			members: 0,
			done: 0,
			waiting: 0,
			failed: 0,
			note: '',
			memory: '',
			shown: '',
		}),
		{ once: true },
	);
	workflow.connect(door, events, { output: 0 });
	workflow.chain(events, claimed.first);
	workflow.chain(claimed.last, start);

	/* Reading and planning */

	const PLAN = 7;
	const context = planContext(workflow, [0, PLAN], {
		jsCode: `${paths}${String(code(...COMMON, ...CONTEXT_CODE, `${CODE}/context.js`)['jsCode'])}`,
	});
	const isCycle = workflow.add({
		name: 'A plan of its own?',
		type: 'if',
		version: 2.2,
		parameters: ifTrue("$json.ask === 'cycle'"),
		at: [11, PLAN],
	});
	const source = directorySource(workflow, [12, PLAN]);
	const people = script('People', [13, PLAN], 'canvas/code/groupRules.js', 'people', 'peopleNode');
	const plan = planNode(workflow, [14, PLAN]);
	const verdict = script('Verdict', [0, 10], 'verdict', 'verdictNode');
	workflow.chain(start, context.first);
	workflow.chain(context.last, isCycle, source, people, plan);
	workflow.connect(plan, verdict, { output: 1 });
	workflow.connect(plan, verdict, { output: 2 });
	workflow.connect(isCycle, verdict, { output: 1 });

	/* Acting: everything of a line is over before the next line begins */

	const intentions = script('Intentions', [1, 10], 'verdict', 'planItems', 'intentions');
	const written = writeIntentions(workflow, [2, 10]);
	const toApply = script('To apply', [3, 10], 'verdict', 'planItems', 'toApply');
	const apply = applyNode(workflow, [4, 10]);
	workflow.chain(verdict, intentions, written, toApply, apply);
	const results = script('Results', [1, 11], 'verdict', 'planItems', 'results');
	workflow.chain(verdict, results, storeResults(workflow, [2, 11]));
	const personLinks = script(
		'Person links',
		[1, 12],
		'verdict',
		'planItems',
		'links',
		'personLinks',
	);
	const groupLinksToWrite = script(
		'Group links',
		[1, 13],
		'verdict',
		'planItems',
		'links',
		'groupLinks',
	);
	workflow.connect(verdict, personLinks);
	workflow.connect(verdict, groupLinksToWrite);
	writeLinks(workflow, [2, 12], { people: personLinks, groups: groupLinksToWrite });
	const outcome = script('Outcome', [1, 14], 'verdict', 'planItems', 'outcome', 'outcomeNode');
	workflow.connect(verdict, outcome);

	/* Telling and remembering */

	const TELL = 10;
	const orphans = script('Orphans', [6, TELL], 'orphans');
	const close = dataTable(
		'Close orphans',
		[7, TELL],
		updateRows(
			directoryChanges,
			'Changes table',
			[
				['id', 'eq', '={{ $json.id }}'],
				['outcome', 'eq', 'intended'],
			],
			{ outcome: 'lost', note: 'Its execution died before it could store what came of this.' },
		),
		{ always: true, retry: true },
	);
	const toEnd = script('Plans to end', [6, TELL + 1], 'plansToEnd');
	const end = dataTable(
		'End plans',
		[7, TELL + 1],
		updateRows(waitingPlans, plansTable, [['id', 'eq', '={{ $json.id }}']], {
			state: '={{ $json.state }}',
			items: '={{ $json.items }}',
		}),
		{ always: true, retry: true },
	);
	const toStore = script('Plan to store', [6, TELL + 2], 'verdict', 'planItems', 'planToStore');
	const store = dataTable(
		'Store plan',
		[7, TELL + 2],
		insertRow(waitingPlans, plansTable, {
			execution: '={{ $execution.id }}',
			workflow: '={{ $workflow.name }}',
			...Object.fromEntries(
				['planDigest', 'state', 'items', 'summary', 'requestedBy', 'plannedAt', 'expiresAt'].map(
					(name) => [name, `={{ $json.${name} }}`],
				),
			),
		}),
	);
	const mails = script('Mails', [6, TELL + 3], 'mails');
	const send = workflow.add({
		name: 'Send mail',
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
		at: [7, TELL + 3],
		onError: 'continueRegularOutput',
	});
	const of = (name: string) => `={{ $('Outcome').first().json.${name} }}`;
	const ended = dataTable(
		'Store cycle',
		[6, TELL + 4],
		updateRows(
			directoryCycles,
			cyclesTable,
			[['id', 'eq', "={{ $('Start cycle').first().json.id }}"]],
			{
				endedAt: '={{ $now.toUTC().toISO() }}',
				state: of('rowState'),
				mode: of('mode'),
				planDigest: of('planDigest'),
				persons: of('persons'),
				members: of('members'),
				done: of('counts.done ?? 0'),
				waiting:
					"={{ ['waiting', 'held', 'blocked'].reduce((sum, kind) => sum + ($('Outcome').first().json.counts[kind] ?? 0), 0) }}",
				failed: of('counts.failed ?? 0'),
				note: of('note'),
				memory: of('memory'),
				shown: of('shown'),
			},
		),
		{ once: true, retry: true },
	);
	const older: Condition[] = [ofThis, ['id', 'lt', "={{ $('Start cycle').first().json.id }}"]];
	const forgetPages = dataTable(
		'Forget old pages',
		[7, TELL + 4],
		updateRows(directoryCycles, cyclesTable, [...older, ['shown', 'neq', '']], { shown: '' }),
		{ once: true, always: true, retry: true },
	);
	const forgetMemory = dataTable(
		'Forget old memory',
		[8, TELL + 4],
		updateRows(
			directoryCycles,
			cyclesTable,
			[
				ofThis,
				[
					'id',
					'lt',
					"={{ $('Outcome').first().json.memory ? $('Start cycle').first().json.id : 0 }}",
				],
				['memory', 'neq', ''],
			],
			{ memory: '' },
		),
		{ once: true, always: true, retry: true },
	);
	const deleteOld = dataTable(
		'Delete old cycles',
		[9, TELL + 4],
		deleteRows(cyclesTable, [
			ofThis,
			['startedAt', 'lt', '={{ $now.minus({ days: 60 }).toUTC().toISO() }}'],
			['memory', 'eq', ''],
		]),
		{ once: true, always: true },
	);
	const wrapUp = script('Wrap up', [6, TELL + 5], 'wrapUp');
	const alarm = raiseAlerts(workflow, [7, TELL + 5], wrapUp);
	const release = endClaims(workflow, 'Release claim', [7, TELL + 6], 'released');
	const red = script('Anything wrong?', [7, TELL + 7], 'red');
	const stop = workflow.add({
		name: 'Not everything was done',
		type: 'stopAndError',
		version: 1,
		parameters: { errorMessage: '={{ $json.message }}' },
		at: [8, TELL + 7],
	});
	workflow.chain(outcome, orphans, close);
	workflow.chain(outcome, toEnd, end);
	workflow.chain(outcome, toStore, store);
	workflow.chain(outcome, mails, send);
	workflow.chain(outcome, ended, forgetPages, forgetMemory, deleteOld);
	workflow.chain(outcome, wrapUp, alarm.first);
	workflow.chain(wrapUp, release);
	workflow.chain(wrapUp, red, stop);

	/* The form */

	const FORM = 3;
	const page = script('Page', [7, FORM], 'outcome', 'form', 'formPage');
	const question = workflow.add({
		name: 'Is there a question?',
		type: 'if',
		version: 2.2,
		parameters: ifTrue("$json.kind !== 'nothing'"),
		at: [8, FORM],
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
			options: { formTitle: workflow.name, buttonLabel: 'Decide', customCss: FORM_CSS },
		},
		at: [9, FORM],
	});
	const cyclesNow = readCycles('Cycles now', [10, FORM], cyclesTable);
	const plansNow = readPlans('Plans now', [11, FORM], plansTable);
	const decision = script('Decision', [12, FORM], 'outcome', 'form', 'decision');
	const decided = workflow.add({
		name: 'What was decided?',
		type: 'switch',
		version: 3.2,
		parameters: switchOn('$json.decision', ['apply', 'decline', 'run', 'acknowledge']),
		at: [13, FORM],
	});
	const decisionFields = {
		decidedBy: '={{ $json.by }}',
		assurance: '={{ $json.assurance }}',
		decidedAt: '={{ $json.at }}',
	};
	const stillWaiting: Condition[] = [
		['id', 'eq', '={{ $json.planId }}'],
		['state', 'eq', 'waiting'],
	];
	const recordYes = dataTable(
		'Record approval',
		[14, FORM - 0.75],
		updateRows(waitingPlans, plansTable, stillWaiting, { state: 'approved', ...decisionFields }),
		{ once: true, always: true },
	);
	const approved = script('Approved plan', [15, FORM - 0.75], 'approvedPlan');
	const callItself = (name: string, at: Place, inputs: Record<string, string>) =>
		workflow.add({
			name,
			type: 'executeWorkflow',
			version: 1.3,
			parameters: {
				...subWorkflow('this workflow', inputs),
				workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
			},
			at,
			onError: 'continueRegularOutput',
			always: true,
			once: true,
		});
	const applyApproved = callItself('Apply approved', [16, FORM - 0.75], {
		ask: 'applyPlan',
		planId: '={{ $json.planId }}',
		requestedBy: '={{ $json.requestedBy }}',
	});
	const putBack = dataTable(
		'Put back',
		[17, FORM - 0.75],
		updateRows(
			waitingPlans,
			plansTable,
			[
				['id', 'eq', "={{ $('Decision').first().json.planId }}"],
				['state', 'eq', 'approved'],
			],
			{ state: 'waiting' },
		),
		{ once: true, always: true },
	);
	const recordNo = dataTable(
		'Record no',
		[14, FORM + 0.1],
		updateRows(waitingPlans, plansTable, stillWaiting, { state: 'declined', ...decisionFields }),
		{ once: true, always: true },
	);
	const runCycle = callItself('Run cycle', [14, FORM + 0.95], {
		ask: 'cycle',
		planId: '',
		requestedBy: '={{ $json.by }}',
	});
	const acknowledge = dataTable(
		'Acknowledge',
		[14, FORM + 1.8],
		insertRow(directoryCycles, cyclesTable, {
			execution: '={{ $execution.id }}',
			workflow: '={{ $workflow.name }}',
			startedAt: '={{ $json.at }}',
			endedAt: '={{ $json.at }}',
			state: 'acknowledged',
			mode: '',
			persons: 0,
			members: 0,
			done: 0,
			waiting: 0,
			failed: 0,
			note: "={{ $json.memory ? 'Acknowledged; the directory is right as it is now.' : 'Acknowledged.' }}",
			memory: '={{ $json.memory }}',
			shown: '',
			acknowledgedBy: '={{ $json.by }} (assurance: {{ $json.assurance }})',
		}),
		{ once: true },
	);
	const cyclesAfter = readCycles('Cycles after', [13, FORM + 2.65], cyclesTable);
	const answer = script('Form answer', [14, FORM + 2.65], 'formAnswer');
	const show = workflow.add({
		name: 'Show answer',
		type: 'form',
		version: 2.5,
		parameters: {
			operation: 'completion',
			respondWith: 'text',
			completionTitle: '={{ $json.title }}',
			completionMessage: '={{ $json.sentence }}',
			limitWaitTime: true,
			limitType: 'afterTimeInterval',
			resumeAmount: PAGE_HOURS,
			resumeUnit: 'hours',
			options: { customCss: FORM_CSS },
		},
		at: [15, FORM + 2.65],
		once: true,
	});
	workflow.connect(door, page, { output: 1 });
	workflow.chain(page, question, ask, cyclesNow, plansNow, decision);
	workflow.connect(question, cyclesNow, { output: 1 });
	workflow.chain(decision, decided);
	workflow.connect(decided, recordYes, { output: 0 });
	workflow.chain(recordYes, approved, applyApproved, putBack);
	workflow.connect(decided, recordNo, { output: 1 });
	workflow.connect(decided, runCycle, { output: 2 });
	workflow.connect(decided, acknowledge, { output: 3 });
	workflow.chain(decision, cyclesAfter, answer, show);

	/* The status page */

	const STATUS = 4.5;
	const html = script('Status', [7, STATUS], 'outcome', 'form', 'statusPage', 'page');
	workflow.connect(door, html, { output: 2 });

	/* What nobody expected */

	const FAILED = TELL + 7;
	workflow.add({ name: 'ErrorTrigger', type: 'errorTrigger', version: 1, at: [0, FAILED] });
	const failed = script('Failed execution', [1, FAILED], 'failed');
	const cyclesOfFailures = makeTable('Cycles table of failures', [2, FAILED], directoryCycles);
	const closeCycle = dataTable(
		'Close cycle',
		[3, FAILED],
		updateRows(
			directoryCycles,
			cyclesOfFailures,
			[
				['execution', 'eq', "={{ $('Failed execution').first().json.execution }}"],
				['state', 'eq', 'running'],
			],
			{
				state: 'failed',
				endedAt: '={{ $now.toUTC().toISO() }}',
				note: "={{ $('Failed execution').first().json.note }}",
			},
		),
		{ once: true, always: true, retry: true },
	);
	const claimsOfFailures = makeTable('Claims table of failures', [2, FAILED + 1], claims);
	const releaseFailed = endClaims(
		workflow,
		'Release claim of failure',
		[3, FAILED + 1],
		'released',
		{
			execution: "={{ $('Failed execution').first().json.execution }}",
			table: claimsOfFailures,
		},
	);
	const alarmOfFailure = raiseAlerts(workflow, [2, FAILED + 2], failed, ' of failures');
	workflow.chain('ErrorTrigger', failed, cyclesOfFailures, closeCycle);
	workflow.chain(failed, claimsOfFailures, releaseFailed);
	workflow.chain(failed, alarmOfFailure.first);

	/* Notes */

	workflow.note('What it does', drawing.about, [1.1, -1], [5.4, 2.4], 5);
	workflow.note(
		'One at a time',
		`
## One cycle at a time
Two that start together store a claim each, and the lowest one runs. A cycle that died holds the next one up for an hour at most, and counts as a bad one.

The first cycle is **always a dry run**. In **quarantine** (several bad cycles in a row) the clock runs once a day, and only reads.
`,
		[6.9, -0.2],
		[5.6, 0.85],
		6,
	);
	workflow.note(
		'Form',
		`
## A person decides
Opening a link does nothing. The second page shows every line; sending it decides. Who asked, and whom it is about, cannot approve. After 24 hours without an answer it is a no.
`,
		[8.9, 2.05],
		[4.4, 0.6],
		6,
	);
	workflow.note(
		'Status page',
		`
## Where it stands
\`/webhook/${drawing.paths.status}\`, behind Basic Auth: last good cycle, what waits, what is blocked, quarantine, and **why somebody was skipped**.
`,
		[8, 4.2],
		[4.4, 0.7],
		6,
	);
	workflow.note(
		'Planning',
		`
## Two directories become a plan
The source gives everybody and says whether that is **everybody**. With the links, what the last good cycle remembers and what was changed since yesterday, *Plan* says line by line what is to be done and why. Where the reading is not whole, or suddenly smaller, nothing is taken away.
`,
		[0.9, 5.75],
		[6.4, 0.8],
		4,
	);
	workflow.note(
		'Acting',
		`
## Intention, act, result
Each line is a row of \`directory_changes\` **before** anything is done, and gets its result after. *Apply* believes nothing: it looks at everybody again, and at every guard and limit. What is left without a result is found by the next cycle.
`,
		[0.9, 15.4],
		[4.2, 0.9],
		4,
	);
	workflow.note(
		'Telling',
		`
## What people hear
- one mail for a cycle that changed something, or that found something new to look at; none otherwise
- one mail to those who approve, when a plan begins to wait
- alarms for what must not go unnoticed, through **error-notification**

Only a **good** cycle is remembered for the next plan. What went wrong ends red, after everything is stored.
`,
		[10.2, 10],
		[4.8, 1.4],
		5,
	);
	workflow.note(
		'What nobody expected',
		`
## When an execution fails as a whole
Its cycle counts as bad, its claim is released, and an alarm is stored. Works once the workflow is published.
`,
		[5.6, 18.1],
		[4.4, 0.65],
		3,
	);
}
