import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { overdueSeats } from '../../../../lib/lifecycle/seats/overdueSeats';
import { notice } from '../../descriptions/notice';
import { systemClock } from '../../transport/clock';
import { alertItems, changeItems, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { readSeatRows } from './seatRows';

export const overdue: ListedOperation = {
	name: 'End Overdue Requests',
	value: 'overdue',
	action: 'Close seat requests that no one answered',
	description:
		'Requests that no one has answered in time count as a no; unfinished ones are retried or raise an alert. Needs no credential.',
	properties: [
		notice(
			'overdueNotice',
			'license',
			'The items are the open rows of the journal of kind seat. Store the rows of the output Changes by ID; rows in state retry are approved and can be carried out.',
		),
	],
	outputs: ['Changes', 'Alerts'],
	compute: async (context) => await Promise.resolve(ended(context)),
};

function ended(context: IExecuteFunctions): INodeExecutionData[][] {
	const items = context.getInputData();
	const found = overdueSeats(readSeatRows(items.map(({ json }) => json)), systemClock.now());
	const paired = pairedWithAll(items);
	return [changeItems(found.rows, paired), alertItems(found.alerts, paired)];
}
