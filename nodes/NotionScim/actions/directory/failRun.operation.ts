import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failedRun } from '../../../../lib/lifecycle/sync/failed';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { alertItems, itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';

export const failRun: ListedOperation = {
	name: 'Close Failed Run',
	value: 'failRun',
	action: 'Record that a sync run failed',
	description:
		'Record that a run of a directory sync failed as a whole, from the item of an Error Trigger. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'failRunNotice',
			'directory',
			'The item is that of the Error Trigger. Write the output Row into the row of that execution which is still running.',
		),
		{
			displayName: 'Told By',
			name: 'toldBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. Not everything was done',
			description:
				'Name of the node at which a run ends in failure after everything is stored and reported. Its failure is not reported again.',
		},
	],
	outputs: ['Row', 'Alerts'],
	compute: async (context) => await Promise.resolve(failed(context)),
};

function failed(context: IExecuteFunctions): INodeExecutionData[][] {
	const items = context.getInputData();
	const toldBy = new ItemParameters(context, 0).text('toldBy').trim();
	const found = failedRun(items[0]?.json, { toldBy, workflow: context.getWorkflow().name ?? '' });
	if (!found) return [[], []];
	const paired = pairedWithAll(items);
	return [[itemOf({ ...found.row }, paired)], alertItems([found.alert], paired)];
}
