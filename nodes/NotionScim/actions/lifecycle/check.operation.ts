import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { checkCall } from '../../../../lib/lifecycle/emergency/checkCall';
import { readChanges } from '../../../../lib/lifecycle/journal';
import type { ListedOperation } from '../operation';
import { alertItems, itemOf, pairedWithAll } from './rows';

const divide = async (context: IExecuteFunctions): Promise<INodeExecutionData[][]> => {
	const items = context.getInputData();
	const { alerts, notDone } = checkCall(readChanges(items.map(({ json }) => json)));
	const paired = pairedWithAll(items);
	return await Promise.resolve([
		alertItems(alerts, paired),
		notDone.length === 0 ? [] : [itemOf({ text: notDone.join('\n') }, paired)],
	]);
};

export const check: ListedOperation = {
	name: 'Check Emergency',
	value: 'check',
	action: 'Check an emergency',
	description:
		'Tell what an emergency has not done: apps without a result, and people whom no app has. Nothing is written to Notion.',
	properties: [
		{
			displayName: 'The items are the rows of one execution, read when the apps have had their time.',
			name: 'checkNotice',
			type: 'notice',
			default: '',
		},
	],
	outputs: ['Alerts', 'Not Done'],
	divide,
	withoutNotion: divide,
};
