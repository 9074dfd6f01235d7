import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { checkCall } from '../../../../lib/lifecycle/emergency/checkCall';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { notice } from '../../descriptions/notice';
import type { ListedOperation } from '../operation';
import { alertItems, itemOf, pairedWithAll } from './rows';

function checked(context: IExecuteFunctions): INodeExecutionData[][] {
	const items = context.getInputData();
	const { alerts, notDone } = checkCall(readChanges(items.map(({ json }) => json)));
	const paired = pairedWithAll(items);
	return [alertItems(alerts, paired), notDone.length === 0 ? [] : [itemOf({ text: notDone.join('\n') }, paired)]];
}

export const check: ListedOperation = {
	name: 'Check Emergency',
	value: 'check',
	action: 'Check whether an emergency is complete',
	description:
		'Report what an emergency has not completed: apps without a result, and people no app has. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'checkNotice',
			'emergencies',
			'The items are the rows of one execution, read once the apps have had time to answer.',
		),
	],
	outputs: ['Alerts', 'Not Done'],
	compute: async (context) => await Promise.resolve(checked(context)),
};
