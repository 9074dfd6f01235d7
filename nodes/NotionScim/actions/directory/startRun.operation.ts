import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { answerWithoutRun } from '../../../../lib/lifecycle/sync/finish';
import { readRuns, runRow } from '../../../../lib/lifecycle/sync/runs';
import { orderOf, whyNotNow } from '../../../../lib/lifecycle/sync/start';
import { ScimError } from '../../../../lib/scim/scimError';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import { systemClock } from '../../transport/clock';
import { itemOf, pairedWithAll, rowsIn } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';

const byClock: INodeProperties = {
	displayName: 'By the Schedule',
	name: 'byClock',
	type: 'boolean',
	default: false,
	description: 'Whether the schedule has started the run. In quarantine the schedule runs once a day only.',
};

const called: INodeProperties = {
	displayName: 'Called With',
	name: 'called',
	type: 'json',
	required: true,
	default: "={{ $('WhenCalled').isExecuted ? $('WhenCalled').all().map(item => item.json) : [] }}",
	hint: 'The items that the node "WhenCalled" returns',
	description: 'The input from another workflow: its request, or released rows of the journal',
};

export const startRun: ListedOperation = {
	name: 'Start Sync Run',
	value: 'startRun',
	action: 'Start a sync run from a directory to Notion',
	description:
		'Decide whether a run of a directory sync begins, so that two never run at once. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'startRunNotice',
			'directory',
			'The items are the last runs of this workflow, read after the row of this run was stored. Continue from the output Run. The output Question is for the directory source. The output Row closes the row of a run that does not begin.',
		),
		byClock,
		called,
	],
	outputs: ['Run', 'Row', 'Answer', 'Question'],
	compute: async (context) => await Promise.resolve(started(context)),
};

function started(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const isByClock = parameters.switch(byClock);
	const items = context.getInputData();
	const runs = readRuns(items.map(({ json }) => json));
	const execution = context.getExecutionId();
	const own = runs.find((run) => run.execution === execution);
	if (!own) {
		throw new ScimError(
			'invalidInput',
			'The row of this run is not among the runs that were read. Nothing was done.',
			'Store the row of the run before the runs are read, with the ID of the execution.',
		);
	}
	const order = orderOf(rowsIn(parameters, 'called', 'Called With'), own);
	const now = systemClock.now();
	const why = whyNotNow(order, runs, { byClock: isByClock, now });
	const paired = pairedWithAll(items);
	if (why === undefined) return [[itemOf(resourceItem({ ...order }), paired)], [], [], [itemOf({ ask: 'everybody' }, paired)]];
	const row = itemOf(runRow({ ...own, state: 'skipped', note: why, details: {} }), paired);
	const answer = answerWithoutRun(context.getWorkflow().name ?? '', why);
	return [[], [row], order.isCalled ? [itemOf(resourceItem({ ...answer }), paired)] : [], []];
}
