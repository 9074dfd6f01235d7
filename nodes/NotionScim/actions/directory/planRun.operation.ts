import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { defaultCreateLimit } from '../../../../lib/directory/guards/creationLimit';
import { desiredPeople } from '../../../../lib/directory/desired/desiredPeople';
import type { Directory } from '../../../../lib/directory/person/person';
import { parseDirectory } from '../../../../lib/directory/person/person';
import type { Policy } from '../../../../lib/directory/plan/policy';
import { defaultRemovalLimit } from '../../../../lib/directory/guards/removalLimit';
import { recentChangesOf } from '../../../../lib/lifecycle/directoryChanges';
import type { ReadRows } from '../../../../lib/lifecycle/journal';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { reinstatementBlocks } from '../../../../lib/lifecycle/reinstatementBlocks';
import { usedOfDay } from '../../../../lib/lifecycle/rollingDay';
import { roomOfDay } from '../../../../lib/lifecycle/sync/decide';
import type { MadePlan, RunInputs } from '../../../../lib/lifecycle/sync/planned';
import { plannedRun } from '../../../../lib/lifecycle/sync/planned';
import { readRuns, syncStateOf } from '../../../../lib/lifecycle/sync/runs';
import type { SyncOrder } from '../../../../lib/lifecycle/sync/start';
import { readOrder } from '../../../../lib/lifecycle/sync/summary';
import { readEmail } from '../../../../lib/scim/emailAddress';
import { ScimError } from '../../../../lib/scim/scimError';
import { allowExternalMember, allowPrivileged } from '../../descriptions/guardOptions';
import { notice } from '../../descriptions/notice';
import { isCancellation } from '../../execution/nodeErrors';
import { ItemParameters, jsonText } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import type { Options } from '../../execution/scalarParameters';
import { numberOption, switchOption } from '../../execution/scalarParameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { changeItems, itemOf, pairedWithAll, rowsIn, rowsProperty } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { letBackIn, readLetBackIn } from './letBackIn';
import { readGroupLinks, readPersonLinks } from './links';
import { makePlan } from './makePlan';
import { readDesiredRules, readPolicy } from './policy';
import { rule } from './policyOptions';
import { policyIn, policyProperties } from './policyProperties';

/** What the run determines from the rows that it is given. */
const KNOWN = ['alreadyUsed', 'groupLinks', 'includeUnchanged', 'blocks', 'links', 'memory', 'only', 'recentChanges'];

/** Exceeding a limit of the day is not an error: a person is asked. So the plan itself has no limits. */
const NO_LIMIT = 1_000_000;

const mode: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	default: 'dryRun',
	description: 'Whether the sync acts. The first run is always a dry run.',
	options: [
		{ name: 'Apply', value: 'apply', description: 'Carry out every change that nothing prevents' },
		{ name: 'Dry Run', value: 'dryRun', description: 'Report what would be done, and change nothing' },
	],
};

const approval: INodeProperties = {
	displayName: 'Approval',
	name: 'approval',
	type: 'options',
	default: 'removals',
	description: 'The changes that a person must approve. A change held by a limit of the day always waits for a person.',
	options: [
		{ name: 'Always', value: 'always', description: 'All changes' },
		{ name: 'Never', value: 'never', description: 'Nothing, as long as the limits allow it' },
		{
			name: 'Removals',
			value: 'removals',
			description: 'Every removal: of a seat, a group, a role or an email',
		},
	],
};

const blockDays: INodeProperties = {
	displayName: 'Block Days',
	name: 'blockDays',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 30 },
	default: 30,
	description: 'For how many days this plan gives no account and no email to a person an emergency has locked out',
};

const quarantineAfter: INodeProperties = {
	displayName: 'Quarantine After',
	name: 'quarantineAfter',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 3,
	description:
		'After how many consecutive failed runs the sync only reads, once a day, until a person has acknowledged that',
};

export const planRun: ListedOperation = {
	name: 'Plan Sync Run',
	value: 'planRun',
	action: 'Plan a sync run from a directory to Notion',
	description:
		'Compare people of a directory with Notion, and divide the changes into those that are carried out now and those that a person must approve. Nothing is written to Notion.',
	properties: [
		notice(
			'planRunNotice',
			'directory',
			'The items are those of directory sources: people, then a manifest for each source. Without a complete manifest nothing is removed. Store the rows of the output Changes before they are carried out.',
		),
		mode,
		approval,
		...policyProperties(KNOWN),
		{
			displayName: 'Safety',
			name: 'safety',
			type: 'collection',
			placeholder: 'Add Rule',
			default: {},
			description: 'Who is blocked, and when the sync stops acting',
			options: [blockDays, letBackIn, quarantineAfter],
		},
		{
			displayName: 'Run',
			name: 'run',
			type: 'json',
			required: true,
			default: "={{ $('Start run').first(0).json }}",
			hint: 'The output of the node "Start run"',
			description: 'What the run is requested to do',
		},
		rowsProperty({ displayName: 'Runs', name: 'runs', description: 'The last runs, from the table notion_scim_runs' }, 'Read runs'),
		rowsProperty(
			{
				displayName: 'Journal',
				name: 'journal',
				description: 'Changes of the last two days, waiting changes and emergencies, from the table notion_scim_changes',
			},
			'Read the journal',
		),
		rowsProperty({ displayName: 'Links', name: 'links', description: 'All rows of the table notion_scim_links' }, 'Read links'),
	],
	outputs: ['Changes', 'Links', 'Summary'],
	divide: async (context, session) => await divided(context, session),
};

async function divided(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const options = { ...policyIn(parameters, KNOWN), ...parameters.collection('safety', 'Safety') };
	const items = context.getInputData();
	const links = rowsIn(parameters, 'links', 'Links');
	const journal = readChanges(rowsIn(parameters, 'journal', 'Journal'));
	const order = orderIn(parameters);
	const now = systemClock.now();
	const quarantine = numberOption(options, quarantineAfter);
	const syncState = syncStateOf(readRuns(rowsIn(parameters, 'runs', 'Runs')), {
		own: order.runId,
		quarantineAfter: quarantine,
		now,
	});
	const directory = parseDirectory(desiredPeople(items.map(entryOf), readDesiredRules(options), now));
	const execution = context.getExecutionId();
	const plan = await planOrFailure(session, directory, { options, order, journal, links, memory: syncState.memory, now });
	const used = usedOfDay(journal, { execution, now });
	const run = plannedRun({
		order,
		plan,
		syncState,
		links,
		execution,
		now,
		journal: journal.rows,
		workflow: context.getWorkflow().name ?? '',
		settings: {
			mode: parameters.choice(mode, ['dryRun', 'apply']),
			approval: parameters.choice(approval, ['removals', 'never', 'always']),
			quarantineAfter: quarantine,
		},
		limits: limitsIn(options),
		room: roomIn(options, plan, used),
	});
	const paired = pairedWithAll(items);
	return [
		changeItems(run.changes, paired),
		run.links.map((link) => itemOf({ ...link }, paired)),
		[itemOf(resourceItem({ ...run.summary }), paired)],
	];
}

/** The item of a failed source has its message beside the fields. */
function entryOf({ json, error }: INodeExecutionData): Record<string, unknown> {
	return error && json['sourceId'] === undefined ? { error: error.message } : json;
}

/** @throws ScimError `invalidInput`: without a request, a run about one person would be about all */
function orderIn(parameters: ItemParameters): SyncOrder {
	const raw = parameters.raw('run');
	const order = readOrder(typeof raw === 'string' ? jsonText(raw.trim()) : raw);
	if (order) return order;
	throw new ScimError(
		'invalidInput',
		'Run cannot be read. Nothing was planned.',
		'Check its expression: it must give the item of the node "Start run".',
	);
}

interface PlanOf {
	options: Options;
	order: SyncOrder;
	journal: ReadRows;
	links: unknown[];
	memory: ReturnType<typeof syncStateOf>['memory'];
	now: number;
}

/** A failed plan is reported like an unreadable directory: the run ends, and nothing is removed. */
async function planOrFailure(session: Session, directory: Directory, of: PlanOf): Promise<MadePlan> {
	// An unreadable rule is not a failure of the directory: the run ends and names the rule.
	const policy = policyOf(of, session);
	try {
		const { items, summary } = await makePlan(session, directory, policy, {
			links: {
				people: readPersonLinks({ links: of.links }, 'Links'),
				groups: readGroupLinks({ groupLinks: of.links }, 'Links'),
			},
			memory: of.memory ?? { sources: {}, absentSince: {} },
			recentChanges: recentChangesOf(of.journal.rows, of.now),
		});
		return { items, summary, directory };
	} catch (error) {
		if (!(error instanceof ScimError) || isCancellation(error)) return await Promise.reject(error);
		return { failure: `${error.message} ${error.remedy}`, manifests: directory.manifests };
	}
}

function policyOf({ options, order, journal, now }: PlanOf, session: Session): Policy {
	const policy = readPolicy(options, session.guards);
	return {
		...policy,
		limits: new Map([...policy.limits, ['removalLimit', NO_LIMIT], ['createLimit', NO_LIMIT]]),
		blocks: reinstatementBlocks(journal.rows, {
			blockDays: numberOption(options, blockDays),
			letBackIn: readLetBackIn(options),
			now,
		}),
		only: order.person === '' ? undefined : (readEmail(order.person) ?? order.person),
	};
}

function limitsIn(options: Options): RunInputs['limits'] {
	return {
		removalLimit: numberOption(options, rule('removalLimit')),
		createLimit: numberOption(options, rule('createLimit')),
		allowPrivileged: switchOption(options, allowPrivileged),
		allowExternalMember: switchOption(options, allowExternalMember),
		letBackIn: readLetBackIn(options).join(', '),
	};
}

function roomIn(options: Options, plan: MadePlan, used: ReturnType<typeof usedOfDay>): RunInputs['room'] {
	const members = 'items' in plan ? plan.summary.members : 0;
	const { removalLimit, createLimit } = limitsIn(options);
	return roomOfDay(
		{
			removalLimit: removalLimit || defaultRemovalLimit(members),
			createLimit: createLimit || defaultCreateLimit(members),
		},
		used,
	);
}
