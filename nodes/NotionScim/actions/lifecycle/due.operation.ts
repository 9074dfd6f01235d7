import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { pickDue } from '../../../../lib/lifecycle/due';
import type { StoredChange } from '../../../../lib/lifecycle/journal';
import { changeRow, readChanges } from '../../../../lib/lifecycle/journal';
import { isoText } from '../../../../lib/lifecycle/zones';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { ListedOperation } from '../operation';
import { alertItems, itemOf, pairedWithAll } from './rows';

const rowsAtOnce: INodeProperties = {
	displayName: 'Rows at Once',
	name: 'rowsAtOnce',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 100,
	description: 'How many rows one run hands over, oldest first. The others wait for the next run.',
};

export const due: ListedOperation = {
	name: 'Pick Due Changes',
	value: 'due',
	action: 'Pick due lifecycle changes',
	description:
		'Pick the rows of the journal that are due, and those whose execution has failed or died. Sends no request to Notion and needs no credential.',
	properties: [
		notice(
			'dueNotice',
			'lifecycle',
			'The items are the open rows of the journal. Take the rows of the output Changes by their ID and the time of their last change, so that of two runs only one gets each row. Then hand them to the workflow of their kind.',
		),
		rowsAtOnce,
	],
	outputs: ['Changes', 'Alerts'],
	compute: async (context) => await Promise.resolve(picked(context)),
};

function picked(context: IExecuteFunctions): INodeExecutionData[][] {
	const most = new ItemParameters(context, 0).number(rowsAtOnce);
	const items = context.getInputData();
	const read = readChanges(items.map(({ json }) => json));
	const now = systemClock.now();
	const before = new Map(read.rows.map(({ id, updatedAt }) => [id, updatedAt]));
	const pick = pickDue(read, { most, execution: context.getExecutionId(), now });
	const paired = pairedWithAll(items);
	const toTake = (row: StoredChange): IDataObject => ({
		...changeRow(row),
		updatedAt: isoText(before.get(row.id) ?? now),
	});
	return [
		[
			...pick.rows.map(toTake),
			// Only these two columns of an unreadable row are changed.
			...pick.unreadable.map(({ id, why }) => ({
				id: Number(id),
				state: 'needsPerson',
				reason: why,
				updatedAt: isoText(now),
			})),
		].map((row) => itemOf(row, paired)),
		alertItems(pick.alerts, paired),
	];
}
