import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { FinishedRun } from '../../../../lib/lifecycle/sync/finish';
import { finishedRun } from '../../../../lib/lifecycle/sync/finish';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { readRuns, runRow, syncStateOf } from '../../../../lib/lifecycle/sync/runs';
import { readSummary } from '../../../../lib/lifecycle/sync/summary';
import { syncMail } from '../../../../lib/report/syncMail';
import { ScimError } from '../../../../lib/scim/scimError';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import { systemClock } from '../../transport/clock';
import { alertItems, itemOf, pairedWithAll, rowsIn, rowsProperty } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';

/** The kind of the row of `notion_scim_runs` with the content of the status page. */
export const SYNC_PAGE = 'syncPage';

export const finishRun: ListedOperation = {
	name: 'Finish Sync Run',
	value: 'finishRun',
	action: 'Report the result of a sync run',
	description:
		'Report the result of a run of a directory sync: for the table of runs, the status page, mails, alerts and callers. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'finishRunNotice',
			'directory',
			'The item is the summary of Plan Sync Run. Store the rows of the output Runs; the items for mails contain everything that their texts need.',
		),
		{
			displayName: 'Results',
			name: 'results',
			type: 'json',
			required: true,
			default: "={{ $('Store results').isExecuted ? $('Store results').all().map(item => item.json) : [] }}",
			hint: 'The rows that the node "Store results" returns',
			description: 'The rows of the journal that were carried out, as they are now',
		},
		rowsProperty({ displayName: 'Runs', name: 'runs', description: 'The last runs, from the table notion_scim_runs' }, 'Read runs'),
	],
	outputs: ['Runs', 'Mail', 'Request', 'Alerts', 'Failed', 'Answer'],
	compute: async (context) => await Promise.resolve(finished(context)),
};

function finished(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const items = context.getInputData();
	const summary = readSummary(items[0]?.json);
	if (!summary) {
		throw new ScimError(
			'invalidInput',
			'The item is not a summary of Plan Sync Run.',
			'Connect the output Summary of Plan Sync Run to this node.',
		);
	}
	const workflow = context.getWorkflow().name ?? '';
	const syncState = syncStateOf(readRuns(rowsIn(parameters, 'runs', 'Runs')), {
		own: summary.order.runId,
		quarantineAfter: summary.quarantineAfter,
		now: systemClock.now(),
	});
	const results = readChanges(rowsIn(parameters, 'results', 'Results')).rows;
	const execution = context.getExecutionId();
	const run = finishedRun({ summary, results, syncState, workflow, execution });
	const paired = pairedWithAll(items);
	const mail = run.news ? [itemOf({ ...syncMail(run.told, { ...summary, ...run.news, workflow }) }, paired)] : [];
	const { isCalled } = summary.order;
	return [
		runItems(run, workflow, execution).map((row) => itemOf(row, paired)),
		mail,
		run.news?.isNewRequest === true ? mail : [],
		alertItems(run.alerts, paired),
		// A calling workflow gets the answer instead.
		run.failure !== '' && !isCalled ? [itemOf({ message: run.failure }, paired)] : [],
		isCalled ? [itemOf(resourceItem({ ...run.answer }), paired)] : [],
	];
}

/** Rows of notion_scim_runs, which are found by their kind and key. */
function runItems({ runs, page }: FinishedRun, workflow: string, execution: string): IDataObject[] {
	const rows = runs.map(runRow);
	if (!page) return rows;
	const about = { kind: SYNC_PAGE, key: workflow, workflow, execution, state: 'shown', at: page.at };
	return [...rows, { ...about, note: '', details: JSON.stringify(page) }];
}

